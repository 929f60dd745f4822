import { beforeEach, describe, expect, it } from 'vitest';
import { type PromisedAction, readActionRow } from '../../../core/action/action.ts';
import type { StartDeps } from '../../../core/compose/ports.ts';
import { NothingApplied, startEdition } from '../../../core/compose/start-edition.ts';
import type { BriefContent } from '../../../core/content/brief-content.ts';
import type { DigestContent } from '../../../core/content/digest-content.ts';
import type { Edition } from '../../../core/edition/edition.ts';
import type { EditionFragments } from '../../../core/mail/fragments.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { anEdition, someFragments } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';
import { reviewsInMemory } from '../../support/reviews-in-memory.ts';
import { updatesInMemory } from '../../support/updates-in-memory.ts';

/** Monday at 09:00 in Berlin: the digest of 16 to 22 November, 2026-W47. */
const monday = new Date('2026-11-23T08:00:00Z');
const digest = { kind: 'scheduled', stream: 'engineering-digest', at: monday } as const;

let stored: Map<string, StoredPostmortem>;
let editions: Map<string, Edition>;
let started: { edition: string; slots: readonly string[]; delay: number }[];
let held: { slot: string; since: string }[];
let rendered: string[][];
let charts: (string | undefined)[];
let notices: (string | undefined)[];
let actions: PromisedAction[];
let closed: PromisedAction[];
let briefs: BriefContent[];
let deps: StartDeps;

const store = (change: Record<string, unknown> = {}, editionsBefore: string[] = []) => {
  const postmortem = aPostmortem(change);
  stored.set(postmortem.id, {
    postmortem,
    revision: 1,
    hash: 'h',
    updatedAt: '2026-11-20T00:00:00.000Z',
    owed: [],
    editions: editionsBefore,
    namedIn: [],
  });
};

beforeEach(() => {
  stored = new Map();
  editions = new Map();
  started = [];
  held = [];
  rendered = [];
  charts = [];
  notices = [];
  actions = [];
  closed = [];
  briefs = [];
  deps = {
    distribution: async () => aDistribution(),
    postmortems: {
      changedSince: async () =>
        [...stored.values()].map(({ postmortem, revision, updatedAt }) => ({
          ...postmortem,
          revision,
          updatedAt,
          publishedAt: postmortem.publishedAt ?? '',
        })),
      read: async (id) => stored.get(id),
      listedOf: async () => new Map(),
      readRevision: async (id) => stored.get(id)?.postmortem,
      editionsOf: async (ids) => new Map(ids.map((id) => [id, stored.get(id) ?? { editions: [], namedIn: [] }])),
      async recordEdition(id, edition, how) {
        const one = stored.get(id);
        if (!one) return;
        if (how === 'carried') stored.set(id, { ...one, editions: [...new Set([...one.editions, edition])] });
        else stored.set(id, { ...one, namedIn: [...new Set([...one.namedIn, edition])] });
      },
    },
    renditions: async () => undefined,
    actions: async () => [...actions, ...closed].map((action) => readActionRow({ ...action })),
    relevance: async () => new Map(),
    readership: { readings: { of: async () => [] }, sizes: { read: async () => undefined } },
    similar: async () => [],
    actionRows: async () => [],
    externals: { read: async () => undefined },
    sids: async () => ({}),
    editions: {
      read: async (id) => editions.get(id),
      putContent: async () => ({ hash: 'h', parts: 1 }),
      async create(edition) {
        if (editions.has(edition.id)) return false;
        editions.set(edition.id, edition);
        return true;
      },
      async begin(id, slots) {
        const edition = editions.get(id);
        if (edition) editions.set(id, { ...edition, begun: [...new Set([...(edition.begun ?? []), ...slots])] });
      },
      supersede: async () => 'unknown',
      async withhold(id, postmortem) {
        const edition = editions.get(id);
        if (edition) editions.set(id, { ...edition, withheld: [...edition.withheld, postmortem] });
      },
      async correct(id, postmortem, revision) {
        const edition = editions.get(id);
        if (edition) editions.set(id, { ...edition, corrected: [...(edition.corrected ?? []), `${postmortem}:${revision}`] });
      },
    },
    updates: updatesInMemory(),
    ranges: { read: async () => undefined },
    zones: async () => [],
    drift: { read: async () => undefined },
    heldMail: { read: async () => undefined },
    reviews: reviewsInMemory(),
    registry: { slots: async () => held },
    start: async (edition, slots, delay) => void started.push({ edition: edition.id, slots, delay }),
    renderDigest: (content): EditionFragments => {
      charts.push(content.chart?.told);
      notices.push(content.notice);
      rendered.push(content.sections.flatMap(({ cards }) => cards.map(({ postmortem }) => postmortem)));
      return someFragments();
    },
    renderBrief: (content) => {
      briefs.push(content);
      return someFragments();
    },
    renderAlert: ({ subject }) => someFragments({ subject }),
    renderUpdate: () => someFragments(),
    renderImpact: () => someFragments(),
    renderImpactWeek: () => someFragments(),
    renderReminders: () => someFragments(),
    renderService: (kind) => someFragments({ subject: kind }),
    profileWriterSeconds: 5,
    lookAgain: async () => {},
    leaseSeconds: 7,
    pace: { windowMs: 120_000, settlingMs: 60_000 },
    now: () => new Date('2026-11-23T08:00:02Z'),
  };
});

