import { cut } from '../shared/text.ts';

/** `a, b and 3 more`. */
export function listed(all: readonly string[], most = 5): string {
  const [named, more] = [all.slice(0, most), all.length - most];
  if (more > 0) return `${named.join(', ')} and ${more} more`;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/**
 * A name that somebody else wrote, on one line and not too long. An address in it is left out,
 * because findings are stored and mailed.
 */
export const shown = (text: string): string => {
  const flat = text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const short = flat.length > 80 ? `${cut(flat, 79)}…` : flat;
  return short.replace(/\S*@\S*/g, '(an address)');
};
