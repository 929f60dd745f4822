import { simpleParser } from 'mailparser';
import { expect, it } from 'vitest';
import { verifyToken } from '../../../core/access/token.ts';
import { startEdition } from '../../../core/compose/start-edition.ts';
import type { OutgoingMail } from '../../../core/delivery/ports.ts';
import { parseEditionId } from '../../../core/edition/edition-id.ts';
import { testEditionId, type WantedTest } from '../../../core/edition/test-mail.ts';
import type { EditionFragments } from '../../../core/mail/fragments.ts';
import { mimeBytes } from '../../../core/mail/mail-text.ts';
import { aComposing } from '../../support/composing.ts';
import { aProfile, aSid, someFragments } from '../../support/delivery.ts';
import { aWorld } from '../../support/delivery-fixture.ts';
import { aDistribution } from '../../support/distribution.ts';

const ada = aProfile({ sid: aSid(1), address: 'ada@example.com' });
const monday = { kind: 'scheduled', stream: 'engineering-digest', at: new Date('2026-11-23T08:00:00Z') } as const;
const wanted = (change: Partial<WantedTest> = {}): WantedTest => ({
  shows: { stream: 'engineering-digest', due: '2026-11-23T08:00:00Z' },
  subscriber: ada.sid,
  at: new Date('2026-11-23T08:00:02Z'),
  ...change,
});
const id = testEditionId(wanted());

/** Composing that keeps how each postmortem was noted, and what was rendered. */
function aTester() {
  const composing = aComposing();
  composing.publish();
  const noted: string[] = [];
  const stored: EditionFragments[] = [];
  const { deps } = composing;
  const rendered = someFragments({
    subjectNames: { postmortems: ['pm-1'], instead: 'One incident' },
    foot: { html: '\u0002why\u0003 \u0002unsubscribe\u0003', text: '\u0002why\u0003 \u0002unsubscribe\u0003 \u0002read\u0003' },
  });
  const testing = {
    ...deps,
    renderDigest: () => rendered,
    postmortems: {
      ...deps.postmortems,
      async recordEdition(postmortem: string, edition: string, how: 'carried' | 'named') {
        noted.push(`${postmortem} ${how} ${edition}`);
        return how === 'carried' ? deps.postmortems.recordEdition(postmortem, edition, how) : undefined;
      },
    },
    editions: {
      ...deps.editions,
      async putContent(edition: string, fragments: EditionFragments) {
        stored.push(fragments);
        return deps.editions.putContent(edition, fragments);
      },
    },
  };
  const test = (change: Partial<WantedTest> = {}) => startEdition({ kind: 'test', wanted: wanted(change) }, testing);
  return { ...composing, deps: testing, noted, stored, test };
}

it('is for one person, and nothing counts as told by it: the real edition tells all of it', async () => {
  const { test, noted, editions, started, deps } = aTester();

  expect(await test()).toEqual({ edition: id, existed: false });

  expect(editions.get(id)).toMatchObject({
    stream: 'service',
    test: { stream: 'engineering-digest' },
    subject: 'Test: Two incidents',
    audience: { kind: 'list', subscribers: [ada.sid] },
    carries: [],
    names: ['pm-1'],
    tracksOpens: false,
  });
  expect(noted).toEqual([`pm-1 named ${id}`]);
  expect(started).toEqual([`${id} default 0`]);
  expect(await startEdition(monday, deps)).toEqual({ edition: 'engineering-digest_2026-W47', existed: false });
  expect(editions.get('engineering-digest_2026-W47')?.carries).toMatchObject([{ id: 'pm-1' }]);
});

it('is marked in the subject of every zone', async () => {
  const { deps, stored } = aTester();
  const tokyo = { subject: 'Taken back at 22:02 Tokyo', head: { html: '', text: '' }, blocks: [] };
  const inTokyo = { ...deps, renderDigest: () => someFragments({ zones: { 'Asia/Tokyo': tokyo } }) };

  await startEdition({ kind: 'test', wanted: wanted() }, inTokyo);

  expect(stored[0]?.zones).toEqual({ 'Asia/Tokyo': { ...tokyo, subject: 'Test: Taken back at 22:02 Tokyo' } });
});

it('is one a minute for each stream and person, and goes on after a crash', async () => {
  const { test, world, started } = aTester();
  world.dies = 'start';

  await expect(test()).rejects.toThrow('died in start');
  expect(await test()).toEqual({ edition: id, existed: true });
  expect(await test({ at: new Date('2026-11-23T08:00:59.999Z') })).toEqual({ edition: id, existed: true });
  const later = await test({ at: new Date('2026-11-23T08:01:00Z') });
  expect(later).toMatchObject({ existed: false });
  expect(later?.edition).not.toBe(id);
  const other = await test({ subscriber: aSid(2) });
  expect(new Set([id, later?.edition, other?.edition]).size).toBe(3);
  expect(new Set(started).size).toBe(3);
});

