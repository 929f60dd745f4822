import { expect, it } from 'vitest';
import { type ActionRow, readActionRow } from '../../../core/action/action.ts';
import { newLeaf } from '../../../core/delivery/leaf.ts';
import type { RangeRow } from '../../../core/delivery/range.ts';
import { workingCalendarOf } from '../../../core/distribution/review-rules.ts';
import type { Edition } from '../../../core/edition/edition.ts';
import { remindersId } from '../../../core/edition/service-mail.ts';
import type { ListedPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import type { TeamSizes } from '../../../core/readership/team-sizes.ts';
import { directoryOf } from '../../../core/reminder/directory.ts';
import { lateReminders } from '../../../core/reminder/late.ts';
import { type RemindDeps, remind, type WantedReminders, whomToAsk } from '../../../core/reminder/remind.ts';
import { beginReminders, type ReminderProgress, remindersOf } from '../../../core/reminder/reminders-of.ts';
import { anEdition, aSid, someMade } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aReview } from '../../support/reviews-in-memory.ts';

const anAction = (n: number, given: Record<string, unknown> = {}): ActionRow =>
  readActionRow({
    postmortem: `pm-${n}`,
    postmortemTitle: 'Out of disk',
    aid: 'title#1',
    reported: { title: 'Rotate certificates', owner: `p${n}@example.com`, status: 'open', due: '2026-12-04' },
    reportedAt: '2026-11-20T10:00:00Z',
    promisedAt: '2026-11-20T10:00:00Z',
    firstSeenAt: '2026-11-20T10:00:00Z',
    visible: true,
    ...given,
  });

/** In the order in which they are mailed. */
const three = [0, 1, 2].map(aSid).toSorted();

/** Staff with an action each; reminders told up to Thursday 3 December, and it is Friday. */
function aMorning({ people = 3, staff = 0 }: { readonly people?: number; readonly staff?: number } = {}) {
  const world = {
    now: new Date('2026-12-04T07:00:05Z'),
    memory: { since: '2026-11-02', lastDay: '2026-12-03', waiting: {}, promised: {}, version: 7 } as
      | (ReminderProgress & { version: number })
      | undefined,
    rows: Array.from({ length: people }, (_, n) => anAction(n)),
    mails: [] as (WantedReminders & { readonly delay: number })[],
    dies: 'nowhere' as 'nowhere' | 'at the mails' | 'at the end',
    /** The editions of the mails, by id. */
    editions: new Map<string, Edition>(),
    reminders: { at: '08:00' } as { at: string } | undefined,
    moved: [] as string[],
    /** The leaf of each mail. */
    row: undefined as RangeRow | undefined,
    sizes: undefined as TeamSizes | undefined,
    published: [] as ListedPostmortem[],
    askedSince: undefined as Date | undefined,
    actions: undefined as { dueAfter: { sev2: number } } | undefined,
  };
  const directory = directoryOf(
    Array.from({ length: Math.max(staff, people) }, (_, n) => ({
      sid: aSid(n),
      address: `p${n}@example.com`,
      team: 'Payments',
      handles: [],
      isSuspended: false,
      isSuppressed: false,
    })),
  );
  const deps: RemindDeps = {
    distribution: async () =>
      aDistribution({
        ...(world.reminders && { reminders: world.reminders }),
        ...(world.actions && { actions: world.actions }),
      }),
    memory: {
      read: async () => world.memory,
      async advance(progress, before) {
        if (world.dies === 'at the end' && progress.askedAt !== undefined) throw new Error('died');
        if ((world.memory?.version ?? 0) !== before) return false;
        world.memory = { ...progress, version: before + 1 };
        return true;
      },
    },
    actions: async () => world.rows,
    actionRows: {
      list: async (postmortem) => world.rows.filter((row) => row.postmortem === postmortem),
      async put(row) {
        world.moved.push(row.postmortem);
        return true;
      },
    },
    reviews: { open: async () => [] },
    async published(since) {
      world.askedSince = since;
      return world.published;
    },
    directory: async () => directory,
    editions: { read: async (id) => world.editions.get(id) },
    ranges: { read: async () => world.row },
    catalog: { read: async () => undefined },
    sizes: {
      async put(sizes) {
        world.sizes = sizes;
      },
    },
    async mail(wanted, delay) {
      if (world.dies === 'at the mails') throw new Error('died');
      world.mails.push(...wanted.map((one) => ({ ...one, delay })));
    },
    now: () => world.now,
  };
  return { world, run: (wish = {}) => remind(wish, deps) };
}

