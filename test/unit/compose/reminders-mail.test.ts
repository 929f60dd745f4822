import { expect, it } from 'vitest';
import { type ActionRow, readActionRow } from '../../../core/action/action.ts';
import { basisOf } from '../../../core/action/basis.ts';
import { startEdition } from '../../../core/compose/start-edition.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { laneOf } from '../../../core/edition/edition.ts';
import type { ReminderEntry } from '../../../core/edition/reminders.ts';
import { assembleMail } from '../../../core/mail/assemble.ts';
import type { EditionFragments } from '../../../core/mail/fragments.ts';
import type { Reading } from '../../../core/readership/reading.ts';
import { countedTeams } from '../../../core/readership/team-sizes.ts';
import type { ToldReason } from '../../../core/relevance/relevance.ts';
import type { Review } from '../../../core/review/review.ts';
import { renderReminders } from '../../../emails/render-reminders.ts';
import { aComposing } from '../../support/composing.ts';
import { aSid } from '../../support/delivery.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const anAction = (postmortem: string, given: Record<string, unknown> = {}): ActionRow =>
  readActionRow({
    postmortem,
    postmortemTitle: 'As it was called',
    aid: 'title#1',
    reported: { title: 'Rotate certificates', owner: 'Ada', status: 'open', due: '2026-12-01', priority: 'P1' },
    reportedAt: '2026-11-20T10:00:00Z',
    promisedAt: '2026-11-20T10:00:00Z',
    visible: true,
    ...given,
  });
const aReview = (given: object = {}) =>
  ({
    postmortem: 'stock',
    severity: 'sev2',
    hidden: false,
    services: [],
    authors: [],
    revision: 1,
    preliminary: false,
    version: 1,
    state: 'in review',
    openedAt: '2026-11-30T10:00:00Z',
    dueOn: '2026-12-07',
    ...given,
  }) as unknown as Review;

const due: ReminderEntry = { kind: 'action', as: 'owner', postmortem: 'certificates', aid: 'title#1' };
const reviews: ReminderEntry = { kind: 'review', as: 'reviewer', postmortem: 'stock' };
const awaited: ReminderEntry = { kind: 'awaited', as: 'author', postmortem: 'declared' };

const thanks: ReminderEntry = { kind: 'thanks', as: 'author', postmortem: 'stock' };

const why = (reason: ToldReason['reason'], sentence: string): ToldReason => ({ reason, key: sentence, sentence });
const relevance = {
  ...{ postmortem: 'stock', revision: 1, at: '2026-11-27T09:00:00Z', terms: [], similar: [] },
  teams: [
    {
      team: 'team:search',
      name: 'Search',
      score: 7,
      reasons: [why({ kind: 'depends', service: 'find', on: 'stock', path: ['find', 'stock'] }, 'Yours.')],
    },
    {
      team: 'team:cart',
      name: 'Cart',
      score: 4,
      reasons: [why({ kind: 'reads alike', postmortem: 'certificates', words: ['logins'] }, 'It reads like your “Partner logins failed”.')],
    },
  ],
};
let reading = 0;
const aReading = (given: Partial<Reading>): Reading => {
  reading += 1;
  return { postmortem: 'stock', blinded: String(reading).padStart(32, '0'), team: 'team:search', on: '2026-12-01', how: 'page', ...given };
};
const readings = [
  ...[1, 2, 3, 4].map(() => aReading({})),
  aReading({ how: 'useful' }),
  aReading({ team: 'team:cart', how: 'useful' }),
  // Of the day itself.
  ...[1, 2, 3].map(() => aReading({ on: '2026-12-04', how: 'discussed' })),
];

const reader = {
  read: 'https://a.example/r/t',
  decide: 'https://a.example/decisions/t',
  preferences: 'https://a.example/p/t',
  unsubscribe: '',
  view: '',
  action: 'https://a.example/reminders/t',
  why: '',
  tracker: '',
};

