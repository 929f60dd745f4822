import { simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { describe, expect, it } from 'vitest';
import { UnsafeHeader } from '../../../core/mail/header-line.ts';
import { joined, mimeBytes } from '../../../core/mail/mail-text.ts';
import { buildMime, type MailToBuild } from '../../../core/mail/mime.ts';
import { quotedPrintable } from '../../../core/mail/quoted-printable.ts';

interface Words {
  readonly html?: string;
  readonly text?: string;
}
const usual = { html: '<!doctype html><p>Ünïcode — 🙂</p>', text: 'Ünïcode — 🙂\n\nSecond line\n' };
const aMail = ({ html = usual.html, text = usual.text, ...fields }: Partial<MailToBuild> & Words = {}): MailToBuild => ({
  from: { name: 'Northwind incident lessons', address: 'lessons@mail.example.com' },
  to: 'ana@example.com',
  subject: 'Checkout was down',
  headers: [['List-Id', 'Digest <engineering-digest.mail.example.com>']],
  encoded: { html: piecesOf(html), text: piecesOf(text) },
  boundary: 'b-0123456789abcdef',
  ...fields,
});
/** An empty text has no pieces. */
const piecesOf = (text: string) => (text === '' ? [] : [{ text: quotedPrintable(text) }]);
const long = 'Wiederholungen machten aus einer langsamen Datenbank 41 Minuten ohne Kasse – für 120 000 Bestellungen 🛒';

/** What nodemailer makes of the same mail, read by the same parser. */
const reference = async ({ from, to, subject, headers }: MailToBuild, { html = usual.html, text = usual.text }: Words) =>
  simpleParser(
    await new MailComposer({
      from,
      to,
      subject,
      html,
      text,
      headers: headers.map(([key, value]) => ({ key, value })),
      newline: 'windows',
      textEncoding: 'base64',
      disableFileAccess: true,
      disableUrlAccess: true,
    })
      .compile()
      .build(),
  );

describe('what a mail program reads', () => {
  it.each<[string, Partial<MailToBuild> & Words]>([
    ['plain', {}],
    ['a long subject with umlauts and emoji', { subject: long }],
    ['a long ASCII subject', { subject: 'word '.repeat(30).trim() }],
    ['a subject without blanks', { subject: 'x'.repeat(300) }],
    ['a subject that looks encoded', { subject: '=?UTF-8?B?SGk=?=' }],
    ['a subject with two blanks', { subject: 'two  blanks' }],
    ['a sender with a comma and quotes', { from: { name: 'Lessons, "Inc."', address: 'a@example.com' } }],
    ['a sender with umlauts', { from: { name: 'Größe & Söhne Vorfälle, Abteilung für Nachbesprechungen', address: 'a@example.com' } }],
    ['no text at all', { text: '', html: '' }],
    ['much text', { html: `<p>${'é🙂x '.repeat(20_000)}</p>` }],
  ])('is what nodemailer would have sent: %s', async (_, fields) => {
    const mail = aMail(fields);
    const [ours, theirs] = await Promise.all([simpleParser(mimeBytes(buildMime(mail))), reference(mail, fields)]);
    expect(ours.subject).toBe(mail.subject);
    expect(ours.headers.get('from')).toMatchObject({ value: [mail.from] });
    for (const part of ['text', 'html'] as const) expect(ours[part]).toEqual(theirs[part]);
    expect(ours.headers.get('to')).toEqual(theirs.headers.get('to'));
    expect(ours.headers.get('list')).toEqual(theirs.headers.get('list'));
  });
});

describe('the bytes', () => {
  const bytes = joined(buildMime(aMail({ subject: long })));

  it('are ASCII in lines of at most 78 columns, each ended by CRLF', () => {
    expect(bytes).toMatch(/^[\x20-\x7e\r\n]*$/);
    expect(bytes.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...bytes.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
  });

  it('have text before HTML, so that the richer part wins', () => {
    expect(bytes.indexOf('text/plain')).toBeLessThan(bytes.indexOf('text/html'));
  });

  it('leave Date and Message-ID to SES', () => {
    expect(bytes).not.toMatch(/^(Date|Message-ID):/im);
  });

  it('are the same for the same mail', () => {
    expect(buildMime(aMail())).toEqual(buildMime(aMail()));
  });
});

describe('refuses', () => {
  const characters = ['\r', '\n', '\r\nBcc: x@example.com', '\0', '\x07', '\x7f', '\x85', '\u2028', '\u2029', '\u202e', '\u2066', '\ud800'];

  it.each(characters)('%j in subject, sender name and header', (character) => {
    const hostile = `a${character}b`;
    expect(() => buildMime(aMail({ subject: hostile }))).toThrow(UnsafeHeader);
    expect(() => buildMime(aMail({ from: { name: hostile, address: 'a@example.com' } }))).toThrow(UnsafeHeader);
    expect(() => buildMime(aMail({ headers: [['X-Thing', hostile]] }))).toThrow(UnsafeHeader);
  });

  it.each([
    '',
    'ana',
    'ana@localhost',
    'ana@example.com, eve@example.com',
    'ana@example.com\r\nBcc: eve@example.com',
    'Ana <ana@example.com>',
    '"a@evil.example x"@example.com',
    'ana@exämple.com',
    'änä@example.com',
    'ana(comment)@example.com',
    'a..b@example.com',
    '.a@example.com',
    'ana@-example.com',
    'ana@[127.0.0.1]',
    `${'a'.repeat(65)}@example.com`,
    'group:ana@example.com;',
  ])('%j as an address', (address) => {
    expect(() => buildMime(aMail({ to: address }))).toThrow(UnsafeHeader);
    expect(() => buildMime(aMail({ from: { name: 'A', address } }))).toThrow(UnsafeHeader);
  });

  it.each(['ana@example.com', "o'neil+tag@sub.example.co", 'ana@xn--exmple-cua.com'])('not %j', (address) => {
    expect(() => buildMime(aMail({ to: address }))).not.toThrow();
  });

  it.each(['Subject', 'bcc', 'Content-Type', 'X-SES-CONFIGURATION-SET', 'Bad Name', 'Bad:Name', ''])('a header called %j', (name) => {
    expect(() => buildMime(aMail({ headers: [[name, 'x']] }))).toThrow(UnsafeHeader);
  });

  it('one header twice', () => {
    expect(() =>
      buildMime(
        aMail({
          headers: [
            ['List-Id', 'a'],
            ['list-id', 'b'],
          ],
        }),
      ),
    ).toThrow(UnsafeHeader);
  });

  it('a line over 998 columns', () => {
    expect(() => buildMime(aMail({ headers: [['List-Unsubscribe', `<https://x.example/${'t'.repeat(1000)}>`]] }))).toThrow(UnsafeHeader);
  });

  it('without repeating what it refused', () => {
    expect(() => buildMime(aMail({ to: 'secret person@example.com' }))).toThrow(/^(?!.*secret)/);
  });
});
