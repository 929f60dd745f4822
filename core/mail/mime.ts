import { checkedAddress, checkedText, encodePhrase, encodeText, foldHeader, UnsafeHeader } from './header-line.ts';
import type { MailText } from './mail-text.ts';

export interface MailToBuild {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** In quoted-printable. Without HTML, the mail is text only. */
  readonly encoded: { readonly html?: MailText | undefined; readonly text: MailText };
  /** Up to 70 letters, digits, hyphens and underscores. */
  readonly boundary: string;
}

/**
 * Headers set here or by SES. SES refuses a mail that has one of them twice, and `X-SES-*` would
 * steer SES.
 */
const reserved = /^(from|to|cc|bcc|subject|sender|date|message-id|return-path|mime-version|content-.*|x-ses-.*)$/i;

/**
 * The mail, each character a byte: multipart/alternative with text first, or text alone, UTF-8 in
 * quoted-printable. The same input gives the same bytes; SES sets Date and Message-ID. Throws
 * `UnsafeHeader` if any text could break out of its header.
 */
export function buildMime({ from, to, subject, headers, encoded, boundary }: MailToBuild): MailText {
  if (!/^[\w-]{1,70}$/.test(boundary)) throw new UnsafeHeader('boundary', 'is not a plain token');
  if (new Set(headers.map(([name]) => name.toLowerCase())).size < headers.length)
    throw new UnsafeHeader('headers', 'name one header twice');
  const head =
    foldHeader('From', `${encodePhrase(checkedText('From', from.name))} <${checkedAddress('From', from.address)}>`) +
    foldHeader('To', checkedAddress('To', to)) +
    foldHeader('Subject', encodeText(checkedText('Subject', subject))) +
    headers.map(extraHeader).join('') +
    foldHeader('MIME-Version', '1.0');
  if (encoded.html === undefined) return [head, ...content('plain', encoded.text)];
  return [
    `${head}${foldHeader('Content-Type', `multipart/alternative; boundary="${boundary}"`)}\r\n`,
    ...part('plain', encoded.text, boundary),
    ...part('html', encoded.html, boundary),
    `--${boundary}--\r\n`,
  ];
}

function extraHeader([name, value]: readonly [string, string]): string {
  if (!/^[A-Za-z][A-Za-z0-9-]{0,75}$/.test(name) || reserved.test(name)) throw new UnsafeHeader(name, 'is not a header that may be added');
  if (!/^[\x20-\x7e]+$/.test(value)) throw new UnsafeHeader(name, 'is not printable ASCII');
  return foldHeader(name, value);
}

/** The line break before a boundary belongs to the boundary, so the body keeps its own last one. */
const part = (type: 'plain' | 'html', body: MailText, boundary: string): MailText => [`--${boundary}\r\n`, ...content(type, body)];

const content = (type: 'plain' | 'html', body: MailText): MailText => [
  `Content-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`,
  ...body,
  ...(body.length > 0 ? ['\r\n'] : []),
];