function aMorning(file: Partial<Distribution> = {}) {
  const world = aComposing();
  world.world.now = new Date('2026-12-04T07:00:10Z');
  world.publish(aPostmortem({ id: 'certificates', title: 'Partner logins failed' }));
  world.publish(aPostmortem({ id: 'stock', title: 'Stock was wrong', severity: 'sev2', publishedAt: '2026-11-27T09:00:00Z' }));
  const rows: ActionRow[] = [anAction('certificates'), anAction('stock')];
  const rowsOf = new Map<string, Review>([
    ['stock', aReview()],
    [
      'declared',
      aReview({ postmortem: 'declared', state: 'awaiting postmortem', declaredAt: '2026-12-01T10:00:00Z', dueOn: '2026-12-04' }),
    ],
  ]);
  const made: EditionFragments[] = [];
  const deps = {
    ...world.deps,
    distribution: async () => ({ ...(await world.deps.distribution()), ...file }) as Distribution,
    actionRows: async (postmortem: string) => rows.filter((row) => row.postmortem === postmortem),
    relevance: async () => new Map([['stock', relevance]]),
    readership: {
      readings: { of: async (postmortem: string) => readings.filter((one) => one.postmortem === postmortem) },
      sizes: { read: async () => countedTeams([...Array(8).fill('Search'), ...Array(4).fill('Cart')], [], '2026-12-04T07:00:00Z') },
    },
    reviews: { ...world.deps.reviews, read: async (postmortem: string) => rowsOf.get(postmortem) },
    renderReminders: (...args: Parameters<typeof renderReminders>) => {
      const fragments = renderReminders(...args);
      made.push(fragments);
      return fragments;
    },
  };
  const ask = (entries: readonly ReminderEntry[], about = '20261204', more = 0) =>
    startEdition(
      {
        kind: 'service',
        mail: {
          kind: 'reminders',
          about,
          realm: 'staff',
          subscriber: aSid(1),
          at: world.world.now,
          reminders: { entries: [...entries], more, office: 'VP Platform' },
        },
      },
      deps,
    );
  const text = (withheld: readonly string[] = []) => {
    const [fragments] = made.slice(-1);
    if (!fragments) throw new Error('nothing was made');
    return assembleMail(fragments, { placeholders: reader, withheld: new Set(withheld) });
  };
  return { ...world, rows, reviewsOf: rowsOf, ask, text };
}

it('says what is asked, with one link for each thing, and keeps what it asked', async () => {
  const { ask, text, editions } = aMorning();
  await ask([reviews, due, awaited]);

  const mail = text();
  if (typeof mail === 'string') throw new Error(mail);
  expect(mail.subject).toBe('One action is due, one review waits, one postmortem is awaited');
  expect(mail.text).toContain(`* Due on Monday 7 December: Sev-2: Stock was wrong
  One action waits for a decision. You act as VP Platform.
  Review: https://a.example/decisions/t/stock`);
  expect(mail.text).toContain(`* 3 days late: Rotate certificates
  From “Partner logins failed”. Due on 1 December.
  Answer: https://a.example/reminders/t`);
  expect(mail.text).toContain('* Due today: Sev-2, told of on Tuesday 1 December (declared).');
  const [edition] = editions.values();
  expect(edition?.id).toBe(`service_reminders_${aSid(1)}_20261204`);
  expect(edition?.service?.reminders?.entries).toEqual([reviews, due, awaited]);
  expect(edition?.names.toSorted()).toEqual(['certificates', 'stock']);
  expect(edition && laneOf(edition)).toBe('bulk');

  await ask([{ ...reviews, nobodySigns: true }], '20261207');
  expect(text()).toMatchObject({
    text: expect.stringMatching(/Nobody whom the\s+distribution file names can sign it[\s\S]*waive\s+the\s+review\./),
  });
});

it('leaves on its day in the organisation’s zone alone, and is not made once that is over', async () => {
  const { ask, editions, world } = aMorning();
  await ask([due]);
  expect([...editions.values()].map(({ leavesUntil }) => leavesUntil)).toEqual(['2026-12-04T22:50:00Z']);
  world.now = new Date('2026-12-07T22:50:00.123Z');
  expect(await ask([due], '20261207')).toBeUndefined();
  world.now = new Date('2026-12-07T22:49:59Z');
  expect(await ask([due], '20261207')).toMatchObject({ existed: false });
});

it('is one a person and day, whoever asks for it again', async () => {
  const { ask, editions, world } = aMorning();
  await ask([due]);
  world.now = new Date('2026-12-04T16:00:00Z');
  expect(await ask([due, reviews])).toEqual({ edition: `service_reminders_${aSid(1)}_20261204`, existed: true });
  await ask([due], '20261207');
  expect(editions.size).toBe(2);
});

