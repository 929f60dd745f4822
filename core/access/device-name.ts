/**
 * Browsers name those that they descend from, so the first that fits counts. `[what is looked for,
 * what people call it]`.
 */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|OPT|OPiOS)\//, 'Opera'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\bCriOS\/|\b(Headless)?Chrom(e|ium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*\bSafari\//, 'Safari'],
  [/\bAppleWebKit\//, 'An app'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];
const longest = 1000;

/**
 * What somebody recognises a device of theirs by, such as `Firefox on Windows`. Undefined if it
 * names nothing known. Nothing else of the user agent is kept: no version, no model.
 */
export function deviceName(userAgent: string): string | undefined {
  const told = userAgent.slice(0, longest);
  const [browser, system] = [browsers, systems].map((known) => known.find(([form]) => form.test(told))?.[1]);
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system;
}
