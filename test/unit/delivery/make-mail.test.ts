import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { readEdition } from '../../../adapters/dynamodb/edition-item.ts';
import { verifyToken } from '../../../core/access/token.ts';
import { mailMaker, readerMail } from '../../../core/delivery/make-mail.ts';
import { placeholders } from '../../../core/mail/fragments.ts';
import { mimeBytes } from '../../../core/mail/mail-text.ts';
import { readerHash } from '../../../core/subscriber/subscriber-id.ts';
import { anEdition, aProfile, aSid, someFragments } from '../../support/delivery.ts';

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
  return mimeBytes(made.mime);
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

it('tells times in the zone that its reader gave, where the edition has it', () => {
  const said = (words: string) => ({ html: words, text: words });
  const tokyo = { subject: 'At 22:52', head: said('Tokyo time, '), blocks: [{ kind: 'fixed' as const, fragment: said('at 22:52') }] };
  const fragments = someFragments({ zones: { 'Asia/Tokyo': tokyo }, foot: said(' foot') });
  const told = (zone?: string) => {
    const reader = aProfile({ ...(zone !== undefined && { zone }) });
    const mail = readerMail(anEdition({ stream: 'sev1-alerts' }), fragments, reader, settings, options);
    return typeof mail === 'string' ? mail : [mail.subject, mail.html, mail.text];
  };

  expect(told('Asia/Tokyo')).toEqual(['At 22:52', 'Tokyo time, at 22:52 foot', 'Tokyo time, at 22:52 foot']);
  const organisations = ['Two incidents', '<p>head</p><p>A failover, in full</p> foot', 'headA failover, in full foot'];
  expect([told('Europe/Paris'), told()]).toEqual([organisations, organisations]);
});

describe('what leadership is asked', () => {
  const asked = { html: `<a href="${placeholders.decide}/pm-1">A failover</a>`, text: `${placeholders.decide}/pm-1` };
  const fragments = someFragments({ blocks: [{ kind: 'fixed', fragment: asked }] });
  const reviewers = [readerHash('vera@example.com') ?? ''];
  const mailFor = (address: string, edition: Parameters<typeof anEdition>[0] = { reviewers }) => {
    const mail = readerMail(anEdition(edition), fragments, aProfile({ address }), settings, options);
    return typeof mail === 'string' ? mail : mail.text;
  };
  const decide = /\/decisions\/(v1\.[\w.-]+)\/pm-1/;

  it('leads a reviewer to the page where they decide, by a link that is theirs and of that mail', () => {
    const [, token = ''] = decide.exec(mailFor('Vera@Example.com')) ?? [];
    const now = new Date(options.issuedAt * 1000);
    expect(verifyToken(token, settings.keys, { scope: 'decide', now })).toMatchObject({
      kind: 'good',
      claims: { subscriber: aSid(1), about: anEdition().id, realm: 'staff' },
    });
  });

  it.each([
    ['everybody else', mailFor('ada@example.com')],
    ['a reviewer of an edition that was composed before there were any', mailFor('vera@example.com', {})],
  ])('leads %s to the postmortem', (_, text) => {
    expect(text).toMatch(/https:\/\/lessons\.example\.com\/r\/v1\.[\w.-]+\/pm-1/);
    expect(text).not.toMatch(decide);
  });
});