it.each([
  ['done', { events: [{ kind: 'done', at: '2026-12-04T07:00:05Z', by: aSid(1) }] }],
  ['withdrawn', { withdrawnAt: '2026-12-04T07:00:05Z' }],
  ['not to be told', { visible: false }],
])('is not made where all that it asks is %s by then', async (_, given) => {
  const { ask, rows, editions } = aMorning();
  rows.splice(0, 2, anAction('certificates', given));
  expect(await ask([due])).toBeUndefined();
  expect(editions.size).toBe(0);
});

it('leaves out what was restricted between the run and the mail, and after it was made', async () => {
  const { ask, text, publish } = aMorning();
  publish(aPostmortem({ id: 'stock', title: 'Stock was wrong', restricted: true }));
  await ask([due, reviews]);
  expect(JSON.stringify(text())).not.toContain('Stock');

  const withheld = JSON.stringify(text(['certificates']));
  expect(withheld).not.toMatch(/Partner|Rotate|is due/);
});

it('does not count what is withheld, and shows the rest', async () => {
  const { ask, text } = aMorning();
  await ask([due, reviews]);
  const mail = text(['certificates']);
  if (typeof mail === 'string') throw new Error(mail);
  expect(mail.subject).toBe('What is asked of you on Friday 4 December');
  expect(mail.text).toContain('Stock was wrong');
  expect(mail.html + mail.text).not.toMatch(/Partner|Rotate|is due/);
});

it('shows twenty things, and leads to the page for the rest', async () => {
  const { ask, text, rows } = aMorning();
  const many = Array.from({ length: 60 }, (_, n): ReminderEntry => ({ ...due, aid: `title#${n + 100}` }));
  rows.push(...many.map(({ aid }) => anAction('certificates', { aid })));
  await ask(many, '20261204', 5);
  const mail = text();
  if (typeof mail === 'string') throw new Error(mail);
  expect(mail.text.match(/Rotate certificates/g)).toHaveLength(20);
  expect(mail.text).toContain('And 45 more.');
  expect(mail.subject).toBe('60 actions are due, and more');
});

it('says that nobody promised the day of an action that has the usual one', async () => {
  const { ask, text, rows } = aMorning({ actions: { dueAfter: { sev1: 14 } } });
  rows[0] = anAction('certificates', { severity: 'sev1', reported: { title: 'Rotate certificates', owner: 'Ada', status: 'open' } });
  await ask([due]);

  const mail = text();
  if (typeof mail === 'string') throw new Error(mail);
  expect(mail.text).toContain('Nobody promised a day.');
});

const decided = (given: object) => ({
  ...{ kind: 'decided', at: '2026-12-01T10:00:00Z', by: aSid(2), what: 'need more', as: 'VP Engineering', reason: 'How long?' },
  ...{ basis: basisOf(anAction('stock'), new Date('2026-12-04T07:00:00Z')), effectiveAt: '2026-12-02T07:00:00Z', ...given },
});
const answered = { kind: 'answered', at: '2026-12-03T10:00:00Z', by: aSid(3), text: 'Two weeks.' };
const textOf = (mail: ReturnType<typeof assembleMail>) =>
  typeof mail === 'string' ? expect.unreachable(mail) : `${mail.subject}\n${mail.text}`;

it.each([
  ['nobody decided on', [], 'One action waits'],
  ['of which nobody says what it costs or prevents', [], 'No action waits', { title: 'Rotate certificates', status: 'open' }],
  ['whose deferral ended', [decided({ what: 'defer', until: '2026-12-04' })], 'One action waits'],
  ['whose owner answered', [decided({}), answered], 'One action waits'],
  ['that waits for its owner', [decided({})], 'No action waits'],
  ['that is put off', [decided({ what: 'defer', until: '2027-01-04' })], 'No action waits'],
])('counts what waits for a decision: an action %s, as the brief does', async (_, events, said, reported?: object) => {
  const { ask, text, rows } = aMorning();
  rows[1] = anAction('stock', { events, ...(reported && { reported }) });
  await ask([reviews]);
  expect(textOf(text())).toContain(`${said} for a decision.`);
});