it('mails each person once, notes the day, and does nothing the second time', async () => {
  const { world, run } = aMorning();

  expect(await run()).toEqual({ outcome: 'told', day: '2026-12-04', people: 3, entries: 3, staff: 3 });
  expect(world.mails.map(({ kind, about }) => [kind, about])).toEqual(Array(3).fill(['reminders', '20261204']));
  expect(world.memory).toMatchObject({ lastDay: '2026-12-04', version: 9, promised: { '2026-12-03': three } });
  expect(await run()).toMatchObject({ outcome: 'told already' });
  expect(world.mails).toHaveLength(3);
});

it.each(['at the mails', 'at the end'] as const)('asks for the same mails again at once after a crash %s', async (where) => {
  const { world, run } = aMorning();
  world.dies = where;
  await expect(run()).rejects.toThrow('died');
  world.dies = 'nowhere';
  world.mails = [];
  expect(await run()).toMatchObject({ outcome: 'told', people: 3 });
  expect(world.mails.map(({ subscriber, about }) => [subscriber, about])).toEqual(three.map((sid) => [sid, '20261204']));
});

it('asks for what is not there half an hour later, in a second run of the day', async () => {
  const { world, run } = aMorning();
  await run();
  for (const n of [0, 1]) world.editions.set(remindersId(aSid(n), '20261204'), anEdition());
  world.mails = [];
  world.now = new Date('2026-12-04T07:29:59Z');
  expect(await run()).toMatchObject({ outcome: 'told already' });
  world.now = new Date('2026-12-04T07:30:05Z');
  expect(await run({ dry: true })).toMatchObject({ outcome: 'would tell', people: 1 });
  expect(await run()).toMatchObject({ outcome: 'told', people: 1 });
  expect(world.mails.map(({ subscriber, about }) => [subscriber, about])).toEqual([[aSid(2), '20261204']]);
});

const past = anEdition({ leavesUntil: '2026-12-04T22:50:00Z' });
const counted = (counts: Record<string, number>) => ({
  ...past,
  completedAt: '2026-12-05T00:00:00Z',
  tallies: { default: { version: 1, counts } },
});
const doubted = { ...newLeaf('x', 0), submitting: { [aSid(0)]: { attempt: 1, made: someMade() } } };

it.each<[string, Edition | undefined, RangeRow | undefined, 'again' | 'not again']>([
  ['was never made', undefined, undefined, 'again'],
  ['waited until its day was over', past, undefined, 'again'],
  ['ended because its day was over', counted({ 'skipped: too late': 1 }), undefined, 'again'],
  ['met a pause that is over', counted({ 'skipped: snoozed': 1 }), undefined, 'again'],
  ['was accepted', counted({ accepted: 1 }), undefined, 'not again'],
  ['is unconfirmed', counted({ unconfirmed: 1 }), undefined, 'not again'],
  ['was recalled', { ...past, recalled: true }, undefined, 'not again'],
  ['was being submitted', past, doubted, 'not again'],
  ['may still leave, as those of earlier releases', anEdition(), undefined, 'not again'],
])('asks the next day, once, what a mail asked that %s', async (_, edition, row, how) => {
  const { world, run } = aMorning({ people: 1 });
  await run();
  if (edition) world.editions.set(remindersId(aSid(0), '20261204'), edition);
  world.row = row;
  world.mails = [];
  world.now = new Date('2026-12-07T07:00:05Z');
  await run();
  expect(world.mails.map(({ about }) => about)).toEqual(how === 'again' ? ['20261207'] : []);
  world.editions.set(remindersId(aSid(0), '20261207'), counted({ accepted: 1 }));
  world.now = new Date('2026-12-08T07:00:05Z');
  world.mails = [];
  await run();
  expect(world.mails).toEqual([]);
});

it('mails once and changes nothing in the memory that another run wrote meanwhile', async () => {
  const { world, run } = aMorning();
  await Promise.all([run(), run()]);
  expect(world.mails.map(({ subscriber }) => subscriber)).toEqual(three);
  expect(world.memory?.version).toBe(9);
});

