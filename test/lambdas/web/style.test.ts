import { describe, expect, it } from 'vitest';
import { style } from '../../../lambdas/shared/pages/style.ts';
import { contrast } from '../../support/contrast.ts';

/** The colours of a theme by name. */
const theme = (rule: string | undefined) =>
  Object.fromEntries([...(rule ?? '').matchAll(/--([a-z0-9]+):(#[0-9a-f]{3,6})/g)].map(([, name, colour = '']) => [name, whole(colour)]));
const whole = (colour: string) => (colour.length === 4 ? colour.replace(/[0-9a-f]/g, '$&$&') : colour);
const [light, dark] = [...style.matchAll(/:root\{[^}]*\}/g)].map(([rule]) => theme(rule));

const pairs = [
  ...['t', 'm', 'a'].flatMap((ink) => ['bg', 'panel'].map((ground) => [ink, ground])),
  ['okt', 'ok'],
  ['warnt', 'warn'],
  ['on', 'a'],
  ['on', 'danger'],
  ...['s1', 's2', 's3', 's4'].map((pill) => [`${pill}t`, pill]),
] as [string, string][];

describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (_, colours) => {
  it.each(pairs)('%s can be read on %s', (ink, ground) => {
    expect(contrast(colours?.[ink] ?? '', colours?.[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
  });
});

it('says no colour outside the two themes, so that none is forgotten in the dark', () => {
  const rules = style.replace(/:root\{[^}]*\}/g, '');
  expect(rules).not.toMatch(/#[0-9a-f]{3}|rgb|[: ](white|black|red)[ ;}]/);
  expect(Object.keys(dark ?? {})).toEqual(Object.keys(light ?? {}));
});
