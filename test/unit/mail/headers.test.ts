import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { mailHeaders } from '../../../core/mail/headers.ts';
import { mimeBytes } from '../../../core/mail/mail-text.ts';
import { buildMime } from '../../../core/mail/mime.ts';

const digest = {
  stream: 'engineering-digest',
  listName: 'Northwind incident lessons',
  domain: 'mail.example.com',
  unsubscribe: 'https://lessons.example.com/unsubscribe/v1.k.p.h',
  isBulk: true,
};

it('says what a digest is, and how to leave it with one click', () => {
  expect(mailHeaders(digest)).toEqual([
    ['List-Id', 'Northwind incident lessons <engineering-digest.mail.example.com>'],
    ['List-Unsubscribe', '<https://lessons.example.com/unsubscribe/v1.k.p.h>'],
    ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
    ['Precedence', 'bulk'],
    ['Auto-Submitted', 'auto-generated'],
    ['X-Auto-Response-Suppress', 'OOF, AutoReply'],
  ]);
});

describe('an alert', () => {
  const names = (fields: object) => mailHeaders({ ...digest, stream: 'sev1-alerts', isBulk: false, ...fields }).map(([name]) => name);

  it('threads under its incident and is not bulk', () => {
    expect(mailHeaders({ ...digest, isBulk: false, incident: 'pm-1' })).toContainEqual(['References', '<incident-pm-1@mail.example.com>']);
    expect(names({})).not.toContain('Precedence');
  });

  it('offers no way out where there is none', () => {
    expect(names({ unsubscribe: undefined }).filter((name) => name.startsWith('List-Unsubscribe'))).toEqual([]);
  });
});

it('encodes a name that is not ASCII', () => {
  const [[, value] = ['', '']] = mailHeaders({ ...digest, listName: 'Größe & Söhne' });
  const [, word = ''] = /^=\?UTF-8\?B\?(.*)\?= <engineering-digest\.mail\.example\.com>$/.exec(value) ?? [];
  expect(Buffer.from(word, 'base64').toString()).toBe('Größe & Söhne');
});

it('is read as a list by a mail program', async () => {
  const from = { name: 'A', address: 'a@example.com' };
  const headers = mailHeaders(digest);
  const mail = await simpleParser(
    mimeBytes(buildMime({ from, to: 'b@example.com', subject: 's', headers, encoded: { html: [], text: [] }, boundary: 'b' })),
  );
  expect(mail.headers.get('list')).toMatchObject({
    id: { name: 'Northwind incident lessons', id: 'engineering-digest.mail.example.com' },
    unsubscribe: { url: digest.unsubscribe },
  });
});

it('refuses a name that would break out', () => {
  expect(() => mailHeaders({ ...digest, listName: 'a\r\nBcc: x@example.com' })).toThrow('List-Id');
});
