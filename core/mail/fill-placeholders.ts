import type { SlotName } from './fragments.ts';
import type { Part, Pieces, Writing } from './pieces.ts';
import { wrapText } from './wrap-text.ts';

type Filled = Readonly<Record<SlotName, string>>;
/** Mails that ask for nothing have no `action`. */
export type PlaceholderValues = Omit<Filled, 'action'> & { readonly action?: string };

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '{': '&#123;' };

/**
 * For text and for attributes in double quotes; `{` too, so that nobody's text becomes a
 * placeholder of SES.
 */
export const escapeHtml = (text: string): string => text.replace(/[&<>"'{]/g, (character) => entities[character] ?? character);

/** A reader's own values for one part of their mail. */
export interface Filling {
  readonly written: Filled;
  /** In UTF-8, before writing. */
  readonly bytes: Readonly<Record<SlotName, number>>;
}

/**
 * Escaped for HTML; for the text part addresses bare, the reason wrapped, no tracker. The tracker
 * goes into HTML as it is.
 */
export function fillingOf(values: PlaceholderValues, part: Part, writing: Writing): Filling {
  const { action = '' } = values;
  const filled: Filled =
    part === 'html'
      ? {
          read: escapeHtml(values.read),
          preferences: escapeHtml(values.preferences),
          unsubscribe: escapeHtml(values.unsubscribe),
          view: escapeHtml(values.view),
          action: escapeHtml(action),
          why: escapeHtml(values.why),
          tracker: values.tracker,
        }
      : { ...values, action, why: wrapText(values.why.replaceAll('{{', '{ {')), tracker: '' };
  const each = <T>(make: (text: string) => T): Record<SlotName, T> => ({
    read: make(filled.read),
    preferences: make(filled.preferences),
    unsubscribe: make(filled.unsubscribe),
    view: make(filled.view),
    action: make(filled.action),
    why: make(filled.why),
    tracker: make(filled.tracker),
  });
  return { written: each(writing), bytes: each((text) => Buffer.byteLength(text)) };
}

/** The pieces one after the other, with the values in their slots: joining only. */
export function fill(all: readonly Pieces[], { written: values }: Filling): string {
  let filled = '';
  for (const { written, slots } of all) {
    for (const [at, text] of written.entries()) {
      filled += text;
      const slot = slots[at];
      if (slot) filled += values[slot];
    }
  }
  return filled;
}

/** How many bytes of UTF-8 `fill` would make of texts written as they are, without making them. */
export function filledBytes(all: readonly Pieces[], { bytes: values }: Filling): number {
  let sum = 0;
  for (const { bytes, slots } of all) {
    sum += bytes;
    for (const slot of slots) sum += values[slot];
  }
  return sum;
}