describe('the digest due on a Monday', () => {
  it('tells of the week before, most severe first, and starts after every profile write of the cut-off is over', async () => {
    store({ id: 'small', severity: 'sev3', publishedAt: '2026-11-22T22:59:59Z' });
    store({ id: 'large', severity: 'sev1', publishedAt: '2026-11-15T23:00:00Z' });
    expect(await startEdition(digest, deps)).toEqual({ edition: 'engineering-digest_2026-W47', existed: false });
    expect(rendered).toEqual([['large', 'small']]);
    expect(started).toEqual([{ edition: 'engineering-digest_2026-W47', slots: ['default'], delay: 5 }]);
    expect(editions.get('engineering-digest_2026-W47')).toMatchObject({
      scheduledFor: '2026-11-23T08:00:00Z',
      cutoff: '2026-11-23T08:00:02Z',
    });
  });

  it('reads in full only what it may tell: not what was told long ago, however much of that was changed lately', async () => {
    store({ id: 'news' });
    editions.set('engineering-digest_2026-W46', { ...anEdition(), id: 'engineering-digest_2026-W46' });
    for (let n = 0; n < 40; n += 1) store({ id: `told-${n}`, publishedAt: '2026-11-12T10:00:00Z' }, ['engineering-digest_2026-W46']);
    store({ id: 'late', publishedAt: '2026-11-12T10:00:00Z' });
    const read: string[] = [];
    const { postmortems } = deps;
    const recording: StartDeps['postmortems'] = {
      ...postmortems,
      read: (id) => {
        read.push(id);
        return postmortems.read(id);
      },
    };
    await startEdition(digest, { ...deps, postmortems: recording });
    expect(rendered).toEqual([['news', 'late']]);
    expect(new Set(read)).toEqual(new Set(['news', 'late', 'pm-1']));
  });

  it.each([
    ['of the week after', { publishedAt: '2026-11-22T23:00:00Z' }],
    ['of a week that never had an edition', { publishedAt: '2026-11-15T22:59:59Z' }],
    ['that are restricted', { restricted: true }],
    ['that are drafts', { status: 'draft' }],
    ['that are retracted', { status: 'retracted' }],
  ])('leaves out postmortems %s', async (_which, change) => {
    store(change);
    await startEdition(digest, deps);
    expect(rendered).toEqual([[]]);
  });

  it('tells late what came after the edition of its own week, and once', async () => {
    store({ id: 'late', publishedAt: '2026-11-11T10:00:00Z' });
    store({ id: 'told', publishedAt: '2026-11-11T10:00:00Z' }, ['engineering-digest_2026-W46']);
    store({ id: 'alerted', publishedAt: '2026-11-11T10:00:00Z' }, ['sev1-alerts_alerted_r1']);
    editions.set('engineering-digest_2026-W46', { completedAt: 'x' } as unknown as Edition);
    await startEdition(digest, deps);
    expect(rendered).toEqual([['alerted', 'late']]);
  });

  it('tells at most 250, the gravest, and leaves the others to the next digest', async () => {
    store({ id: 'before', publishedAt: '2026-11-11T10:00:00Z' });
    for (let n = 0; n < 300; n += 1) store({ id: `pm-${n}`, severity: n < 260 ? 'sev2' : 'sev1' });
    await startEdition(digest, deps);
    const told = new Set(rendered[0]);
    expect(told.size).toBe(250);
    for (let n = 260; n < 300; n += 1) expect(told).toContain(`pm-${n}`);
    expect(notices).toEqual([
      '50 more postmortems were published than fit into one mail. These are the 250 most serious. The next digests have the others.',
    ]);
    expect(charts).toEqual([expect.stringMatching(/W47 300 /)]);

    await startEdition({ ...digest, at: new Date('2026-11-30T08:00:00Z') }, deps);
    expect(rendered[1]).toHaveLength(50);
    expect(notices[1]).toBeUndefined();
  });

  it('counts the weeks before, and nothing that may not be told', async () => {
    store({ id: 'now' });
    store({ id: 'before', publishedAt: '2026-11-11T10:00:00Z' });
    store({ id: 'secret', publishedAt: '2026-11-11T10:00:00Z', restricted: true });
    store({ id: 'withdrawn', publishedAt: '2026-11-04T10:00:00Z', status: 'retracted' });
    await startEdition(digest, deps);
    expect(charts).toEqual([expect.stringMatching(/W45 0, W46 1 \(1 Sev-2\), W47 1 \(1 Sev-2\)\.$/)]);
  });

  it('is composed once, whoever asks again', async () => {
    store();
    await startEdition(digest, deps);
    store({ id: 'too-late' });
    expect(await startEdition({ ...digest, at: new Date('2026-11-25T12:00:00Z') }, deps)).toEqual({
      edition: 'engineering-digest_2026-W47',
      existed: true,
    });
    expect(rendered).toHaveLength(1);
  });

  it('goes on after a crash behind META: it is noted with its postmortems and started', async () => {
    store();
    const crashing = {
      ...deps,
      postmortems: {
        ...deps.postmortems,
        recordEdition: async () => {
          throw new Error('killed');
        },
      },
    };
    await expect(startEdition(digest, crashing)).rejects.toThrow('killed');
    expect(started).toEqual([]);
    await startEdition(digest, deps);
    expect(stored.get('pm-1')?.editions).toEqual(['engineering-digest_2026-W47']);
    expect(started).toHaveLength(1);
  });

  it('stores which subject lists show in place of one that names what is withheld', async () => {
    store();
    const renderDigest: StartDeps['renderDigest'] = (content) => ({
      ...deps.renderDigest(content),
      subjectNames: { postmortems: ['pm-1'], instead: 'Incident lessons, week 47' },
    });
    await startEdition(digest, { ...deps, renderDigest });
    await startEdition({ kind: 'scheduled', stream: 'engineering-digest', at: new Date('2026-11-30T08:00:00Z') }, deps);
    const told = [...editions.values()].map((edition) => edition.subjectInstead);
    expect(told).toEqual(['Incident lessons, week 47', 'Engineering digest']);
  });

  it('knows that subject too where a reason and the card name other postmortems', async () => {
    store();
    const card = { postmortem: 'pm-1', key: 'had-it-before x', reason: { html: '', text: '' } };
    const cards = [{ ...card, names: { postmortem: 'pm-0', instead: { html: '', text: '' } } }];
    const renderDigest: StartDeps['renderDigest'] = (content) => ({
      ...withNames(deps.renderDigest(content), 'pm-2'),
      relevant: { heading: { html: '', text: '' }, teams: [{ team: 'team:payments', cards }] },
    });
    await startEdition(digest, { ...deps, renderDigest });
    expect([...editions.values()]).toMatchObject([{ names: ['pm-0', 'pm-1', 'pm-2'], subjectInstead: 'Engineering digest' }]);
  });

  it('withholds what was restricted while it was being composed', async () => {
    store();
    const { putContent } = deps.editions;
    const restricting = {
      ...deps,
      editions: {
        ...deps.editions,
        async putContent(...args: Parameters<typeof putContent>) {
          store({ restricted: true });
          return putContent(...args);
        },
      },
    };
    await startEdition(digest, restricting);
    expect(editions.get('engineering-digest_2026-W47')?.withheld).toEqual(['pm-1']);
  });
});

