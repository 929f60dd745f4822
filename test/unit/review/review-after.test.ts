import { describe, expect, it } from 'vitest';
import { readActionRow } from '../../../core/action/action.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { type Review, readReview, reviewStates } from '../../../core/review/review.ts';
import { reviewAfter } from '../../../core/review/review-after.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';
import { aReview } from '../../support/reviews-in-memory.ts';

const reviewers = [{ address: 'vp@example.com', as: 'VP Engineering' }];
const file = aDistribution({ reviews: { reviewers } });
const withoutReviews = aDistribution();
const now = new Date('2026-11-20T09:00:00Z');

interface Sent extends Record<string, unknown> {
  readonly revision?: number;
  readonly publication?: StoredPostmortem['publication'];
}
const sent = ({ revision = 2, publication = 'given', ...change }: Sent = {}) => ({
  postmortem: aPostmortem({ severity: 'sev1', ...change }),
  revision,
  updatedAt: '2026-11-20T08:59:00Z',
  publication,
  by: 'key-1',
});
const row = (change: Record<string, unknown>) =>
  readActionRow({
    postmortem: 'pm-1',
    postmortemTitle: 't',
    aid: 'a',
    reported: { title: 'Add an alert', status: 'open', ...change },
    reportedAt: '2026-11-20T08:59:00Z',
    promisedAt: '2026-11-20T08:59:00Z',
    ...change,
  });
const revised = (
  before: Review | undefined,
  change: Sent = {},
  more: { distribution?: typeof file; actions?: ReturnType<typeof row>[]; now?: Date } = {},
) => reviewAfter(before, sent(change), { distribution: file, actions: [], now, ...more });
/** What became of it, in a few words. */
const told = (review: Review | undefined): string => {
  if (!review) return 'nothing';
  const { state } = review;
  const more = {
    'awaiting postmortem': () => ('dueOn' in review ? review.dueOn : ''),
    'in review': () => ('openedAt' in review ? `${review.dueOn} ${review.again ?? ''}`.trim() : ''),
    reviewed: () => '',
    waived: () => '',
    closed: () => ('why' in review ? review.why : ''),
  }[state]();
  return `${review.hidden ? 'hidden ' : ''}${more === '' ? state : `${state}: ${more}`}`;
};

/** One of each state, of a Sev-1 at revision 1. */
const kept = {
  'awaiting postmortem': aReview({
    state: 'awaiting postmortem',
    declaredAt: '2026-11-16T10:00:00Z',
    dueOn: '2026-11-19',
    publishedAt: undefined,
  }),
  'in review': aReview(),
  reviewed: aReview({ state: 'reviewed', by: 'sid', as: 'VP Engineering', at: '2026-11-18T10:00:00Z', reviewed: 1, undecided: 0 }),
  waived: aReview({ state: 'waived', by: 'key-1', as: 'operator', at: '2026-11-18T10:00:00Z', reason: 'A duplicate' }),
  downgraded: aReview({ state: 'closed', at: '2026-11-18T10:00:00Z', why: 'downgraded', severity: 'sev3' }),
  retracted: aReview({ state: 'closed', at: '2026-11-18T10:00:00Z', why: 'retracted', hidden: true }),
  history: aReview({ state: 'closed', at: '2026-11-18T10:00:00Z', why: 'history', publishedAt: '2026-03-02T10:00:00Z' }),
  'not reviewed': aReview({ state: 'closed', at: '2026-11-18T10:00:00Z', why: 'not reviewed', severity: 'sev3' }),
} satisfies Record<string, Review>;

const events = {
  'says the same': {},
  'is a draft': { status: 'draft', publishedAt: undefined },
  'is preliminary': { status: 'preliminary' },
  'is retracted': { status: 'retracted' },
  'is restricted': { restricted: true },
  'is a restricted draft': { status: 'draft', restricted: true, publishedAt: undefined },
  'is a Sev-2': { severity: 'sev2' },
  'is a Sev-3': { severity: 'sev3' },
  'was published in March': { publishedAt: '2026-03-02T10:00:00Z' },
  'is part of an archive': { publication: 'history' },
} satisfies Record<string, Sent>;