it('tells the first time what is due since the working day before, also after a weekend', async () => {
  const { world, run } = aMorning();
  world.memory = undefined;
  world.now = new Date('2026-12-07T07:00:05Z');
  world.rows = ['2026-12-05', '2026-12-07', '2026-12-01'].map((due, n) =>
    anAction(n, { reported: { title: 'A', owner: `p${n}@example.com`, status: 'open', due } }),
  );
  expect(await run({ dry: true })).toMatchObject({ outcome: 'would tell', people: 2 });
  expect(world.memory).toBeUndefined();
  expect(await run()).toMatchObject({ outcome: 'told', day: '2026-12-07', people: 2 });
  expect(world.mails.map(({ subscriber }) => subscriber)).toEqual([aSid(0), aSid(1)]);
  expect(world.memory).toMatchObject({ since: '2026-12-04', lastDay: '2026-12-07' });
});

it('catches up a first run that died, or that mailed nobody because it would mail most people', async () => {
  const { world, run } = aMorning({ people: 201, staff: 500 });
  world.memory = undefined;
  expect(await run()).toMatchObject({ outcome: 'too many', people: 201 });
  expect(world.memory).toMatchObject({ since: '2026-12-03', lastDay: '2026-12-03' });
  world.now = new Date('2026-12-07T07:00:05Z');
  expect(await run({ yes: true })).toMatchObject({ outcome: 'told', people: 201 });
});

it('ends at once on a day on which nobody works, and where the file has no reminders', async () => {
  const { world, run } = aMorning();
  world.now = new Date('2026-12-05T07:00:05Z');
  expect(await run()).toEqual({ outcome: 'no working day', day: '2026-12-05' });
  world.reminders = undefined;
  expect(await run()).toEqual({ outcome: 'off' });
  expect(world.memory?.lastDay).toBe('2026-12-03');
});

it('mails nobody where it would mail most people, until somebody says so', async () => {
  const { world, run } = aMorning({ people: 201, staff: 500 });
  expect(await run()).toEqual({ outcome: 'too many', day: '2026-12-04', people: 201, entries: 201, staff: 500 });
  expect([world.mails, world.memory?.lastDay]).toEqual([[], '2026-12-03']);
  expect(await run({ yes: true })).toMatchObject({ outcome: 'told', people: 201 });
});

it.each([
  ['200 people', { people: 200, staff: 200 }],
  ['a fifth of the staff', { people: 201, staff: 1005 }],
])('mails %s without asking', async (_, given) => {
  expect(await aMorning(given).run()).toMatchObject({ outcome: 'told' });
});

it('has four mails a second composed, and changes nothing when it only looks', async () => {
  const { world, run } = aMorning({ people: 50, staff: 50 });
  expect(await run({ dry: true })).toMatchObject({ outcome: 'would tell', people: 50 });
  expect([world.mails, world.memory?.version]).toEqual([[], 7]);
  await run();
  expect(world.mails.map(({ delay }) => delay)).toEqual(Array.from({ length: 50 }, (_, n) => Math.floor(n / 4)));
});

it('asks about an action without a day on the day that the file expects', async () => {
  const { world, run } = aMorning({ people: 1 });
  world.actions = { dueAfter: { sev2: 14 } };
  world.rows = [anAction(0, { reported: { title: 'A', owner: 'p0@example.com', status: 'open' }, severity: 'sev2' })];
  expect(await run()).toMatchObject({ outcome: 'told', people: 1 });
});

it('puts what a decision closed where closed actions are listed', async () => {
  const { world, run } = aMorning();
  const decided = {
    kind: 'decided',
    what: 'accept the risk',
    at: '2026-12-03T10:00:00Z',
    by: 'a',
    as: 'CTO',
    reason: 'x',
    basis: 'b',
    effectiveAt: '2026-12-04T07:00:00Z',
  };
  world.rows = [anAction(0, { events: [decided] }), anAction(1)];
  expect(await run()).toMatchObject({ people: 2 });
  expect(world.moved).toEqual(['pm-0']);
  expect(world.mails[0]?.reminders?.entries).toMatchObject([{ kind: 'decision', as: 'owner' }]);
});

it.each([
  ['in the half hour of the run', '2026-12-04T07:29:00Z', '2026-12-03', undefined],
  ['after it', '2026-12-04T07:31:00Z', '2026-12-03', '2026-12-04'],
  ['when it ran', '2026-12-04T07:31:00Z', '2026-12-04', undefined],
  ['on the weekend after a day without a run', '2026-12-05T12:00:00Z', '2026-12-03', '2026-12-04'],
  ['on the weekend', '2026-12-06T12:00:00Z', '2026-12-04', undefined],
  ['before the run of a Monday', '2026-12-07T06:00:00Z', '2026-12-04', undefined],
])('knows a day without its run: %s', (_, now, lastDay, late) => {
  const applied = { distribution: aDistribution({ reminders: { at: '08:00' } }), appliedAt: '2026-11-01T00:00:00Z' };
  expect(lateReminders(applied, { lastDay }, new Date(now))).toBe(late);
  expect(lateReminders({ ...applied, appliedAt: '2026-12-07T00:00:00Z' }, undefined, new Date(now))).toBeUndefined();
  expect(lateReminders({ ...applied, distribution: aDistribution() }, { lastDay }, new Date(now))).toBeUndefined();
});

