import { describe, expect, it } from 'vitest';
import { reasonToSkip } from '../../../core/delivery/skip-reason.ts';
import { readerHash } from '../../../core/subscriber/subscriber-id.ts';
import { anEdition, aProfile } from '../../support/delivery.ts';

const edition = anEdition({ cutoff: '2026-11-23T08:00:00Z' });
const facts = { recalled: false, superseded: false };
const now = new Date('2026-11-23T08:01:00Z');
const decide = (profile = aProfile(), slot = 'default') => reasonToSkip(edition, slot, profile, facts, now);
const subscribed = (since: string, ...slots: { slot: string; at: string }[]) =>
  aProfile({ streams: { 'engineering-digest': { on: true, since, slots } } });
const always = { slot: 'default', at: '2026-01-01T00:00:00Z' };

it.each([
  ['recalled', { recalled: true, superseded: true }],
  ['superseded', { recalled: false, superseded: true }],
])('is %s before anything else, also for a reader who is gone', (reason, over) => {
  expect([aProfile(), undefined].map((profile) => reasonToSkip(edition, 'default', profile, over, now))).toEqual([reason, reason]);
});

describe('the cut-off', () => {
  it('lets in who subscribed at its very instant, told in milliseconds or not', () => {
    expect(decide(subscribed('2026-11-23T08:00:00.000Z', always))).toBeUndefined();
    expect(decide(subscribed('2026-11-23T08:00:00Z', always))).toBeUndefined();
  });

  it('leaves out who subscribed later in the same second', () => {
    expect(decide(subscribed('2026-11-23T08:00:00.001Z', always))).toBe('after cut-off');
  });
});

describe('a slot changed', () => {
  const monday = { slot: 'mon-0700', at: '2026-11-20T00:00:00Z' };
  const later = { slot: 'tue-0900', at: '2026-11-23T08:00:30Z' };

  it('before the cut-off moves the edition to the new slot', () => {
    const profile = subscribed('2026-01-01T00:00:00Z', always, monday);
    expect(decide(profile)).toBe('not due');
    expect(decide(profile, 'mon-0700')).toBeUndefined();
  });

  it('after the cut-off leaves this edition where it was', () => {
    const profile = subscribed('2026-01-01T00:00:00Z', always, monday, later);
    expect(decide(profile, 'mon-0700')).toBeUndefined();
    expect(decide(profile, 'tue-0900')).toBe('not due');
  });
});

it('sends nothing to who is suspended, whatever they are subscribed to', () => {
  expect(decide(aProfile({ suspended: { at: '2026-11-20T00:00:00Z' } }))).toBe('suspended');
});

it('sends again once a snooze is over', () => {
  expect(decide(aProfile({ snoozedUntil: '2026-11-23T08:00:59Z' }))).toBeUndefined();
});

it('sends nothing but service mail to who has not confirmed', () => {
  expect(decide(aProfile({ unconfirmed: { at: '2026-11-20T00:00:00Z' } }))).toBe('unsubscribed');
  const service = anEdition({ audience: { kind: 'list', subscribers: [aProfile().sid] } });
  expect(
    reasonToSkip(service, 'default', aProfile({ streams: {}, unconfirmed: { at: '2026-11-20T00:00:00Z' } }), facts, now),
  ).toBeUndefined();
});

it('ends a subscription that was lent until an instant by itself', () => {
  const lent = (until: string) =>
    aProfile({ streams: { 'engineering-digest': { on: true, since: '2026-01-01T00:00:00Z', slots: [always], until } } });
  expect(decide(lent('2026-11-23T08:01:00.001Z'))).toBeUndefined();
  expect(decide(lent('2026-11-23T08:01:00Z'))).toBe('unsubscribed');
});