describe('what was corrected while it was being composed', () => {
  const while_ = (changes: () => void): StartDeps => {
    const { putContent } = deps.editions;
    return {
      ...deps,
      editions: {
        ...deps.editions,
        async putContent(...args: Parameters<typeof putContent>) {
          changes();
          return putContent(...args);
        },
      },
    };
  };
  const correct = (material: NonNullable<StoredPostmortem['material']>) => {
    const one = stored.get('pm-1');
    if (one) stored.set('pm-1', { ...one, revision: 2, material });
  };
  const change = { revision: 2, at: '2026-11-23T08:00:01.000Z' };

  it('is marked', async () => {
    store();
    await startEdition(
      digest,
      while_(() => correct({ engineering: change })),
    );
    expect(editions.get('engineering-digest_2026-W47')?.corrected).toEqual(['pm-1:2']);
  });

  it.each([
    ['for another audience', { leadership: change }],
    ['before the revision that it shows', { engineering: { ...change, revision: 1 } }],
  ])('is not where it changed %s', async (_, material) => {
    store();
    await startEdition(
      digest,
      while_(() => correct(material)),
    );
    expect(editions.get('engineering-digest_2026-W47')?.corrected).toBeUndefined();
  });
});

describe('what was kept since last week', () => {
  const week = { closedAt: '2026-11-19T10:00:00.000Z', promisedAt: '2026-11-15T22:59:59Z' };
  const anAction = (change: Partial<PromisedAction>): PromisedAction => ({
    ...week,
    title: 'Kept',
    postmortem: 'old',
    postmortemTitle: 'Old',
    aid: 'a',
    status: 'done',
    ...change,
  });
  const told = async (change: Partial<PromisedAction>) => {
    closed = [anAction(change)];
    const contents: DigestContent[] = [];
    const renderDigest: StartDeps['renderDigest'] = (content) => {
      contents.push(content);
      return someFragments();
    };
    await startEdition(digest, { ...deps, renderDigest });
    return contents[0]?.promised?.kept?.actions.map(({ title }) => title);
  };

  it('was promised before the week and done in it', async () => {
    expect(await told({})).toEqual(['Kept']);
  });

  it.each([
    ['declined', { status: 'declined' }],
    ['withdrawn', { withdrawn: true }],
    ['promised in the same week', { promisedAt: '2026-11-15T23:00:00Z' }],
    ['done before the week', { closedAt: '2026-11-15T22:59:59.999Z' }],
    ['done after the week', { closedAt: '2026-11-22T23:00:00.000Z' }],
  ] as const)('is not what was %s', async (_what, change) => {
    expect(await told(change)).toBeUndefined();
  });
});

