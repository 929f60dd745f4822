import type { AcceptedMail } from './accepted-mail.ts';
import { headerBlock, withoutHeaders } from './headers.ts';
import { withOpenPixel } from './open-pixel.ts';

/**
 * The mail as it reaches the mailbox: SES's own Message-ID and Date, its headers gone, the open
 * pixel in place where opens are tracked.
 */
export function deliveredMime(mail: AcceptedMail, pixelUrl: string | undefined): Buffer {
  const { block, body } = parts(mail.raw);
  const kept = withoutHeaders(block, ['Message-ID', 'Date', 'Bcc', 'X-SES-[A-Z-]+']).replace(/(\r?\n)+$/, '');
  const stamped = `${kept}\r\nMessage-ID: <${mail.id}@email.amazonses.com>\r\nDate: ${rfc5322(mail.acceptedAt)}`;
  const shown = pixelUrl === undefined ? body : withOpenPixel(kept, body, pixelUrl);
  return Buffer.from(`${stamped}\r\n\r\n${shown}`, 'latin1');
}

const rfc5322 = (date: Date) => date.toUTCString().replace('GMT', '+0000');

/** One byte is one character here, so that nothing but what is meant changes. */
function parts(raw: Buffer): { readonly block: string; readonly body: string } {
  const block = headerBlock(raw);
  const body = raw.toString('latin1', block.length).replace(/^(\r?\n){2}/, '');
  return { block, body };
}