it.each([
  ['a Sev-1', {}, 'in review: 2026-11-27'],
  ['a Sev-2', { severity: 'sev2' }, 'in review: 2026-12-04'],
  ['a preliminary account', { status: 'preliminary' }, 'in review: 2026-11-27'],
  ['a restricted one', { restricted: true }, 'hidden in review: 2026-11-27'],
  ['a severity that the file does not name', { severity: 'sev3' }, 'closed: not reviewed'],
  ['a draft', { status: 'draft', publishedAt: undefined }, 'awaiting postmortem: 2026-11-25'],
  ['a draft of a Sev-2', { status: 'draft', severity: 'sev2', publishedAt: undefined }, 'awaiting postmortem: 2026-11-27'],
  ['a restricted draft', { status: 'draft', restricted: true, publishedAt: undefined }, 'hidden awaiting postmortem: 2026-11-25'],
  ['a draft of an incident of long ago', { status: 'draft', startedAt: '2026-11-04', publishedAt: undefined }, 'hidden closed: history'],
  ['what was published two weeks ago', { publishedAt: '2026-11-06T09:00:00Z' }, 'in review: 2026-11-27'],
  ['what was published before', { publishedAt: '2026-11-06T08:59:59Z' }, 'closed: history'],
  ['an archive', { publication: 'history' }, 'closed: history'],
  ['one without any date', { publication: 'assumed' }, 'closed: history'],
  ['one whose incident alone has a date', { publication: 'assumed', startedAt: '2026-10-01' }, 'in review: 2026-11-27'],
  ['one that is merged into another', { status: 'retracted', mergedInto: 'pm-2' }, 'hidden closed: retracted'],
] as const)('begins with %s', (_, change, expected) => {
  expect(told(revised(undefined, { revision: 1, ...change }))).toBe(expected);
});

const [same, due] = ['in review: 2026-11-23', 'in review: 2026-11-27'];
const later = {
  'awaiting postmortem': {
    'says the same': due,
    'is a draft': 'awaiting postmortem: 2026-11-19',
    'is preliminary': due,
    'is retracted': 'hidden closed: retracted',
    'is restricted': `hidden ${due}`,
    'is a restricted draft': 'hidden awaiting postmortem: 2026-11-19',
    'is a Sev-2': 'in review: 2026-12-04',
    'is a Sev-3': 'closed: downgraded',
    'was published in March': due,
    'is part of an archive': 'closed: history',
  },
  'in review': {
    'says the same': same,
    'is a draft': 'awaiting postmortem: 2026-11-25',
    'is preliminary': same,
    'is retracted': 'hidden closed: retracted',
    'is restricted': `hidden ${same}`,
    'is a restricted draft': 'hidden awaiting postmortem: 2026-11-25',
    'is a Sev-2': 'in review: 2026-11-30',
    'is a Sev-3': 'closed: downgraded',
    'was published in March': same,
    'is part of an archive': 'closed: history',
  },
  reviewed: stays('reviewed'),
  waived: stays('waived'),
  downgraded: {
    ...opensAgain(),
    'is retracted': 'hidden closed: downgraded',
    'is a Sev-3': 'closed: downgraded',
    'is part of an archive': 'closed: downgraded',
  },
  retracted: {
    ...opensAgain(),
    'is retracted': 'hidden closed: retracted',
    'is a Sev-3': 'closed: retracted',
    'is part of an archive': 'closed: retracted',
  },
  'not reviewed': {
    ...opensAgain(),
    'is retracted': 'hidden closed: not reviewed',
    'is a Sev-3': 'closed: not reviewed',
    'is part of an archive': 'closed: not reviewed',
  },
  history: {
    ...opensAgain(),
    'is a draft': 'hidden closed: history',
    'is a restricted draft': 'hidden closed: history',
    'is retracted': 'hidden closed: history',
    'is a Sev-3': 'closed: history',
    'was published in March': 'closed: history',
    'is part of an archive': 'closed: history',
  },
} satisfies Record<keyof typeof kept, Record<keyof typeof events, string>>;