describe('a postmortem that is only named among the promises', () => {
  const named = 'engineering-digest_2026-W47';
  const promising = () => ({
    ...deps,
    renderDigest: () =>
      someFragments({
        blocks: [
          {
            kind: 'fixed',
            fragment: { html: 'old promise', text: 'old promise' },
            names: { postmortems: ['old'], instead: { html: '', text: '' } },
          },
        ],
      }),
  });

  it('is noted with the edition, and stays news for its own', async () => {
    store({ id: 'old', publishedAt: '2026-03-01T10:00:00Z' });
    await startEdition(digest, promising());
    expect(stored.get('old')).toMatchObject({ editions: [], namedIn: [named] });
    expect(editions.get(named)).toMatchObject({ names: ['old'], withheld: [] });
  });

  it('is withheld where the list of promises still had it though it is restricted', async () => {
    store({ id: 'old', publishedAt: '2026-03-01T10:00:00Z', restricted: true });
    await startEdition(digest, promising());
    expect(editions.get(named)?.withheld).toEqual(['old']);
  });
});

describe('a quiet week', () => {
  it('sends a notice', async () => {
    await startEdition(digest, deps);
    expect(started).toHaveLength(1);
  });

  it('sends nothing where that is configured, and is on record as complete', async () => {
    const streams = { 'engineering-digest': { schedule: { every: 'week', on: 'monday', at: '09:00' }, quietWeek: 'nothing' } };
    await startEdition(digest, { ...deps, distribution: async () => aDistribution({ streams }) });
    expect(started).toEqual([]);
    expect(editions.get('engineering-digest_2026-W47')).toMatchObject({ completedAt: '2026-11-23T08:00:02Z', carries: [] });
  });
});

