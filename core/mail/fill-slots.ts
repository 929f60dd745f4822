import type { SlotName } from '../edition/fragments.ts';
import { wrapText } from './wrap-text.ts';

export type SlotValues = Readonly<Record<SlotName, string>>;

const slot = /\u0002([a-z]+)\u0003/g;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '{': '&#123;' };

/** For text and for attributes in double quotes; `{` too, so that nobody's text becomes a placeholder of SES. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"'{]/g, (character) => entities[character] ?? character);

/** Puts a reader's own values, escaped, into finished HTML. The tracker goes in as it is. */
export function fillHtml(html: string, values: SlotValues): string {
  const escaped: Readonly<Record<string, string>> = {
    read: escapeHtml(values.read),
    preferences: escapeHtml(values.preferences),
    unsubscribe: escapeHtml(values.unsubscribe),
    view: escapeHtml(values.view),
    why: escapeHtml(values.why),
    tracker: values.tracker,
  };
  return html.replace(slot, (_, name: string) => escaped[name] ?? '');
}

/** The same for the text part: addresses bare, the reason wrapped, no tracker. */
export function fillText(text: string, values: SlotValues): string {
  const plain: Readonly<Record<string, string>> = { ...values, why: wrapText(values.why.replaceAll('{{', '{ {')), tracker: '' };
  return text.replace(slot, (_, name: string) => plain[name] ?? '');
}
