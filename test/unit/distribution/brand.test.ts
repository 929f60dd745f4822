import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { darkAccent, darkerAccent, grounds, isLegibleAccent, onAccent } from '../../../core/distribution/accent.ts';
import { brandFor, fitsLogo, nameFor } from '../../../core/distribution/brand.ts';
import { parseDistribution } from '../../../core/distribution/parse-distribution.ts';
import { colours } from '../../../emails/theme.ts';
import { style } from '../../../lambdas/shared/pages/style.ts';
import { contrast } from '../../support/contrast.ts';
import { aDistribution, distributionYaml } from '../../support/distribution.ts';

/** Every colour of a grid with nine steps a channel. */
const steps = Array.from({ length: 9 }, (_, i) =>
  Math.min(255, i * 32)
    .toString(16)
    .padStart(2, '0'),
);
const everyColour = steps.flatMap((red) => steps.flatMap((green) => steps.map((blue) => `#${red}${green}${blue}`)));
const isReadOn = (ink: string, on: readonly string[]) => on.every((ground) => contrast(ink, ground) >= 4.5);

describe('an accent', () => {
  it('is taken if and only if links in it and white on it can be read on every light ground', () => {
    const wrong = everyColour.filter((colour) => isLegibleAccent(colour) !== isReadOn(colour, [...grounds.light, onAccent.light]));
    expect(wrong).toEqual([]);
  });

  it('has a dark form that can be read on every dark ground, with dark text on it', () => {
    const taken = everyColour.filter(isLegibleAccent);
    expect(taken.length).toBeGreaterThan(100);
    expect(taken.filter((colour) => !isReadOn(darkAccent(colour), [...grounds.dark, onAccent.dark]))).toEqual([]);
  });

  it('that is refused comes with a darker tone that is taken', () => {
    expect(everyColour.filter((colour) => !isLegibleAccent(darkerAccent(colour)))).toEqual([]);
  });

  it('keeps its hue in the dark: it is mixed with white', () => {
    expect([darkAccent('#1849a9'), darkAccent('#7a1fa2'), darkerAccent('#f0a020')]).toEqual(['#6b8bc8', '#ad74c5', '#956314']);
  });

  it('is measured against the grounds that mails and pages have', () => {
    const frame = readFileSync('emails/frame.mjml', 'utf8');
    const [light = '', dark = ''] = style.split('@media (prefers-color-scheme:dark)');
    expect(grounds.light).toEqual([colours.panel, colours.page]);
    for (const ground of grounds.dark) expect(frame).toContain(`background: ${ground} !important`);
    expect(light).toContain(`--bg:${grounds.light[1]};--panel:#fff;`);
    expect(light).toContain('--on:#fff;');
    expect(dark).toContain(`--bg:${grounds.dark[1]};--panel:${grounds.dark[0]};`);
    expect(dark).toContain(`--on:${onAccent.dark};`);
  });
});

const flawsOf = (brand: string) => {
  const read = parseDistribution(distributionYaml.replace('streams:', `brand: ${brand}\nstreams:`));
  return 'flaws' in read ? read.flaws : [];
};
const logo = 'address: https://www.example.com/logo.png, text: Example Ltd, width: 160, height: 40';

it('takes a whole brand', () => {
  const brand = `{ name: Example lessons, logo: { ${logo} }, accent: "#1849A9", replyTo: incidents@example.com, footer: "Example Ltd, Berlin" }`;
  expect(flawsOf(brand)).toEqual([]);
});

it.each([
  ['{ accent: "#f0a020" }', 'brand.accent', 'Use a darker tone, for example accent: "#956314".'],
  ['{ accent: blue }', 'brand.accent', 'accent: "#1849a9"'],
  ['{ accent: #1849a9\n  }', 'brand.accent', 'in quotes'],
  ['{ replyTo: incidents@example.org }', 'brand.replyTo', 'Use an address in example.com'],
  ['{ footer: "See https://example.com" }', 'brand.footer', 'footer: Example Ltd, reliability team'],
  ['{ nmae: Lessons }', 'brand.nmae', 'Did you mean name?'],
  [`{ logo: { ${logo.replace('https', 'http')} } }`, 'brand.logo.address', 'address: https://'],
  [`{ logo: { ${logo.replace('www.example.com', 'localhost')} } }`, 'brand.logo.address', 'address: https://'],
  [`{ logo: { ${logo.replace('.png', '.svg?v=2')} } }`, 'brand.logo.address', 'Use a PNG'],
  [`{ logo: { ${logo.replace('160', '40')} } }`, 'brand.logo.text', 'Write a shorter text'],
  [`{ logo: { ${logo.replace('160', '900')} } }`, 'brand.logo.width', 'from 20 to 240'],
])('refuses brand: %s', (brand, field, remedy) => {
  expect(flawsOf(brand)).toMatchObject([{ field, remedy: expect.stringContaining(remedy) }]);
});

it.each([
  ['Example Ltd', 126, 20, true],
  ['Example Ltd', 117, 20, false],
  ['Example Ltd', 90, 40, true],
  ['Northwind', 80, 80, false],
])('says whether "%s" fits into %i × %i', (text, width, height, fits) => {
  expect(fitsLogo({ text, width, height })).toBe(fits);
});

it('belongs to staff: customers see the name of the organisation alone', () => {
  const distribution = aDistribution({ brand: { name: 'Example lessons', replyTo: 'ada@example.com' } });

  expect([nameFor('staff', distribution), nameFor('customers', distribution)]).toEqual(['Example lessons', 'Example Ltd']);
  expect(nameFor('staff', aDistribution())).toBe('Example Ltd incident lessons');
  expect(brandFor('customers', distribution)).toBeUndefined();
});
