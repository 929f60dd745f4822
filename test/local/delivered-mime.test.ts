import { simpleParser } from 'mailparser';
import { expect, it } from 'vitest';
import type { AcceptedMail } from '../../local/ses/accepted-mail.ts';
import { deliveredMime } from '../../local/ses/delivered-mime.ts';
import { aMail } from '../support/mail-builder.ts';

const accepted = (raw: Buffer): AcceptedMail => ({
  id: '0100-id',
  to: ['reader@example.com'],
  source: 'lessons@example.com',
  configurationSet: 'tracked',
  tags: new Map(),
  acceptedAt: new Date('2026-11-23T08:00:00Z'),
  sha256: '',
  raw,
  caller: 'deliver',
});
const pixelUrl = 'http://localhost/pixel';

it.each(['base64', 'quoted-printable', '8bit'] as const)(
  'puts one pixel in place of the first placeholder of %s HTML',
  async (encoding) => {
    const html = '<html><body>{{ses:openTracker}}<p>ümlaut = fine</p>{{ses:openTracker}}</body></html>';
    const mail = await simpleParser(deliveredMime(accepted(aMail({ encoding, html })), pixelUrl));

    expect(mail.html).toMatch(/^<html><body><img alt="" src="http:\/\/localhost\/pixel"[^>]*><p>ümlaut = fine<\/p><\/body><\/html>\s*$/);
    expect(mail.text).toContain('{{ses:openTracker}}');
  },
);

it('puts the pixel at the end where there is no placeholder', async () => {
  const mail = await simpleParser(deliveredMime(accepted(aMail({ html: '<body><p>Hello</p></body>' })), pixelUrl));

  expect(mail.html).toMatch(/<p>Hello<\/p><img [^>]*><\/body>/);
});

it('leaves a mail without open tracking as it came, but for the headers that SES owns', () => {
  const raw = aMail();
  const delivered = deliveredMime(accepted(raw), undefined).toString('latin1');

  expect(delivered).toContain('Message-ID: <0100-id@email.amazonses.com>\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000\r\n\r\n');
  expect(delivered).not.toMatch(/1999|ours@example.com|X-SES-/);
  expect(delivered.split('\r\n\r\n').slice(1)).toEqual(raw.toString('latin1').split('\r\n\r\n').slice(1));
});