describe('an alert', () => {
  const alert = async (edition: Parameters<typeof anEdition>[0]) => {
    const foot = { html: '\u0002why\u0003', text: '\u0002why\u0003' };
    const made = mailMaker(settings)(
      anEdition({ stream: 'sev1-alerts', ...edition }),
      someFragments({ foot }),
      aProfile({ role: 'CTO' }),
      options,
    );
    const mime = mimeOf(made);
    const { text } = await simpleParser(mime);
    return [/^List-Id: .*(?:\r\n .*)*/m.exec(mime.toString('latin1'))?.[0], text];
  };

  it('is named as the organisation named it when it was composed, whatever the file says now', async () => {
    const [list, text] = await alert({ alertsOf: 'P0 and P1' });
    expect(list).toContain('P0 and P1 alerts');
    expect(text).toContain('You get every P0 and P1 at once because your role is CTO.');
  });

  it('says in each later mail about an incident that these come too', async () => {
    const because = async (id: string) => (await alert({ id, alertsOf: 'P0' }))[1];
    expect(await because('sev1-alerts_a_r1')).toContain('You get every P0 at once because your role is CTO.');
    for (const id of ['sev1-alerts_a_r2', 'sev1-alerts_a_r12'])
      expect(await because(id)).toContain('You get every P0 at once, and what becomes of it, because your role is CTO.');
  });

  it('of before names could be kept is what it was', async () => {
    const [list, text] = await alert({});
    expect(list).toContain('Sev-1 alerts');
    expect(text).toContain('You get every Sev-1 at once because your role is CTO.');
  });
});

