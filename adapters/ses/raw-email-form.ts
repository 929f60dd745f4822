import { extendedEncodeURIComponent as escaped } from '@smithy/core/protocols';
import type { OutgoingMail } from '../../core/delivery/ports.ts';
import type { MailText, SharedText } from '../../core/mail/mail-text.ts';
import type { FormBuffers } from './form-buffers.ts';

export interface RawEmail extends Pick<OutgoingMail, 'to' | 'mime' | 'tags'> {
  readonly from: string;
  readonly configurationSet: string;
}

/**
 * The form of SES's query API for one mail, byte for byte as the SDK writes it. What stands in many
 * mails is encoded once for all of them.
 */
export function rawEmailForm({ from, to, mime, tags, configurationSet }: RawEmail, take: FormBuffers['take']): Buffer {
  const named = Object.entries(tags).flatMap(([name, value], at) => [
    [`Tags.member.${at + 1}.Name`, name],
    [`Tags.member.${at + 1}.Value`, String(value)],
  ]);
  const others = [['Source', from], ['Destinations.member.1', to], ...named, ['ConfigurationSetName', configurationSet]];
  return inOneBuffer(take, [
    'Action=SendRawEmail&Version=2010-12-01&RawMessage.Data=',
    ...inBase64(mime),
    ...others.map(([key = '', value = '']) => `&${key}=${escaped(value)}`),
  ]);
}

/** Base64 as it stands in a form. Of a multiple of three characters, unless it is the last. */
function encoded(text: string): string {
  const base64 = btoa(text);
  // Of ASCII, few letters give a sign that a form escapes.
  return /[+/=]/.test(base64) ? escaped(base64) : base64;
}

/** A shared text, cut for a mail in which so many of its characters complete three before them. */
interface Cut {
  readonly first: string;
  /** Whole threes, encoded. */
  readonly middle: Buffer;
  readonly last: string;
}
const cuts = new WeakMap<SharedText, Cut[]>();

/** Made on the first call, and kept as long as the text is. */
function cutOf(shared: SharedText, missing: number): Cut {
  const kept = cuts.get(shared) ?? [];
  cuts.set(shared, kept);
  kept[missing] ??= cut(shared, missing);
  return kept[missing];
}

function cut({ text }: SharedText, missing: number): Cut {
  const end = missing + 3 * Math.max(0, Math.floor((text.length - missing) / 3));
  return { first: text.slice(0, missing), middle: Buffer.from(encoded(text.slice(missing, end)), 'latin1'), last: text.slice(end) };
}

/**
 * Base64 of all pieces as if they were one. It takes three characters at a time: what a piece has
 * left is encoded with the beginning of the next.
 */
function inBase64(mime: MailText): (string | Buffer)[] {
  const written: (string | Buffer)[] = [];
  let open = '';
  for (const piece of mime) {
    if (typeof piece === 'string') {
      open += piece;
      continue;
    }
    const missing = (3 - (open.length % 3)) % 3;
    const { first, middle, last } = cutOf(piece, missing);
    open += first;
    if (first.length < missing) continue;
    written.push(encoded(open), middle);
    open = last;
  }
  return [...written, encoded(open)];
}

function inOneBuffer(take: FormBuffers['take'], pieces: readonly (string | Buffer)[]): Buffer {
  const whole = take(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) at += typeof piece === 'string' ? whole.write(piece, at, 'latin1') : piece.copy(whole, at);
  return whole;
}
