type Encoding = 'base64' | 'quoted-printable' | '8bit';

const encoded = (text: string, encoding: Encoding): string => {
  const bytes = Buffer.from(text);
  if (encoding === 'base64') return (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');
  if (encoding === '8bit') return bytes.toString('latin1');
  return [...bytes]
    .map((byte) => (byte > 126 || byte === 61 ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte)))
    .join('');
};

/**
 * A mail as our functions make them: text and HTML, with a Date and a Message-ID that SES will
 * replace.
 */
export const aMail = ({
  to = 'reader@example.com',
  encoding = 'base64',
  html = '<html><body>{{ses:openTracker}}<p>Hello</p>{{ses:openTracker}}</body></html>',
}: {
  to?: string;
  encoding?: Encoding;
  html?: string;
} = {}): Buffer =>
  Buffer.from(
    [
      'From: Lessons <lessons@example.com>',
      `To: ${to}`,
      'Subject: =?UTF-8?B?R3LDvMOfZQ==?=\r\n =?UTF-8?B?IGbDvHIgZGllIFdvY2hl?=',
      'Date: Fri, 31 Dec 1999 23:59:59 +0000',
      'Message-ID: <ours@example.com>',
      'X-SES-MESSAGE-TAGS: a=b',
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative;\r\n boundary="=_part"',
      '',
      '--=_part',
      'Content-Type: text/plain; charset=utf-8',
      `Content-Transfer-Encoding: ${encoding}`,
      '',
      encoded('Plain text, with ümlauts and {{ses:openTracker}}', encoding),
      '--=_part',
      'Content-Type: text/html; charset=utf-8',
      `Content-Transfer-Encoding: ${encoding}`,
      '',
      encoded(html, encoding),
      '--=_part--',
      '',
    ].join('\r\n'),
    'latin1',
  );