function stays(state: string) {
  const [seen, hidden] = [state, `hidden ${state}`];
  return {
    'says the same': seen,
    'is a draft': hidden,
    'is preliminary': seen,
    'is retracted': hidden,
    'is restricted': hidden,
    'is a restricted draft': hidden,
    'is a Sev-2': seen,
    'is a Sev-3': seen,
    'was published in March': seen,
    'is part of an archive': seen,
  };
}
function opensAgain() {
  return {
    'says the same': due,
    'is a draft': 'awaiting postmortem: 2026-11-25',
    'is preliminary': due,
    'is restricted': `hidden ${due}`,
    'is a restricted draft': 'hidden awaiting postmortem: 2026-11-25',
    'is a Sev-2': 'in review: 2026-12-04',
    'was published in March': due,
  };
}

describe.each(states())('%s', (_, before, expected) => {
  it('goes on by what a later revision says', () => {
    expect(mapped(events, (change) => told(revised(before, change)))).toEqual(expected);
  });

  it('gives the same for the same revision, on whatever later day, and nothing for an older one', () => {
    for (const change of Object.values(events)) {
      const once = revised(before, change);
      expect(revised(once, change, { now: new Date('2026-12-20T09:00:00Z') })).toEqual(once);
      expect(revised(once, { status: 'retracted', revision: 1 })).toBe(once);
    }
  });

  it('can be stored and read', () => {
    for (const change of Object.values(events)) {
      const next = revised(before, change);
      expect(readReview(JSON.parse(JSON.stringify(next)))).toEqual(next);
    }
  });

  it('ends what is open, and nothing else, once the file asks for no reviews', () => {
    const next = revised(before, {}, { distribution: withoutReviews });
    const isOpen = before.state === 'in review' || before.state === 'awaiting postmortem';
    expect(told(next)).toBe(isOpen ? 'closed: not reviewed' : told({ ...before, hidden: false }));
    expect(told(revised(next))).toBe(isOpen ? due : told(revised(before)));
  });
});

it('knows every state', () => {
  expect(new Set(Object.values(kept).map(({ state }) => state))).toEqual(new Set(reviewStates));
});

it('keeps nothing where no file asks for reviews', () => {
  expect(revised(undefined, {}, { distribution: withoutReviews })).toBeUndefined();
});

it('keeps who wrote it, who sent it and what it is about', () => {
  const change = { owningTeam: 'Payments', services: ['checkout'], authors: ['Ada', 'Bo'] };
  expect(revised(undefined, change)).toEqual({
    postmortem: 'pm-1',
    severity: 'sev1',
    hidden: false,
    preliminary: false,
    team: 'Payments',
    services: ['checkout'],
    authors: ['Ada', 'Bo'],
    sentBy: 'key-1',
    revision: 2,
    publishedAt: '2026-11-18T10:00:00Z',
    version: 0,
    state: 'in review',
    openedAt: '2026-11-20T09:00:00Z',
    dueOn: '2026-11-27',
  });
  expect(revised(kept['in review'], { status: 'draft', publishedAt: undefined })).not.toHaveProperty('publishedAt');
});

it.each([
  ['raised, which leaves the days of its new severity from now on', 'sev2', '2026-12-04', 'sev1', '2026-11-27'],
  ['raised when it was due sooner', 'sev2', '2026-11-24', 'sev1', '2026-11-24'],
  ['lowered, which gains the days of its new severity', 'sev1', '2026-11-23', 'sev2', '2026-11-30'],
  ['lowered when it had more days', 'sev1', '2026-12-07', 'sev2', '2026-12-07'],
])('is due, %s', (_, was, dueOn, severity, expected) => {
  expect(revised(aReview({ severity: was, dueOn }), { severity })).toMatchObject({ dueOn: expected, openedAt: '2026-11-16T10:00:00Z' });
});

it('counts from when the account is final, and from when reviewers may see it', () => {
  expect(told(revised(aReview({ preliminary: true }), {}))).toBe(due);
  expect(told(revised(aReview({ preliminary: true }), { status: 'preliminary' }))).toBe(same);
  expect(told(revised(aReview({ hidden: true }), {}))).toBe(due);
  expect(told(revised(aReview({ hidden: true, again: 'raised' }), {}))).toBe(`${due} raised`);
});

