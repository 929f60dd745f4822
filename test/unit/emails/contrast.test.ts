import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shades } from '../../../core/content/chart-content.ts';
import { severities } from '../../../core/postmortem/postmortem.ts';
import { colours, severityColours, shadeColours } from '../../../emails/theme.ts';
import { contrast } from '../../support/contrast.ts';

const dark = readFileSync('emails/frame.mjml', 'utf8').split('prefers-color-scheme: dark')[1] ?? '';
/** What the dark rules of the frame say about a class or an element. */
const inDark = (selector: string, property: 'color' | 'background') => {
  const escaped = selector.replaceAll('.', '\\.');
  const rule = new RegExp(`(?:^|[\\s,])${escaped}(?=[\\s,{])[^{}]*\\{[^}]*?\\b${property}: (#[0-9a-f]{6})`, 'm').exec(dark);
  return rule?.[1] ?? `no ${property} for ${selector}`;
};

const lightPairs = [
  [colours.text, colours.panel],
  [colours.text, colours.page],
  [colours.muted, colours.panel],
  [colours.muted, colours.page],
  [colours.link, colours.panel],
  [colours.link, colours.page],
  [colours.late, colours.panel],
  [colours.onLink, colours.link],
  ...Object.values(severityColours).map(({ ink, ground }) => [ink, ground] as const),
] as const;
const darkGrounds = [inDark('.panel', 'background'), inDark('.page', 'background')];
const darkPairs = [
  ...['.t', '.m', 'a', '.late'].flatMap((selector) => darkGrounds.map((ground) => [inDark(selector, 'color'), ground] as const)),
  ...['a.button', '.sev1', '.sev2', '.sev3', '.sev4', '.unclassified', '.preliminary'].map(
    (selector) => [inDark(selector, 'color'), inDark(selector, 'background')] as const,
  ),
];

describe.each([
  ['light', lightPairs],
  ['dark', darkPairs],
] as const)('%s', (_, pairs) => {
  it.each(pairs)('%s can be read on %s', (ink, ground) => {
    expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
  });
});

describe('a bar', () => {
  it.each(shades)('%s stands out from the panel, light and dark', (shade) => {
    expect(contrast(shadeColours[shade], colours.panel)).toBeGreaterThanOrEqual(3);
    expect(contrast(inDark(`.bar-${shade}`, 'background'), inDark('.panel', 'background'))).toBeGreaterThanOrEqual(3);
    expect(inDark(`.ink-${shade}`, 'color')).toBe(inDark(`.bar-${shade}`, 'background'));
  });
});

it.each(severities)('a line says %s in the colours of the pill, where classes are known', (severity) => {
  const { ink, ground } = severityColours[severity];
  const light = readFileSync('emails/frame.mjml', 'utf8').split('prefers-color-scheme: dark')[0] ?? '';
  expect(light).toMatch(new RegExp(`\\.${severity}[^{}]*\\{ background: ${ground}; color: ${ink}; \\}`));
});
