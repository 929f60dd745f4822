import { type Fragment, type PlaceholderName, placeholders } from './fragments.ts';
import type { SharedText } from './mail-text.ts';

/**
 * How text is written into a mail: unchanged for a preview, encoded for sending. The results for
 * two texts may be joined.
 */
export type Writing = (text: string) => string;
export const asItIs: Writing = (text) => text;

export type Part = keyof Fragment;

/**
 * One part of a fragment, cut at its placeholders and written once for all readers. `written` has
 * one piece more than `placeholders`.
 */
export interface Pieces {
  readonly written: readonly SharedText[];
  readonly placeholders: readonly PlaceholderName[];
  /** In UTF-8, before writing, without the placeholders. */
  readonly bytes: number;
}

const placeholder = /\u0002([a-z]+)\u0003/;
const isPlaceholder = (name: string): name is PlaceholderName => Object.hasOwn(placeholders, name);
const kept = new WeakMap<Writing, WeakMap<Fragment, Readonly<Record<Part, Pieces>>>>();

/** Made on the first call for a fragment, and kept as long as the fragment is. */
export function piecesOf(fragment: Fragment, part: Part, writing: Writing): Pieces {
  const fragments = kept.get(writing) ?? new WeakMap<Fragment, Readonly<Record<Part, Pieces>>>();
  kept.set(writing, fragments);
  const known = fragments.get(fragment) ?? { html: cut(fragment.html, writing), text: cut(fragment.text, writing) };
  fragments.set(fragment, known);
  return known[part];
}

function cut(text: string, writing: Writing): Pieces {
  // Splitting by a pattern with a group returns texts and names in turn. Names that are no
  // placeholders are dropped.
  const [first = '', ...rest] = text.split(placeholder);
  const texts = [first];
  const names: PlaceholderName[] = [];
  for (let at = 0; at + 1 < rest.length; at += 2) {
    const [name = '', after = ''] = rest.slice(at, at + 2);
    if (isPlaceholder(name)) {
      names.push(name);
      texts.push(after);
    } else texts.push(`${texts.pop() ?? ''}${after}`);
  }
  const written = texts.map((one) => ({ text: writing(one) }));
  return { written, placeholders: names, bytes: texts.reduce((sum, one) => sum + Buffer.byteLength(one), 0) };
}
