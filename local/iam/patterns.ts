export type Fits = (text: string) => boolean;

const escaped = (text: string) => text.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
const regexOf = (pattern: string) => new RegExp(`^${escaped(pattern).replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
const isWild = (pattern: string) => /[*?]/.test(pattern);

/** Matches a text against patterns of IAM: `*` is any number of characters, `?` is one. */
export function anyPattern(patterns: readonly string[]): Fits {
  const exact = new Set(patterns.filter((pattern) => !isWild(pattern)));
  const wild = patterns.filter(isWild).map(regexOf);
  return (text) => exact.has(text) || wild.some((regex) => regex.test(text));
}

/**
 * The same for ARNs: a wildcard matches only within its part between two colons. `*` alone is any
 * resource.
 */
export function anyArn(patterns: readonly string[]): Fits {
  if (patterns.includes('*')) return () => true;
  const exact = new Set(patterns.filter((pattern) => !isWild(pattern)));
  const wild = patterns.filter(isWild).map((pattern) => partsOf(pattern).map(regexOf));
  return (arn) => exact.has(arn) || wild.some((parts) => eachFits(parts, partsOf(arn)));
}

/** Partition, service, region, account, and the resource with any colons in it. */
const partsOf = (arn: string): string[] => {
  const [head = '', partition = '', service = '', region = '', account = '', ...resource] = arn.split(':');
  return [head, partition, service, region, account, resource.join(':')];
};
const eachFits = (parts: readonly RegExp[], texts: readonly string[]) => parts.every((part, n) => part.test(texts[n] ?? ''));