it('says in the mail that asks for a review that nobody can sign it', () => {
  const file = aDistribution({ reviews: { reviewers: [{ address: 'ada@example.com', as: 'CTO' }] } });
  const ada = { sid: aSid(0), address: 'ada@example.com', name: 'Ada Lovelace', handles: [], isSuspended: false, isSuppressed: false };
  const entries = (authors: string[]) => {
    const whom = whomToAsk(file, directoryOf([ada]), new Date('2026-12-04T07:00:05Z'));
    const reviews = [aReview({ openedAt: '2026-12-03T10:00:00Z', dueOn: '2026-12-10', authors })];
    const facts = { actions: [], reviews, published: [], calendar: workingCalendarOf(file), whom, morning: '08:00' };
    return remindersOf(beginReminders('2026-12-03'), '2026-12-04', facts).mails.get(ada.sid)?.entries;
  };
  expect(entries(['A. Lovelace'])).toEqual([{ kind: 'review', as: 'reviewer', postmortem: 'pm-1', nobodySigns: true }]);
  expect(entries(['Jo Park'])).toEqual([{ kind: 'review', as: 'reviewer', postmortem: 'pm-1' }]);
});

it('counts who is in which team, but not to say what it would do', async () => {
  const { world, run } = aMorning({ staff: 7 });

  await run({ dry: true });
  expect(world.sizes).toBeUndefined();
  await run();
  expect(world.sizes).toEqual({ at: '2026-12-04T07:00:05Z', staff: 7, teams: [{ team: 'team:payments', name: 'Payments', size: 7 }] });
});

const aListed = (given: Partial<ListedPostmortem> = {}): ListedPostmortem => ({
  ...{ id: 'stock', revision: 1, title: 'Stock was wrong', severity: 'sev2', status: 'published', restricted: false },
  ...{ publishedAt: '2026-11-27T09:00:00Z', updatedAt: '2026-11-27T09:00:00Z', whose: { authors: ['p0@example.com'] } },
  ...given,
});

it('thanks the authors of what was published a week ago, once, whatever was revised since', async () => {
  const { world, run } = aMorning({ staff: 3, people: 0 });
  world.published = [
    aListed({ revision: 4, updatedAt: '2026-12-03T09:00:00Z' }),
    aListed({ id: 'later', publishedAt: '2026-11-28T09:00:00Z' }),
  ];

  expect(await run()).toMatchObject({ outcome: 'told', people: 1, entries: 1 });
  expect(world.mails.map(({ subscriber, reminders }) => [subscriber, reminders?.entries])).toEqual([
    [aSid(0), [{ kind: 'thanks', as: 'author', postmortem: 'stock' }]],
  ]);
  // 30 days, in the organisation's zone.
  expect(world.askedSince).toEqual(new Date('2026-11-03T23:00:00Z'));
});

it.each<[string, ListedPostmortem['whose'], number[]]>([
  ['each author who is surely meant', { authors: ['p1@example.com', 'Jo', 'p0@example.com'] }, [0, 1]],
  ['nobody in place of an author who is not found', { authors: ['Jo Park'], by: aSid(2), team: 'Payments' }, []],
  ['no leads in place of a team', { authors: ['Payments'], team: 'Payments' }, []],
  ['its sender if it names nobody', { authors: [], by: aSid(2) }, [2]],
  ['nobody if a key sent it and it names nobody', { authors: [], by: 'ci' }, []],
  ['nobody of a row of an earlier release', undefined, []],
])('thanks %s', (_, whose, who) => {
  const file = aDistribution({ teams: [{ name: 'Payments', services: [], channels: {}, leads: ['p2@example.com'] }] });
  const colleague = (n: number) => ({ sid: aSid(n), address: `p${n}@example.com`, handles: [], isSuspended: false, isSuppressed: false });
  const whom = whomToAsk(file, directoryOf([0, 1, 2].map(colleague)), new Date('2026-12-04T07:00:05Z'));
  const wrote = whom.writersOf(whose ? { whose } : {});
  expect(wrote.toSorted()).toEqual(who.map(aSid).toSorted());
});