it('does not count days on which nobody works', () => {
  const holidays = aDistribution({
    organisation: { name: 'Example Ltd', zone: 'Europe/Berlin', domains: ['example.com'], holidays: ['2026-11-23', '2026-11-24'] },
    reviews: { reviewers, dueAfter: { sev1: 2 } },
  });
  expect(told(revised(undefined, {}, { distribution: holidays }))).toBe('in review: 2026-11-26');
});

describe('what was reviewed', () => {
  const { reviewed } = kept;
  const weighty = { consequence: 'Every failover logs everyone out.', cameIn: 2 };
  const signed = { by: 'sid', as: 'VP Engineering', at: '2026-11-18T10:00:00Z', reviewed: 1 };

  it.each([
    ['a new action with a consequence', weighty, true],
    ['a new action with a cost', { cost: 'Two weeks', cameIn: 2 }, true],
    ['a new action of priority P0', { priority: 'P0', cameIn: 2 }, true],
    ['a new action of priority P1', { priority: ' prio 1', cameIn: 2 }, true],
    ['a new action of priority P2', { priority: 'P2', cameIn: 2 }, false],
    ['a new action of priority P10', { priority: 'P10', cameIn: 2 }, false],
    ['a new action of a word', { priority: 'low, see 1', cameIn: 2 }, false],
    ['a new action that needs no decision', { cameIn: 2 }, false],
    ['an action that was reviewed and gains a consequence', { ...weighty, cameIn: 1 }, false],
    ['an action that is older than the count of revisions', { consequence: 'Bad.' }, false],
    ['a new action that is done', { ...weighty, status: 'done' }, false],
    ['a new action that the document dropped again', { ...weighty, withdrawnAt: '2026-11-20T08:59:00Z' }, false],
  ])('is looked at again, or not, for %s', (_, change, isAgain) => {
    const next = revised(reviewed, {}, { actions: [row(change)] });
    expect(told(next)).toBe(isAgain ? `${due} new action` : 'reviewed');
    expect(next?.before).toEqual(isAgain ? signed : undefined);
  });

  it('is looked at again for an action that came while nobody could see the postmortem', () => {
    const drafted = revised(reviewed, { status: 'retracted' }, { actions: [row(weighty)] });
    expect(told(drafted)).toBe('hidden reviewed');
    expect(told(revised(drafted, { revision: 3 }, { actions: [row(weighty)] }))).toBe(`${due} new action`);
  });

  it('is looked at again once it is raised to Sev-1, as what was waived is', () => {
    expect(told(revised(aReview({ ...reviewed, severity: 'sev2' })))).toBe(`${due} raised`);
    expect(told(revised(aReview({ ...reviewed, severity: 'sev3' }), { severity: 'sev2' }))).toBe('reviewed');
    expect(told(revised(aReview({ ...kept.waived, severity: 'sev2' })))).toBe(due);
  });

  it('keeps who signed it through whatever comes', () => {
    const raised = revised(aReview({ ...reviewed, severity: 'sev2' }));
    const lowered = revised(raised, { severity: 'sev3', revision: 3 });
    expect([told(lowered), lowered?.before]).toEqual(['closed: downgraded', signed]);
    expect(revised(lowered, { revision: 4 })?.before).toEqual(signed);
  });
});

it('opens a review of the postmortem that came, though the wait for it was waived', () => {
  const waived = aReview({ ...kept.waived, awaited: true });
  expect(told(revised(waived, { status: 'draft', publishedAt: undefined }))).toBe('hidden waived');
  expect(told(revised(waived))).toBe(due);
});

function states() {
  return Object.entries(kept).map(([state, before]): [string, Review, Record<string, string>] => [
    state,
    before,
    Object.fromEntries(
      Object.entries(later)
        .filter(([name]) => name === state)
        .flatMap(([, all]) => Object.entries(all)),
    ),
  ]);
}
function mapped(all: Record<string, Sent>, of: (change: Sent) => string) {
  return Object.fromEntries(Object.entries(all).map(([name, change]) => [name, of(change)]));
}
