import type { PlaceholderName } from './fragments.ts';
import type { MailText } from './mail-text.ts';
import type { Part, Pieces, Writing } from './pieces.ts';
import { wrapText } from './wrap-text.ts';

type Filled = Readonly<Record<PlaceholderName, string>>;
/**
 * `action` is absent in mails without a button, `decide` for readers who do not decide, `incidents`
 * for staff.
 */
export type PlaceholderValues = Omit<Filled, Sometimes> & Partial<Pick<Filled, Sometimes>>;
type Sometimes = 'action' | 'decide' | 'incidents';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '{': '&#123;' };

/**
 * For text and for attributes in double quotes. Escapes `{` too, so that no text becomes a
 * placeholder of SES.
 */
export const escapeHtml = (text: string): string => text.replace(/[&<>"'{]/g, (character) => entities[character] ?? character);

/** A reader's own values for one part of their mail. */
export interface Filling {
  readonly written: Filled;
  /** In UTF-8, before writing. */
  readonly bytes: Readonly<Record<PlaceholderName, number>>;
}

/**
 * In HTML, values are escaped, except the tracker. In the text part, addresses are bare, the reason
 * is wrapped and there is no tracker.
 */
export function fillingOf(values: PlaceholderValues, part: Part, writing: Writing): Filling {
  const { action = '', decide = values.read, incidents = '' } = values;
  const filled: Filled =
    part === 'html'
      ? {
          read: escapeHtml(values.read),
          decide: escapeHtml(decide),
          preferences: escapeHtml(values.preferences),
          unsubscribe: escapeHtml(values.unsubscribe),
          view: escapeHtml(values.view),
          incidents: escapeHtml(incidents),
          action: escapeHtml(action),
          why: escapeHtml(values.why),
          tracker: values.tracker,
        }
      : { ...values, action, decide, incidents, why: wrapText(values.why.replaceAll('{{', '{ {')), tracker: '' };
  const each = <T>(make: (text: string) => T): Record<PlaceholderName, T> => {
    const read = make(filled.read);
    return {
      read,
      decide: filled.decide === filled.read ? read : make(filled.decide),
      preferences: make(filled.preferences),
      unsubscribe: make(filled.unsubscribe),
      view: make(filled.view),
      incidents: make(filled.incidents),
      action: make(filled.action),
      why: make(filled.why),
      tracker: make(filled.tracker),
    };
  };
  return { written: each(writing), bytes: each((text) => Buffer.byteLength(text)) };
}

/** The pieces in order, with the values in their placeholders. Empty if nothing is written. */
export function fill(all: readonly Pieces[], { written: values }: Filling): MailText {
  const filled: MailText[number][] = [];
  for (const { written, placeholders } of all) {
    for (const [at, shared] of written.entries()) {
      if (shared.text !== '') filled.push(shared);
      const placeholder = placeholders[at];
      const value = placeholder && values[placeholder];
      if (value) filled.push(value);
    }
  }
  return filled;
}

/**
 * The UTF-8 bytes of what `fill` would return if texts were written as they are, without building
 * it.
 */
export function filledBytes(all: readonly Pieces[], { bytes: values }: Filling): number {
  let sum = 0;
  for (const { bytes, placeholders } of all) {
    sum += bytes;
    for (const placeholder of placeholders) sum += values[placeholder];
  }
  return sum;
}
