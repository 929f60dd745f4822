import { describe, expect, it } from 'vitest';
import { readActionRow } from '../../../core/action/action.ts';
import { composeBrief } from '../../../core/compose/compose-brief.ts';
import { startEdition } from '../../../core/compose/start-edition.ts';
import { withDraft } from '../../../core/compose/with-draft.ts';
import type { BriefContent } from '../../../core/content/brief-content.ts';
import { occurrenceDueAt } from '../../../core/edition/occurrence.ts';
import { assembleMail } from '../../../core/mail/assemble.ts';
import type { EditionFragments } from '../../../core/mail/fragments.ts';
import { leadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
import type { Review } from '../../../core/review/review.ts';
import { readerHash } from '../../../core/subscriber/subscriber-id.ts';
import { renderBrief } from '../../../emails/render-brief.ts';
import { aComposing } from '../../support/composing.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';
import { aReview, reviewsInMemory } from '../../support/reviews-in-memory.ts';
import { links } from '../../support/sample-mail.ts';

const at = new Date('2026-12-01T07:00:00Z');
const stream = 'leadership-brief';
const streams = { [stream]: { schedule: { every: 'month', on: 1, at: '08:00' }, quietWeek: 'notice' } } as const;
const reviews = { reviewers: [{ address: 'vera@example.com', as: 'VP Engineering' }] };
const distribution = aDistribution({ streams, reviews });
const row = (postmortem: string, change: Record<string, unknown> = {}) =>
  readActionRow({
    postmortem,
    postmortemTitle: `Title of ${postmortem}`,
    aid: 'a',
    reported: { title: `Action of ${postmortem}`, status: 'open', cost: 'two weeks' },
    reportedAt: '2026-11-16T10:00:00Z',
    promisedAt: '2026-11-16T10:00:00Z',
    ...change,
  });

/** A month in which nothing was published, with these reviews and actions. */
function aMonth({
  open = [],
  rows = [],
  file = distribution,
}: {
  open?: readonly Review[];
  rows?: readonly ReturnType<typeof row>[];
  file?: typeof distribution;
}) {
  const { deps: given, ...world } = aComposing({ now: at.toISOString(), held: ['default'] });
  const contents: BriefContent[] = [];
  const parts: EditionFragments[] = [];
  const deps = {
    ...given,
    distribution: async () => file,
    reviews: reviewsInMemory(...open),
    actions: async () => [...rows],
    renderBrief(content: BriefContent) {
      contents.push(content);
      return renderBrief(content);
    },
    editions: {
      ...given.editions,
      async putContent(_: string, fragments: EditionFragments) {
        parts.push(fragments);
        return { hash: 'h', parts: 1 };
      },
    },
  };
  const publish = (id: string, change: Record<string, unknown> = {}) =>
    world.publish({ id, title: `Title of ${id}`, severity: 'sev1', status: 'published', publishedAt: '2026-10-01T10:00:00Z', ...change });
  const compose = () => composeBrief(occurrenceDueAt(stream, at, file, 'weekly'), at, file, deps);
  return { ...world, deps, contents, parts, publish, compose };
}
const idsIn = ({ asks, awaited }: BriefContent) =>
  [...asks, ...(awaited ? [awaited] : [])].flatMap(({ rows }) => rows.map((one) => one.postmortem));

describe('a brief', () => {
  it('asks for reviews by the titles of their postmortems, and for decisions on their actions', async () => {
    const month = aMonth({ open: [aReview({ postmortem: 'pm-1' })], rows: [row('pm-1')] });
    month.publish('pm-1', { status: 'preliminary' });
    await month.compose();
    expect(month.contents[0]?.asks.map(({ heading, rows }) => [heading, rows.map(({ title }) => title)])).toEqual([
      ['Waiting for review', ['Title of pm-1']],
      ['Decisions asked', ['Action of pm-1']],
    ]);
    expect(month.contents[0]?.asks[0]?.rows[0]?.meta[1]).toBe('The account is preliminary.');
  });

  it.each([
    ['its review is hidden', { hidden: true }, {}],
    ['it was restricted a moment ago', {}, { restricted: true }],
    ['it was taken back a moment ago', {}, { status: 'retracted' }],
  ])('neither tells nor counts a postmortem where %s', async (_, review, change) => {
    const month = aMonth({
      open: [aReview({ postmortem: 'secret', ...review }), aReview({ postmortem: 'open', openedAt: '2026-11-20T10:00:00Z' })],
    });
    month.publish('secret', change);
    month.publish('open');
    await month.compose();
    expect(JSON.stringify(month.contents)).not.toContain('secret');
    expect(month.contents[0]?.headline).toBe('A quiet month. One review is 8 days overdue.');
  });

  it('says what a sign-off of the month left undecided, but not of what may not be told', async () => {
    const over = { state: 'reviewed', by: 's', as: 'CTO', at: '2026-11-20T10:00:00Z', reviewed: 1, undecided: 1 };
    const about = ['left', 'hidden', 'secret', 'complete'] as const;
    const change = { left: {}, hidden: { hidden: true }, secret: {}, complete: { undecided: 0 } };
    const month = aMonth({
      open: about.map((postmortem) => aReview({ postmortem, ...over, ...change[postmortem] })),
      rows: about.map((postmortem) => row(postmortem)),
    });
    for (const id of about) month.publish(id, id === 'secret' ? { restricted: true } : {});
    await month.compose();
    expect(month.contents[0]?.asks.map(({ heading, rows }) => [heading, rows.map(({ title }) => title)])).toEqual([
      ['Signed without a decision', ['Action of left']],
    ]);
  });

  it('tells nothing of one that does not exist', async () => {
    const month = aMonth({ open: [aReview()] });
    await month.compose();
    expect(month.contents[0]?.asks).toEqual([]);
  });

  const awaiting = { state: 'awaiting postmortem', declaredAt: '2026-11-20T10:00:00Z', dueOn: '2026-11-25' };

  it.each([
    ['waits for it', 'draft', false, ['inc-1']],
    ['has it by now', 'published', false, []],
    ['is restricted', 'draft', true, []],
    ['was taken back', 'retracted', false, []],
  ])('tells of an incident without a postmortem that %s: %o', async (_, status, restricted, told) => {
    const month = aMonth({ open: [aReview({ postmortem: 'inc-1', ...awaiting })] });
    month.publish('inc-1', { status, restricted, title: 'Payroll leaked' });
    await month.compose();
    expect(month.contents.flatMap(idsIn)).toEqual(told);
    expect(JSON.stringify(month.contents)).not.toContain('Payroll');
  });

  it('asks nobody where the file has no reviews, whatever is left in the table', async () => {
    const month = aMonth({ open: [aReview()], rows: [row('pm-1')], file: aDistribution({ streams }) });
    month.publish('pm-1');
    await month.compose();
    expect(month.contents[0]).toMatchObject({
      asks: [],
      notice: 'Nothing was published in November 2026. There was one incident in October.',
    });
  });

  it('comes in a month of which nothing else is told, if it asks for something', async () => {
    const file = aDistribution({ streams: { [stream]: { ...streams[stream], quietWeek: 'nothing' } }, reviews });
    const asking = aMonth({ open: [aReview()], file });
    asking.publish('pm-1');
    expect((await asking.compose()).fragments).toBeDefined();
    const silent = aMonth({ file });
    expect((await silent.compose()).fragments).toBeUndefined();
  });

  it('shows an author their draft without what others are asked', async () => {
    const month = aMonth({ open: [aReview()], rows: [row('pm-1')] });
    month.publish('pm-1');
    month.publish('mine');
    const draft = month.stored.get('mine');
    if (!draft) throw new Error('not there');
    const alone = { ...month.deps, ...withDraft(draft, month.deps, { alone: true }) };
    await composeBrief(occurrenceDueAt(stream, at, distribution, 'weekly'), at, distribution, alone);
    expect(JSON.stringify(month.contents)).not.toContain('pm-1');
  });
});

describe('the edition of a brief', () => {
  const start = (month: ReturnType<typeof aMonth>) => startEdition({ kind: 'scheduled', stream, at }, month.deps);

  it('keeps who decides, by a hash, and names what it asks about', async () => {
    const month = aMonth({ open: [aReview()], rows: [row('pm-1')] });
    month.publish('pm-1');
    await start(month);
    const [edition] = [...month.editions.values()];
    expect(edition).toMatchObject({ names: ['pm-1'], reviewers: [readerHash('vera@example.com')], withheld: [] });
  });

  it('has no reviewers if it asks for nothing', async () => {
    const month = aMonth({});
    await start(month);
    expect([...month.editions.values()][0]?.reviewers).toBeUndefined();
  });

  const waits = aReview({ postmortem: 'inc-1', state: 'awaiting postmortem', declaredAt: '2026-11-20T10:00:00Z', dueOn: '2026-11-25' });

  it('notes the drafts that it awaits, which no digest told, and takes none away for being one', async () => {
    const month = aMonth({ open: [waits] });
    month.publish('inc-1', { status: 'draft' });
    const noted: string[] = [];
    const postmortems = {
      ...month.deps.postmortems,
      recordEdition: async (id: string, edition: string, how: string) => void noted.push(`${id} ${edition} ${how}`),
    };
    await startEdition({ kind: 'scheduled', stream, at }, { ...month.deps, postmortems });
    expect([...month.editions.values()][0]).toMatchObject({ names: ['inc-1'], awaits: ['inc-1'], withheld: [] });
    expect(noted).toEqual(['inc-1 leadership-brief_2026-11 awaited']);
  });

  it('takes away every word of a draft that was restricted while the brief was composed', async () => {
    const month = aMonth({ open: [waits] });
    month.publish('inc-1', { status: 'draft' });
    const putContent = month.deps.editions.putContent;
    const editions = {
      ...month.deps.editions,
      async putContent(id: string, fragments: EditionFragments) {
        month.publish('inc-1', { status: 'draft', restricted: true });
        return putContent(id, fragments);
      },
    };
    await startEdition({ kind: 'scheduled', stream, at }, { ...month.deps, editions });
    const [edition] = [...month.editions.values()];
    expect(edition?.withheld).toEqual(['inc-1']);
    const [fragments] = month.parts;
    const mail =
      fragments && assembleMail(fragments, { placeholders: { ...links, why: '', tracker: '' }, withheld: new Set(edition?.withheld) });
    expect(JSON.stringify(mail)).toContain('Leadership brief of November 2026.');
    expect(JSON.stringify(mail)).not.toMatch(/awaited postmortem|inc-1|Without a postmortem/);
  });
});

it('says how far a postmortem was read, in words and without small teams', async () => {
  const month = aMonth({});
  const published = { id: 'pm-1', severity: 'sev1', status: 'published', publishedAt: '2026-11-10T10:00:00Z' };
  month.publish('pm-1', published);
  const read = ['search', 'search', 'search', 'search', 'payments', 'night', 'night'];
  const readings = read.map((team, n) => ({
    postmortem: 'pm-1',
    blinded: String(n).padStart(32, '0'),
    team: `team:${team}`,
    on: '2026-11-20',
    how: 'page' as const,
  }));
  const teams = [
    { team: 'team:payments', name: 'Payments', size: 8 },
    { team: 'team:search', name: 'Search', size: 6 },
    { team: 'team:night', name: 'Night', size: 4 },
  ];
  await composeBrief(occurrenceDueAt(stream, at, distribution, 'weekly'), at, distribution, {
    ...month.deps,
    renditions: async () => leadershipRendition(aPostmortem(published)),
    readership: {
      readings: { of: async () => readings },
      sizes: { read: async () => ({ at: '2026-11-30T08:00:00Z', staff: 30, teams }) },
    },
  });
  const [card] = month.contents[0]?.sections.flatMap(({ cards }) => cards) ?? [];
  expect(card?.parts[0]?.text).toMatch(/ Read by most of Search and a few of Payments\.$/);
});