describe('the leadership brief', () => {
  /** 1 December at 08:00 in Berlin. */
  const brief = { kind: 'scheduled', stream: 'leadership-brief', at: new Date('2026-12-01T07:00:00Z') } as const;
  const november = 'leadership-brief_2026-11';
  const withBrief = (schedule: Record<string, unknown>, more = {}) => ({
    ...deps,
    distribution: async () => aDistribution({ streams: { 'leadership-brief': { schedule: { at: '08:00', ...schedule }, ...more } } }),
    now: () => new Date('2026-12-01T07:00:02Z'),
  });
  const monthly = () => withBrief({ every: 'month', on: 1 });
  const toldIn = (content: BriefContent | undefined) => content?.sections.flatMap(({ cards }) => cards.map(({ postmortem }) => postmortem));

  it('of a month carries its Sev-1 and Sev-2, counts the others, and starts in the bulk lane', async () => {
    store({ id: 'second', severity: 'sev2', publishedAt: '2026-10-31T23:00:00Z' });
    store({ id: 'first', severity: 'sev1', publishedAt: '2026-11-30T22:59:59Z' });
    store({ id: 'small', severity: 'sev3', publishedAt: '2026-11-10T12:00:00Z' });
    store({ id: 'before', severity: 'sev1', publishedAt: '2026-10-31T22:59:59Z' });
    store({ id: 'small-before', severity: 'sev4', publishedAt: '2026-10-31T22:59:59Z' });
    store({ id: 'after', severity: 'sev1', publishedAt: '2026-11-30T23:00:00Z' });
    expect(await startEdition(brief, monthly())).toEqual({ edition: november, existed: false });
    expect(toldIn(briefs[0])).toEqual(['first', 'second']);
    expect(briefs[0]?.stats[0]).toEqual({ value: '3', label: 'incidents, 2 in October' });
    expect(briefs[0]?.notice).toBe('Not listed below: one Sev-3.');
    expect(editions.get(november)?.carries.map(({ id }) => id)).toEqual(['first', 'second']);
    expect(started).toEqual([{ edition: november, slots: ['default'], delay: 5 }]);
  });

  it('of a week is known by its week', async () => {
    const weekly = withBrief({ every: 'week', on: 'tuesday' });
    expect(await startEdition(brief, weekly)).toEqual({ edition: 'leadership-brief_2026-W48', existed: false });
  });

  it('counts and tells nothing that may not be told', async () => {
    store({ id: 'secret', severity: 'sev1', restricted: true });
    store({ id: 'draft', severity: 'sev3', status: 'draft' });
    await startEdition(brief, monthly());
    expect(briefs[0]?.subject).toBe('November 2026: a quiet month');
  });

  it('tells late what came after the brief of its own month, and once; a digest has told it or not', async () => {
    store({ id: 'late', severity: 'sev1', publishedAt: '2026-10-10T10:00:00Z' }, ['engineering-digest_2026-W41']);
    store({ id: 'told', severity: 'sev1', publishedAt: '2026-10-10T10:00:00Z' }, ['leadership-brief_2026-10']);
    store({ id: 'small', severity: 'sev4', publishedAt: '2026-10-10T10:00:00Z' });
    editions.set('leadership-brief_2026-10', { completedAt: 'x' } as unknown as Edition);
    await startEdition(brief, monthly());
    expect(briefs[0]?.sections.map(({ name }) => name)).toEqual(['late']);
    expect(toldIn(briefs[0])).toEqual(['late']);
  });

  it('tells open and closed promises', async () => {
    const one = { title: 'A', postmortem: 'old', postmortemTitle: 'Old', aid: 'a', promisedAt: '2026-09-10T10:00:00Z' };
    actions = [{ ...one, status: 'open', due: '2026-11-01' }];
    closed = [{ ...one, status: 'done', closedAt: '2026-10-10T10:00:00Z' }];
    await startEdition(brief, monthly());
    expect(briefs[0]?.promises?.rows).toEqual([{ month: 'Sep', numbers: ['2', '1', '0', '1', '1'] }]);
    expect(briefs[0]?.overdue?.actions).toHaveLength(1);
  });

  it('of a quiet month is sent nowhere where that is configured', async () => {
    const silent = withBrief({ every: 'month', on: 1 }, { quietWeek: 'nothing' });
    await startEdition(brief, silent);
    expect(started).toEqual([]);
    expect(editions.get(november)).toMatchObject({ completedAt: '2026-12-01T07:00:02Z' });
    store({ id: 'small', severity: 'sev3', publishedAt: '2026-12-10T12:00:00Z' });
    await startEdition({ ...brief, at: new Date('2027-01-01T07:00:00Z') }, silent);
    expect(started).toEqual([{ edition: 'leadership-brief_2026-12', slots: ['default'], delay: 5 }]);
  });
});

