import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { expect } from 'vitest';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;
const domain = 'mail.example.com';
const key = { signingDomain: domain, selector: 'ses', privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };

/**
 * The headers of ours that SES signs, taken from a mail that it signed. They include its own Date
 * and Message-ID, and both headers for one-click unsubscribe.
 */
const signed = [
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'From',
  'To',
  'Subject',
  'List-Id',
  'MIME-Version',
  'Content-Type',
  'Date',
  'Message-ID',
];

/** Adds a signature like the one that SES makes. The same mail gives the same bytes. */
export async function signedBySes(raw: Buffer): Promise<Buffer> {
  const asSes = Buffer.concat([
    Buffer.from(`Date: Mon, 23 Nov 2026 08:00:03 +0000\r\nMessage-ID: <0100-1@eu-central-1.amazonses.com>\r\n`),
    raw,
  ]);
  const { signatures, errors } = await dkimSign(asSes, {
    canonicalization: 'relaxed/relaxed',
    headerList: signed,
    strict: true,
    signTime: new Date('2026-11-23T08:00:03Z'),
    ...key,
    signatureData: [key],
  });
  expect(errors).toEqual([]);
  return Buffer.concat([Buffer.from(signatures), asSes]);
}

/** How a receiver judges the first signature. The key is given, so no DNS is needed. */
export async function verdict(raw: Buffer): Promise<{ result: string | undefined; covers: string }> {
  const { results } = await dkimVerify(raw, {
    strict: true,
    resolver: async (name: string) => {
      expect(name).toBe(`ses._domainkey.${domain}`);
      return [[record]];
    },
  });
  return { result: results[0]?.status?.result, covers: results[0]?.signingHeaders?.keys ?? '' };
}