it('withholds what was restricted while it was being composed', async () => {
  const { publish, editions, deps } = aTester();
  const restricting = {
    ...deps,
    editions: {
      ...deps.editions,
      async putContent(edition: string, fragments: EditionFragments) {
        publish({ restricted: true });
        return deps.editions.putContent(edition, fragments);
      },
    },
  };
  await startEdition({ kind: 'test', wanted: wanted() }, restricting);
  expect(editions.get(id)?.withheld).toEqual(['pm-1']);
});

it.each([
  ['an alert about what is not severe enough', { stream: 'sev1-alerts', postmortem: 'pm-1' }],
  ['a stream that the file leaves out', { stream: 'leadership-brief' }],
  ['a postmortem that is not there', { stream: 'engineering-digest', frequency: 'published', postmortem: 'nowhere' }],
] as const)('is not made of %s', async (_, shows) => {
  const { test, editions } = aTester();
  expect(await test({ shows })).toBeUndefined();
  expect([...editions.keys()]).toEqual([]);
});

it('comes to the person whom it was asked for, with links of their own, and can be made again', async () => {
  const { test, editions, stored } = aTester();
  await test();
  const edition = editions.get(id);
  const [fragments] = stored;
  if (!edition || !fragments) throw new Error('nothing was composed');
  const asleep = { ...ada, snoozedUntil: '2027-01-01T00:00:00Z' };
  const world = aWorld(0, { edition, people: new Map([[ada.sid, asleep]]) });
  const mails: OutgoingMail[] = [];
  const { mailer } = world.deps;
  world.deps = {
    ...world.deps,
    audience: { first: async ({ audience }) => (audience.kind === 'list' ? [...audience.subscribers] : []) },
    fragments: { readFragments: async () => fragments },
    mailer: {
      async send(mail) {
        mails.push(mail);
        return mailer.send(mail);
      },
    },
  };

  await world.deliver();
  await world.deliver();

  expect(mails.map(({ to }) => to)).toEqual(['ada@example.com']);
  const mime = mimeBytes(mails[0]?.mime ?? []);
  const mail = await simpleParser(mime);
  expect(mail.subject).toBe('Test: Two incidents');
  expect(mail.text).toContain('This is a test mail. An operator sent it to you alone.');
  expect(mail.headers.get('list')).toMatchObject({ id: { id: 'engineering-digest.example.com' } });
  const claimsOf = (path: string, scope: 'unsubscribe' | 'read') => {
    const [, token = ''] = new RegExp(`com/${path}/(v1\\.[\\w.-]+)`).exec(mail.text ?? '') ?? [];
    return verifyToken(token, { kid: 'k1', key: 'x'.repeat(32) }, { scope, now: new Date(world.now) })?.claims;
  };
  expect(claimsOf('u', 'unsubscribe')).toMatchObject({ subscriber: ada.sid, about: 'engineering-digest' });
  expect(parseEditionId(claimsOf('r', 'read')?.about ?? '')).toMatchObject({ stream: 'engineering-digest', isTest: true });

  const [leaf] = world.rows.values();
  const outcome = leaf?.shape === 'leaf' ? leaf.outcomes[ada.sid] : undefined;
  if (outcome?.kind !== 'accepted') throw new Error('it was not accepted');
  const { issuedAt, cards } = outcome.made;
  const again = world.deps.makeMail(edition, fragments, asleep, { withheld: new Set(), attempt: 1, issuedAt, cards });
  expect(again.kind === 'mail' && mimeBytes(again.mime)).toEqual(mime);
});

it('of an alert calls its stream as the alert does', async () => {
  const { test, publish, editions } = aTester();
  publish({ id: 'grave', severity: 'sev1' });
  const started = await test({ shows: { stream: 'sev1-alerts', postmortem: 'grave' } });
  expect(editions.get(started?.edition ?? '')).toMatchObject({ alertsOf: 'Sev-1', carries: [], subject: 'Test: Two incidents' });
  expect(editions.get(started?.edition ?? '')).not.toHaveProperty('incident');
});

it('is to whoever cannot leave the stream as the real one is', async () => {
  const { deps, editions, publish } = aTester();
  publish({ id: 'grave', severity: 'sev1' });
  const leading = { ...deps, distribution: async () => aDistribution({ teams: [{ name: 'Payments', leads: ['ada@example.com'] }] }) };
  await startEdition({ kind: 'incident', stream: 'sev1-alerts', postmortem: 'grave' }, leading);
  const shows = { stream: 'sev1-alerts', postmortem: 'grave' } as const;
  const test = await startEdition({ kind: 'test', wanted: wanted({ shows }) }, leading);
  const real = editions.get('sev1-alerts_grave_r1')?.mandatory;
  expect(Object.values(real ?? {})).toEqual(['you are a lead of Payments']);
  expect(editions.get(test?.edition ?? '')?.mandatory).toEqual(real);
});

it('does not name in its subject what was withheld', async () => {
  const { test, stored } = aTester();
  await test();
  expect(stored[0]).toMatchObject({ subject: 'Test: Two incidents', subjectNames: { instead: 'Test: One incident' } });
});