it('asks what leadership asks, in the subject too, until it is answered', async () => {
  const { ask, text, rows, editions } = aMorning();
  const asks = decided({ basis: basisOf(anAction('certificates'), new Date()) });
  rows[0] = anAction('certificates', { events: [asks] });
  await ask([{ ...due, kind: 'decision' }]);
  const told = textOf(text());
  expect(told).toMatch(/^VP Engineering asks about one action\n/);
  expect(told).toContain('Leadership asks you');
  expect(told).not.toMatch(/Decided|decided on/);
  rows[0] = anAction('certificates', { events: [asks, answered] });
  expect(await ask([{ ...due, kind: 'decision' }], '20261207')).toBeUndefined();
  expect(editions.size).toBe(1);
});

it('tells reviewers that it is answered, without the answer', async () => {
  const { ask, text, rows } = aMorning();
  rows[0] = anAction('certificates', { events: [decided({}), answered], reported: { title: 'Rotate certificates', status: 'open' } });
  await ask([{ ...due, kind: 'deferral', as: 'reviewer' }]);
  const told = textOf(text());
  expect(told).toContain('VP Engineering asked for more, and its owner answered.');
  expect(told).not.toContain('Two weeks');
});

it('says to whom a review comes last that others did not sign it', async () => {
  const office = (as: string) => ({ address: `${as.toLowerCase().replaceAll(' ', '.')}@example.com`, as });
  const first = { reviewers: [office('VP Engineering'), office('VP Product')], escalateTo: [office('VP Platform')] };
  const last = aMorning({ reviews: first });
  await last.ask([reviews]);
  const told = textOf(last.text()).replace(/\s+/g, ' ');
  expect(told).toContain('VP Engineering and VP Product did not sign it, so it comes to you.');
  expect(told).toContain('because reviews come to you as VP Platform once they wait too long.');
  const own = aMorning({ reviews: { reviewers: [office('VP Platform'), office('VP Product')] } });
  await own.ask([reviews]);
  expect(textOf(own.text())).not.toContain('did not sign');
});

it('thanks an author: who it matters to, how far it was read in words, and what is owed', async () => {
  const { ask, text, rows } = aMorning();
  rows.push(anAction('stock', { aid: 'title#2', events: [{ kind: 'done', at: '2026-12-02T07:00:00Z', by: aSid(1) }] }));
  await ask([thanks]);
  const told = textOf(text());
  expect(told).toMatch(/^Thank you for your postmortem\n/);
  expect(told).toContain('Nothing is asked of you today.');
  expect(told).toContain(`* 27 November: Stock was wrong
  It matters to two other teams: Search (depends on stock) and Cart. Read by
  about half of Search. Found useful in Search. One of two actions is still
  open and late.
  Read: https://a.example/r/t/stock`);
  expect(told.replace(/\s+/g, ' ')).toContain('You get this because you wrote a postmortem that was published a week ago.');
  // Neither the postmortem that a reason names, nor a team of four, nor what was read today.
  expect(told).not.toMatch(/Partner|logins|of Cart|in Cart|Discussed/);
});

it('thanks after everything that is asked, and the subject tells what is asked', async () => {
  const { ask, text } = aMorning();
  await ask([due, thanks]);
  const told = textOf(text());
  expect(told).toMatch(/^One action is due\n/);
  expect(told.indexOf('Thank you')).toBeGreaterThan(told.indexOf('Rotate certificates'));
  expect(told.replace(/\s+/g, ' ')).toContain('because you or your team own an action item and you wrote a postmortem');
});

it.each([
  ['restricted', { postmortem: { restricted: true } }],
  ['retracted', { postmortem: { status: 'retracted' } }],
  ['part of an archive', { publication: 'history' as const }],
])(
  'thanks nobody for what is %s, and makes no mail for it',
  async (_, { postmortem = {}, ...given }: { postmortem?: object; publication?: 'history' }) => {
    const { ask, stored, editions, publish } = aMorning();
    publish(aPostmortem({ id: 'stock', title: 'Stock was wrong', publishedAt: '2026-11-27T09:00:00Z', ...postmortem }));
    const now = stored.get('stock');
    if (now) stored.set('stock', { ...now, ...given });
    expect(await ask([thanks])).toBeUndefined();
    expect(editions.size).toBe(0);
  },
);

it('tells nothing of a thanks whose postmortem is withheld after the mail was made', async () => {
  const { ask, text } = aMorning();
  await ask([due, thanks]);
  expect(JSON.stringify(text(['stock']))).not.toMatch(/Stock|Search|matters/);
});
