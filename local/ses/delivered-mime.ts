import type { AcceptedMail } from './accepted-mail.ts';
import { headerBlock, withoutHeaders } from './headers.ts';
import { withOpenPixel } from './open-pixel.ts';

/**
 * The mail as it reaches the mailbox: with SES's own Message-ID and Date, without Bcc and the X-SES
 * headers, and with the open pixel if opens are tracked.
 */
export function deliveredMime(mail: AcceptedMail, pixelUrl: string | undefined): Buffer {
  const { block, body } = parts(mail.raw);
  const kept = withoutHeaders(block, ['Message-ID', 'Date', 'Bcc', 'X-SES-[A-Z-]+']).replace(/(\r?\n)+$/, '');
  const stamped = `${kept}\r\nMessage-ID: <${mail.id}@email.amazonses.com>\r\nDate: ${rfc5322(mail.acceptedAt)}`;
  const shown = pixelUrl === undefined ? body : withOpenPixel(kept, body, pixelUrl);
  return Buffer.from(`${stamped}\r\n\r\n${shown}`, 'latin1');
}

const rfc5322 = (date: Date) => date.toUTCString().replace('GMT', '+0000');

/** Latin-1, in which one byte is one character, so that no other byte changes. */
function parts(raw: Buffer): { readonly block: string; readonly body: string } {
  const block = headerBlock(raw);
  const body = raw.toString('latin1', block.length).replace(/^(\r?\n){2}/, '');
  return { block, body };
}