describe('a mandatory edition', () => {
  const mandatory = { ...edition, mandatory: { [readerHash(aProfile().address) ?? '']: 'you lead Payments' } };
  const away = { sid: 'b'.repeat(32), until: '2026-11-30T00:00:00Z' };
  const decideFor = (change: Parameters<typeof aProfile>[0], settings: object = {}, to: typeof edition = mandatory) => {
    const stream = { on: true, since: '2026-01-01T00:00:00Z', slots: [always], ...settings };
    return reasonToSkip(to, 'default', aProfile({ streams: { 'engineering-digest': stream }, ...change }), facts, now);
  };

  it('comes also to who had switched it off or paused everything, and to nobody else who did', () => {
    expect(decideFor({}, { on: false })).toBeUndefined();
    expect(decideFor({ snoozedUntil: '2026-12-01T00:00:00Z' })).toBeUndefined();
    const others = { ...edition, mandatory: { ['c'.repeat(32)]: 'you lead Checkout' } };
    expect(decideFor({}, { on: false }, others)).toBe('unsubscribed');
    expect(decideFor({ snoozedUntil: '2026-12-01T00:00:00Z' }, {}, others)).toBe('snoozed');
  });

  it('is paused while a delegate stands in, and not a moment longer', () => {
    const paused = { snoozedUntil: '2026-12-01T00:00:00Z' };
    expect(decideFor(paused, { delegate: away })).toBe('snoozed');
    expect(decideFor(paused, { delegate: { ...away, until: '2026-11-23T08:01:00Z' } })).toBeUndefined();
  });

  it('goes to nobody whose address must get no mail', () => {
    expect(decideFor({ suppressed: { reason: 'complaint', at: '2026-11-20T00:00:00Z' } })).toBe('suppressed');
    expect(decideFor({ suspended: { at: '2026-11-20T00:00:00Z' } })).toBe('suspended');
  });
});

describe('a mail that answers what somebody did', () => {
  const service = {
    ...edition,
    stream: 'service',
    audience: { kind: 'list', subscribers: [aProfile().sid] },
  } as const satisfies typeof edition;
  const decideFor = (change: Parameters<typeof aProfile>[0]) => reasonToSkip(service, 'default', aProfile(change), facts, now);

  it('comes to who paused everything, is on no stream or has not confirmed yet', () => {
    expect(decideFor({ snoozedUntil: '2026-12-01T00:00:00Z' })).toBeUndefined();
    expect(decideFor({ streams: {}, unconfirmed: { at: '2026-11-23T08:00:00Z' } })).toBeUndefined();
  });

  it('comes to nobody whose address must get no mail, nor to somebody of another realm', () => {
    expect(decideFor({ suppressed: { reason: 'complaint', at: '2026-11-20T00:00:00Z' } })).toBe('suppressed');
    expect(decideFor({ realm: 'customers' })).toBe('gone');
    const toCustomers = { ...service, realm: 'customers' } as const;
    expect(reasonToSkip(toCustomers, 'default', aProfile({ realm: 'customers' }), facts, now)).toBeUndefined();
  });
});

describe('what is relevant to a team', () => {
  const relevant = anEdition({ id: 'relevant-incidents_cart-down_r1', stream: 'relevant-incidents', cutoff: '2026-11-23T08:00:00Z' });
  const settings = (slot = 'default', on = true) => ({ on, since: '2026-01-01T00:00:00Z', slots: [{ slot, at: '2026-01-01T00:00:00Z' }] });
  const decideWith = (digest: ReturnType<typeof settings>) =>
    reasonToSkip(
      relevant,
      'default',
      aProfile({ streams: { 'relevant-incidents': settings(), 'engineering-digest': digest } }),
      facts,
      now,
    );

  it('is told already to who gets each postmortem as it is published', () => {
    expect(decideWith(settings('published'))).toBe('told already');
  });

  it('comes to who gets the digest later, or gets it no more', () => {
    expect(decideWith(settings())).toBeUndefined();
    expect(decideWith(settings('published', false))).toBeUndefined();
  });
});
