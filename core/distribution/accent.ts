/**
 * The grounds that links and buttons' texts stand on, in mails and on pages. emails/theme.ts,
 * emails/frame.mjml and the pages' stylesheet have the same; a test compares them.
 */
export const grounds = { light: ['#ffffff', '#f4f3ef'], dark: ['#1f2125', '#16171a'] } as const;
/** The text of a button: on the accent, and on its dark form. */
export const onAccent = { light: '#ffffff', dark: '#10131a' } as const;

/** What a text needs against its ground (WCAG 2.2, 1.4.3). */
export const leastContrast = 4.5;

type Channels = readonly [red: number, green: number, blue: number];
const channelsOf = (colour: string): Channels => {
  const channel = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
};
const hexOf = (channels: Channels): string => `#${channels.map((one) => Math.round(one).toString(16).padStart(2, '0')).join('')}`;

function luminance(colour: string): number {
  const [red, green, blue] = channelsOf(colour).map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** The contrast ratio of two `#rrggbb` (WCAG 2.2): 1 to 21. */
export function contrast(a: string, b: string): number {
  const [lighter, darker] = [Math.max(luminance(a), luminance(b)), Math.min(luminance(a), luminance(b))];
  return (lighter + 0.05) / (darker + 0.05);
}

/** The lowest contrast of a colour with a set of grounds. */
export const weakest = (colour: string, on: readonly string[]): number => Math.min(...on.map((ground) => contrast(colour, ground)));

const lightNeeds = [...grounds.light, onAccent.light];
const darkNeeds = [...grounds.dark, onAccent.dark];

/** Whether links in this colour, and white text on it, can be read on every light ground. */
export const isLegibleAccent = (colour: string): boolean => weakest(colour, lightNeeds) >= leastContrast;

/**
 * The colour for dark grounds: the accent, with as much white as it takes to be read. Text on it is
 * dark.
 */
export const darkAccent = (accent: string): string =>
  mixedUntil(accent, '#ffffff', (colour) => weakest(colour, darkNeeds) >= leastContrast);

/** A darker tone of a colour that is too pale for an accent. */
export const darkerAccent = (colour: string): string => mixedUntil(colour, '#000000', isLegibleAccent);

const steps = 50;
function mixedUntil(colour: string, other: string, isEnough: (mixed: string) => boolean): string {
  const [from, to] = [channelsOf(colour), channelsOf(other)];
  const mix = (share: number, at: 0 | 1 | 2) => from[at] + (to[at] - from[at]) * share;
  for (let step = 0; step < steps; step += 1) {
    const share = step / steps;
    const mixed = hexOf([mix(share, 0), mix(share, 1), mix(share, 2)]);
    if (isEnough(mixed)) return mixed;
  }
  return other;
}