describe('asks for opens', () => {
  const head = { html: '<body>\u0002tracker\u0003', text: 'head' };
  const made = (edition: Parameters<typeof anEdition>[0], profile: Parameters<typeof aProfile>[0] = {}) => {
    const mail = mailMaker(settings)(anEdition(edition), someFragments({ head }), aProfile(profile), options);
    return mail.kind === 'mail' ? [mail.isTracked, mimeBytes(mail.mime).includes('ses:openTracker')] : mail.kind;
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

describe('what its reader chose', () => {
  const settingsOf = (wishes: object) => ({
    streams: { 'engineering-digest': { ...aProfile().streams['engineering-digest'], ...wishes } },
  });
  const fragments = someFragments({
    blocks: someFragments().blocks.map((block) => (block.kind === 'card' ? { ...block, severity: 'sev3', topics: ['tech:redis'] } : block)),
  });
  const makeFor = (profile: object, change: object = {}) =>
    mailMaker(settings)(anEdition(), fragments, aProfile(profile), { ...options, ...change });

  it('may leave nothing to tell', () => {
    expect(makeFor(settingsOf({ leaveOut: ['tech:redis'] }))).toEqual({ kind: 'nothing chosen' });
    expect(makeFor(settingsOf({ leaveOut: ['tech:redis'] }), { withheld: new Set(['pm-1']) })).toEqual({ kind: 'withheld' });
    expect(makeFor(settingsOf({ leaveOut: ['tech:kafka'] }))).toMatchObject({ kind: 'mail', made: { cards: '2' } });
  });

  it('counts no more once the mail was made: it is made again as it was', () => {
    const first = mimeOf(makeFor({}));
    expect(mimeOf(makeFor(settingsOf({ leaveOut: ['tech:redis'] }), { cards: '2' }))).toEqual(first);
  });

  it('may be text alone, which nobody can track', async () => {
    const made = mailMaker(settings)(anEdition({ tracksOpens: true }), fragments, aProfile({ format: 'text' }), options);
    expect(made).toMatchObject({ kind: 'mail', isTracked: false });
    const mail = await simpleParser(mimeOf(made));
    expect(mail.headers.get('content-type')).toMatchObject({ value: 'text/plain' });
    expect(mail.html).toBe(false);
    expect(mail.text).toContain('A failover, in full');
    expect(mail.headers.has('list')).toBe(true);
  });
});

describe('who cannot leave', () => {
  const lead = aProfile({ address: 'Ada@Example.com', role: 'leadership' });
  const edition = anEdition({
    stream: 'sev1-alerts',
    mandatory: { [readerHash('ada@example.com') ?? '']: 'you are a lead of Payments' },
  });
  const fragments = someFragments({
    foot: { html: '\u0002why\u0003 leave', text: '\u0002why\u0003 leave' },
    mandatoryFoot: { html: '\u0002why\u0003 locked', text: '\u0002why\u0003 locked' },
  });
  const mailTo = async (profile: ReturnType<typeof aProfile>) =>
    simpleParser(mimeOf(mailMaker(settings)(edition, fragments, profile, options)));

  it('is told why, and is offered no way out that would be none', async () => {
    const mail = await mailTo(lead);
    expect(mail.text?.replaceAll('\n', ' ')).toContain('at once because you are a lead of Payments. locked');
    expect(mail.headerLines.map(({ key }) => key)).not.toContain('list-unsubscribe');
  });

  it('is not everybody', async () => {
    const mail = await mailTo(aProfile({ address: 'grace@example.com', role: 'leadership' }));
    expect(mail.text?.replaceAll('\n', ' ')).toContain('because your role is leadership. leave');
    expect(mail.headerLines.map(({ key }) => key)).toContain('list-unsubscribe');
  });
});

describe('a mail that answers', () => {
  const keys = settings.keys;
  const made = async (service: {
    kind: 'confirm' | 'approval' | 'new-link' | 'sign-in' | 'drift' | 'held' | 'reminders' | 'reminders-link' | 'review' | 'review-receipt';
    about: string;
  }) => {
    const fragments = someFragments({
      blocks: [{ kind: 'fixed', fragment: { html: '\u0002action\u0003', text: 'go to \u0002action\u0003 now' } }],
    });
    const edition = anEdition({ stream: 'service', realm: 'staff', service });
    const mail = await simpleParser(mimeOf(mailMaker(settings)(edition, fragments, aProfile({ generation: 3 }), options)));
    const [, path = '', token = ''] = /com\/([a-z-]+)\/(v1\.[\w.-]+)/.exec(mail.text ?? '') ?? [];
    return { mail, path, token };
  };

  it.each([
    ['c', 'confirm', 'confirm', 'engineering-digest', 'engineering-digest'],
    ['a', 'approval', 'approve', 'leadership-brief_00ff', 'leadership-brief_00ff'],
    ['p', 'new-link', 'preferences', '', ''],
    ['sign-in', 'sign-in', 'sign-in', 't1f7w3', 't1f7w3'],
    ['reminders', 'reminders', 'reminders', '20261204', `service_reminders_${aSid(1)}_20261204`],
    ['reminders', 'reminders-link', 'reminders', '20261204', `service_reminders_${aSid(1)}_20261204`],
    ['review', 'review', 'review', 'checkout-down_2', 'checkout-down_2'],
    ['review', 'review-receipt', 'review', 'checkout-down_2_a', 'checkout-down_2_a'],
  ] as const)('leads to /%s/ with a token of its own for %s', async (page, kind, scope, about, claimed) => {
    const { path, token } = await made({ kind, about });
    expect(path).toBe(page);
    const now = new Date(options.issuedAt * 1000);
    expect(verifyToken(token, keys, { scope, now })?.claims).toMatchObject({
      about: claimed,
      subscriber: aSid(1),
      generation: 3,
      realm: 'staff',
    });
  });

  it('leads operators to their page without a token: it asks who comes', async () => {
    const { mail } = await made({ kind: 'drift', about: '2026-W49' });
    expect(mail.text).toMatch(/go to https:\/\/[a-z.]+\/home\/drift now/);
    expect((await made({ kind: 'held', about: '20261125' })).mail.text).toMatch(/go to https:\/\/[a-z.]+\/home now/);
  });

  it('is automatic and no bulk, and cannot be unsubscribed from', async () => {
    const { mail } = await made({ kind: 'confirm', about: '' });
    const headers = mail.headerLines.map(({ key }) => key);
    expect(headers).toContain('auto-submitted');
    for (const absent of ['list-unsubscribe', 'list-unsubscribe-post', 'precedence']) expect(headers).not.toContain(absent);
  });

  it('of a kind that a later release writes is left to that release, and nobody gets a button that leads nowhere', () => {
    const service = { kind: 'farewell', about: 'engineering-digest' };
    expect(() => make({ edition: { stream: 'service', realm: 'staff', service } })).toThrow('farewell');
    const stored = {
      ...anEdition({ stream: 'service', realm: 'staff' }),
      service: { ...service, more: 1 },
      test: { stream: 'sev1-alerts', more: 1 },
    };
    expect(readEdition({ ...stored, withheld: undefined })).toMatchObject({ service, test: { stream: 'sev1-alerts' } });
  });
});
