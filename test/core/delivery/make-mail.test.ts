import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { mailMaker } from '../../../core/delivery/make-mail.ts';
import { anEdition, aProfile, someFragments } from '../../builders/delivery.ts';

const settings = {
  publicUrl: 'https://lessons.example.com',
  sender: { name: 'Lessons', address: 'lessons@example.com' },
  keys: { kid: 'k1', key: 'k'.repeat(32) },
};
const options = { withheld: new Set<string>(), attempt: 1, issuedAt: 1_800_000_000 };
const make = (change: { profile?: Parameters<typeof aProfile>[0]; edition?: Parameters<typeof anEdition>[0]; issuedAt?: number } = {}) =>
  mailMaker(settings)(anEdition(change.edition), someFragments(), aProfile(change.profile), {
    ...options,
    issuedAt: change.issuedAt ?? options.issuedAt,
  });
const mimeOf = (made: ReturnType<typeof make>) => {
  if (made.kind !== 'mail') throw new Error(made.kind);
  return made.mime;
};

it('makes the same bytes from the same edition, profile and instant, and others from another', () => {
  expect(mimeOf(make())).toEqual(mimeOf(make()));
  expect(mimeOf(make()).equals(mimeOf(make({ issuedAt: 1 })))).toBe(false);
});

it('keeps what is needed to make them again', () => {
  expect(make({ profile: { revision: 7 } })).toMatchObject({ made: { profile: 7, cards: '2', tokenKey: 'k1', issuedAt: 1_800_000_000 } });
});

it('is signed for its reader: the way out stands in the header and in the text', async () => {
  const mime = mimeOf(make());
  const mail = await simpleParser(mime);
  const [, url] = /^List-Unsubscribe:\s*<(https:\/\/lessons\.example\.com\/u\/v1\.k1\.[\w.-]+)>/m.exec(mime.toString('latin1')) ?? [];
  expect(url).toBeDefined();
  expect(mail.text).toContain(url);
});

describe('asks for opens', () => {
  const head = { html: '<body>\u0002tracker\u0003', text: 'head' };
  const made = (edition: Parameters<typeof anEdition>[0], profile: Parameters<typeof aProfile>[0] = {}) => {
    const mail = mailMaker(settings)(anEdition(edition), someFragments({ head }), aProfile(profile), options);
    return mail.kind === 'mail' ? [mail.isTracked, mail.mime.includes('ses:openTracker')] : mail.kind;
  };

  it('where the stream does and the reader lets it', () => {
    expect(made({ tracksOpens: true })).toEqual([true, true]);
  });

  it.each([
    ['the stream does not', { tracksOpens: false }, {}],
    ['the edition is of a time before it was asked', {}, {}],
    ['the reader switched it off', { tracksOpens: true }, { tracking: false as const }],
  ])('not where %s', (_what, edition, profile) => {
    expect(made(edition, profile)).toEqual([false, false]);
  });
});

describe('costs nobody else the mail', () => {
  it('when an address cannot stand in a header', () => {
    expect(make({ profile: { address: 'a@example.com\r\nBcc: b@example.com' } })).toEqual({ kind: 'impossible', code: 'UnsafeHeader' });
  });

  it('when all that it would tell is withheld', () => {
    const made = mailMaker(settings)(anEdition(), someFragments(), aProfile(), { ...options, withheld: new Set(['pm-1']) });
    expect(made).toEqual({ kind: 'withheld' });
  });
});
