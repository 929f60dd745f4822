import { headerValue } from './headers.ts';
import { decodeQuotedPrintable, encodeQuotedPrintable } from './quoted-printable.ts';

const placeholder = '{{ses:openTracker}}';

/**
 * The body with the pixel in each HTML part, in the same encoding as before. `block`: the headers
 * that belong to the body.
 */
export function withOpenPixel(block: string, body: string, url: string): string {
  const type = headerValue(block, 'Content-Type') ?? 'text/plain';
  const boundary = /boundary="([^"]+)"|boundary=([^;\s]+)/i.exec(type);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (/^multipart\//i.test(type) && mark !== undefined) return eachPart(body, mark, url);
  if (!/^text\/html/i.test(type)) return body;
  const encoding = (headerValue(block, 'Content-Transfer-Encoding') ?? '7bit').toLowerCase();
  return encode(insertPixel(decode(body, encoding), url), encoding);
}

const eachPart = (body: string, mark: string, url: string): string =>
  body
    .split(`--${mark}`)
    .map((part, n) => {
      if (n === 0 || part.startsWith('--')) return part;
      const cut = /\r?\n\r?\n/.exec(part);
      if (cut === null) return part;
      const at = cut.index + cut[0].length;
      const headers = part.slice(0, cut.index).replace(/^\r?\n/, '');
      return part.slice(0, at) + withOpenPixel(headers, part.slice(at), url);
    })
    .join(`--${mark}`);

/**
 * Replaces the first placeholder, or adds it at the end, as SES does. Removes further placeholders.
 */
function insertPixel(html: string, url: string): string {
  const pixel = `<img alt="" src="${url}" style="display:none;width:1px;height:1px;">`;
  if (html.includes(placeholder)) return html.replace(placeholder, () => pixel).replaceAll(placeholder, '');
  return html.includes('</body>') ? html.replace('</body>', () => `${pixel}</body>`) : html + pixel;
}

const decode = (text: string, encoding: string): string => {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString('latin1');
  return encoding === 'quoted-printable' ? decodeQuotedPrintable(text) : text;
};
const encode = (bytes: string, encoding: string): string => {
  if (encoding === 'base64')
    return `${(
      Buffer.from(bytes, 'latin1')
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\r\n')}\r\n`;
  return encoding === 'quoted-printable' ? encodeQuotedPrintable(bytes) : bytes;
};