describe('an alert', () => {
  it('goes out at once, about the one incident', async () => {
    store({ severity: 'sev1' });
    expect(await startEdition({ kind: 'incident', stream: 'sev1-alerts', postmortem: 'pm-1' }, deps)).toEqual({
      edition: 'sev1-alerts_pm-1_r1',
      existed: false,
    });
    expect(started).toEqual([{ edition: 'sev1-alerts_pm-1_r1', slots: ['default'], delay: 0 }]);
    expect(editions.get('sev1-alerts_pm-1_r1')).toMatchObject({ incident: 'pm-1' });
  });

  it.each([
    ['was downgraded', { severity: 'sev2' }],
    ['was restricted', { severity: 'sev1', restricted: true }],
    ['was retracted', { severity: 'sev1', status: 'retracted' }],
  ])('is dropped where the incident %s while it was queued', async (_what, change) => {
    store(change);
    expect(await startEdition({ kind: 'incident', stream: 'sev1-alerts', postmortem: 'pm-1' }, deps)).toBeUndefined();
    expect(editions.size).toBe(0);
  });
});

it('calls a severity in every mail as the distribution file does', async () => {
  store({ severity: 'sev1', publishedAt: '2026-11-18T10:00:00Z' });
  const headlines: string[] = [];
  const renderDigest: StartDeps['renderDigest'] = ({ headline }) => {
    headlines.push(headline);
    return someFragments();
  };
  const severities = { sev1: { label: 'Critical' } };
  const labelled = { ...deps, renderDigest, distribution: async () => aDistribution({ severities }) };
  await startEdition({ kind: 'incident', stream: 'sev1-alerts', postmortem: 'pm-1' }, labelled);
  await startEdition({ kind: 'scheduled', stream: 'leadership-brief', at: new Date('2026-12-01T07:00:00Z') }, labelled);
  await startEdition(digest, labelled);
  const subjects = [...editions.values()].map(({ subject }) => subject);
  expect([...subjects.slice(0, 2), ...headlines]).toEqual([
    expect.stringMatching(/^Critical: /),
    expect.stringContaining('it was Critical'),
    expect.stringMatching(/^One incident, Critical: /),
  ]);
  expect([...editions.values()].map(({ alertsOf }) => alertsOf)).toEqual(['Critical', undefined, undefined]);
});

it('keeps with an edition where replies go, for staff', async () => {
  const branded = { ...deps, distribution: async () => aDistribution({ brand: { replyTo: 'desk@example.com' } }) };
  const answer = (realm: 'staff' | 'customers') =>
    ({
      kind: 'service',
      mail: { kind: 'new-link', about: '', realm, subscriber: 'b'.repeat(32), at: new Date('2026-11-23T08:00:00Z') },
    }) as const;
  for (const occasion of [digest, answer('staff'), answer('customers')]) await startEdition(occasion, branded);
  expect([...editions.values()].map(({ replyTo }) => replyTo)).toEqual(['desk@example.com', 'desk@example.com', undefined]);
});

it('says what is missing while no distribution file is applied', async () => {
  await expect(startEdition(digest, { ...deps, distribution: async () => undefined })).rejects.toThrow(NothingApplied);
});

const withNames = (fragments: EditionFragments, postmortem: string): EditionFragments => ({
  ...fragments,
  blocks: fragments.blocks.map((block) => (block.kind === 'card' ? { ...block, names: { postmortem, instead: block.card } } : block)),
});
