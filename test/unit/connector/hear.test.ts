import { expect, it } from 'vitest';
import { type Facts, factOf, type InboundIncident } from '../../../core/connector/inbound-incident.ts';
import { severityOf } from '../../../core/connector/mapping.ts';
import { Postmortem } from '../../../core/postmortem/postmortem.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { aHearingWorld, aStored, id, looked } from '../../support/connector/world.ts';

const found = (...given: Parameters<typeof looked>) => ({ kind: 'found', value: looked(...given) }) as const;
const api = <T>(value: T, at = '2026-11-18T09:00:00Z') => ({ value, at, seen: 'api' }) as const;
const without = (...names: (keyof Facts)[]): Facts => Object.fromEntries(names.map((name) => [name, undefined]));
const madePrivate: Facts = { private: factOf(true, '2026-11-19T09:00:00Z', 'event') };

it('publishes what is finished, with the severity that the file maps', async () => {
  const world = aHearingWorld();
  expect((await world.hear()).incident.state).toBe('published');
  expect(world.stored?.postmortem).toMatchObject({
    id,
    title: 'Payments were refused',
    severity: 'sev1',
    status: 'published',
    restricted: false,
  });
  expect(world.stored?.postmortem).toMatchObject({ services: ['payments'], rootCauses: ['Nobody renewed it.'] });
});

const declaredAt = '2026-11-18T08:04:00Z';
it.each([
  ['where nobody says a time of it', {}, '', declaredAt],
  ['but not where the vendor does', { startedAt: '2026-11-16T08:00:00Z' }, '', undefined],
  ['but not where the text does', {}, 'Started: 2019-03-04 10:00 UTC\n\n', undefined],
])('dates an incident by when it was declared, %s', async (_, times, line, detectedAt) => {
  const world = aHearingWorld({ answer: found({}, { times, declaredAt, body: `${line}## Summary\n\nA certificate had run out.` }) });
  await world.hear();
  expect(world.stored?.postmortem.detectedAt).toBe(detectedAt);
});

it('stores nothing the second time', async () => {
  const world = aHearingWorld();
  await world.hear();
  await world.hear();
  expect(world.revisions).toHaveLength(1);
});

it('declares an incident before there is a document, without its text', async () => {
  const world = aHearingWorld({ answer: found(without('status'), { body: 'Somebody began to write.' }) });
  expect((await world.hear()).incident.state).toBe('declared');
  expect(world.stored?.postmortem).toMatchObject({ status: 'draft', severity: 'sev1' });
  expect(JSON.stringify(world.stored)).not.toContain('Somebody began');
});

it('hides at once by a signed event, while the vendor does not answer', async () => {
  const world = aHearingWorld();
  await world.hear();
  world.answer = { kind: 'later', seconds: 60 };
  const { incident, askAgain } = await world.hear(madePrivate);
  expect(world.stored?.postmortem).toMatchObject({ restricted: true, title: 'Payments were refused' });
  expect(incident).toMatchObject({ state: 'hidden', why: 'private' });
  expect(incident.facts).not.toHaveProperty('title');
  expect(askAgain).toBe(60);
});

it('hides before the API is asked, which may take long', async () => {
  const world = aHearingWorld();
  await world.hear();
  const seen: unknown[] = [];
  world.whenAsked = () => void seen.push(world.stored?.postmortem.restricted);
  await world.hear(madePrivate);
  expect(seen).toEqual([true]);
});

it('takes private for true where one instant says both, but for an operator', async () => {
  const at = '2026-11-19T09:00:00Z';
  const world = aHearingWorld({ answer: found({ private: api(false, at) }) });
  await world.hear(madePrivate);
  expect(world.revisions).toEqual([]);
  await world.hear({ private: factOf(false, at, 'operator') });
  expect(world.stored?.postmortem.restricted).toBe(false);
});

it('stays hidden while an old copy of the API says public, and is shown when a new one does', async () => {
  const world = aHearingWorld();
  await world.hear(madePrivate);
  expect(world.revisions).toEqual([]);
  world.answer = found({ private: api(false, '2026-11-19T12:00:00Z') });
  await world.hear();
  expect(world.stored?.postmortem.restricted).toBe(false);
});

it('takes back what the vendor deleted', async () => {
  const world = aHearingWorld();
  await world.hear();
  await world.hear({ status: factOf('deleted', '2026-11-19T09:00:00Z', 'event') });
  expect(world.stored?.postmortem.status).toBe('retracted');
});

/** What people know, and the API answers 404 since 10:00. */
async function aGoneWorld() {
  const world = aHearingWorld();
  await world.hear();
  world.answer = { kind: 'gone' };
  return { world, first: await world.hear() };
}

it('holds what the API does not know once, and restricts it after an hour of the same answer', async () => {
  const { world, first } = await aGoneWorld();
  expect(first).toMatchObject({ incident: { state: 'held', why: 'not found' }, askAgain: 900 });
  world.now = new Date('2026-11-20T10:59:59Z');
  await world.hear();
  expect(world.revisions).toHaveLength(1);
  world.now = new Date('2026-11-20T11:00:00Z');
  const last = await world.hear();
  expect(last.incident).toMatchObject({ state: 'hidden', why: 'gone' });
  expect(last.askAgain).toBeUndefined();
  expect(world.stored?.postmortem.restricted).toBe(true);
});

it('counts the hour from the first of such answers in a row', async () => {
  const { world } = await aGoneWorld();
  world.answer = found();
  expect((await world.hear()).incident).toMatchObject({ state: 'published', goneSince: undefined });
  world.now = new Date('2026-11-20T12:00:00Z');
  world.answer = { kind: 'gone' };
  expect((await world.hear()).incident).toMatchObject({ state: 'held', why: 'not found' });
  expect(world.revisions).toHaveLength(1);
});

it('hides at once what an event calls private, whatever the API knows', async () => {
  const { world } = await aGoneWorld();
  expect((await world.hear(madePrivate)).incident).toMatchObject({ state: 'hidden', why: 'private' });
  expect(world.stored?.postmortem.restricted).toBe(true);
});

it('leaves what an operator ignores as people know it, though the API knows it no more', async () => {
  const { world } = await aGoneWorld();
  world.now = new Date('2026-11-20T12:00:00Z');
  expect((await world.hear({ ignored: factOf('It was moved.', '2026-11-20T10:30:00Z', 'operator') })).incident.state).toBe('ignored');
  expect(world.stored?.postmortem.restricted).toBe(false);
});

it('shows nothing new while the API does not know it', async () => {
  const world = aHearingWorld({ answer: { kind: 'gone' } });
  expect(await world.hear({ status: factOf('published', '2026-11-18T10:00:00Z', 'event') })).toMatchObject({
    incident: { state: 'waiting' },
    askAgain: 900,
  });
  expect(world.revisions).toEqual([]);
});

it('does not show by the word of an event that it is finished', async () => {
  const world = aHearingWorld({ answer: found(without('status')) });
  await world.hear({ status: factOf('published', '2026-11-18T10:00:00Z', 'event') });
  expect(world.stored?.postmortem.status).toBe('draft');
});

it('leaves what people know while the document is opened again', async () => {
  const world = aHearingWorld();
  await world.hear();
  world.answer = found({ status: api('draft', '2026-11-19T10:00:00Z') });
  expect((await world.hear()).incident.state).toBe('published');
  expect(world.revisions).toHaveLength(1);
});

it.each([
  ['unmapped severity', found({ severity: api('Cosmetic') })],
  ['unmapped severity', found(without('severity'))],
  ['visibility unknown', found(without('private'))],
  ['no text', found({}, { body: ' ' })],
  ['refused', { kind: 'refused', status: 401 }],
  ['too large', { kind: 'refused', status: 413 }],
  ['refused', found({}, { body: 'Long. '.repeat(50_000) })],
  ['refused', found({}, { times: { startedAt: '2027-11-16T08:00:00Z' } })],
] as const)('holds it: %s', async (why, answer) => {
  const world = aHearingWorld({ answer });
  const heard = await world.hear();
  expect(heard.incident).toMatchObject({ state: 'held', why, since: '2026-11-20T10:00:00Z' });
  expect([heard.isNewlyHeld, (await world.hear()).isNewlyHeld]).toEqual([true, false]);
  expect(world.revisions).toEqual([]);
});

it('takes a text with a picture in it that is larger than any document', async () => {
  const world = aHearingWorld({
    answer: found({}, { body: `## Summary\n\nIt ran out. ![](data:image/png;base64,${'QUJD'.repeat(100_000)})` }),
  });
  expect((await world.hear()).incident.state).toBe('published');
  expect(JSON.stringify(world.stored).length).toBeLessThan(10_000);
});

it.each([
  [{ value: 'Catastrophe', rank: 4 }, 'sev1'],
  // A name that is mapped counts, whatever its rank.
  [{ value: 'Minor', rank: 4 }, 'sev3'],
  [{ value: 'Catastrophe', rank: 3 }, undefined],
  [{ value: 'Catastrophe' }, undefined],
])('takes a severity by its name, then by the line of its rank: %o', (said, severity) => {
  expect(severityOf(said, { Minor: 'sev3', 'Rank 4': 'sev1' })).toBe(severity);
});

it('publishes what was held once an operator says what its severity counts as', async () => {
  const world = aHearingWorld({ answer: found({ severity: api('Cosmetic') }) });
  await world.hear();
  const countsAs = { name: 'Cosmetic', severity: 'sev4' } as const;
  const { incident } = await world.hear({ countsAs: factOf(countsAs, '2026-11-20T10:00:00Z', 'operator') });
  expect(incident).toMatchObject({ state: 'published', since: undefined, why: undefined });
  expect(world.stored?.postmortem.severity).toBe('sev4');
});

it('asks again for two days before it holds an incident whose vendor does not answer', async () => {
  const world = aHearingWorld({ answer: { kind: 'later', seconds: 30 } });
  expect(await world.hear()).toMatchObject({ incident: { state: 'waiting' }, askAgain: 30 });
  world.now = new Date('2026-11-22T10:00:01Z');
  const late = await world.hear();
  expect(late.incident).toMatchObject({ state: 'held', why: 'vendor does not answer' });
  expect(late.askAgain).toBeUndefined();
  world.answer = found();
  expect((await world.hear()).incident.state).toBe('published');
});

it('changes nothing that a producer stored, not even to hide it', async () => {
  const world = aHearingWorld();
  await world.hear();
  world.putByKey();
  expect((await world.hear(madePrivate)).incident).toMatchObject({ state: 'held', why: 'published elsewhere' });
  expect(world.stored?.postmortem.restricted).toBe(false);
});

it('sees what a producer stores between its look and its write', async () => {
  const world = aHearingWorld();
  await world.hear();
  world.answer = found({}, { body: '## Summary\n\nIt was another certificate.' });
  world.meanwhile = world.putByKey;
  expect((await world.hear()).incident).toMatchObject({ state: 'held', why: 'published elsewhere' });
  expect(world.revisions).toHaveLength(1);
});

it('retires its declaration where another postmortem tells of the incident', async () => {
  const world = aHearingWorld({ answer: found(without('status')) });
  await world.hear();
  await world.hear({ joins: factOf('pm-7', '2026-11-20T10:00:00Z', 'operator') });
  expect(world.stored?.postmortem).toMatchObject({ status: 'retracted', mergedInto: 'pm-7' });
  world.answer = found();
  expect((await world.hear()).incident.state).toBe('joined');
  expect(world.stored?.postmortem.status).toBe('retracted');
});

const byOperator = <T>(value: T) => factOf(value, '2026-11-20T10:00:00Z', 'operator');

it.each([
  ['a draft', without('status'), 'declared'],
  ['what was published', {}, 'published'],
] as const)('brings %s back once it is not mapped any more', async (_, facts, state) => {
  const world = aHearingWorld({ answer: found(facts) });
  await world.hear();
  const before = world.stored?.postmortem;
  await world.press({ joins: byOperator('pm-7') });
  await world.hear();
  expect(world.stored?.postmortem).toMatchObject({ status: 'retracted', mergedInto: 'pm-7' });
  expect(await world.undo()).toMatchObject({ undone: ['map'], incident: { state: 'waiting', since: expect.anything() } });
  expect((await world.hear()).incident).toMatchObject({ state, since: undefined });
  expect(world.stored?.postmortem).toEqual(before);
});

it.each<[string, Facts, Facts, string]>([
  ['that it is public', without('private'), { private: byOperator(false) }, 'visibility unknown'],
  ['its severity', { severity: api('Odd') }, { countsAs: byOperator({ name: 'Odd', severity: 'sev2' as const }) }, 'unmapped severity'],
] as const)(
  'hides what was shown because an operator said %s, once that is taken back, and shows it once the API says enough',
  async (_, ...of) => {
    const [facts, said, why] = of;
    const world = aHearingWorld({ answer: found(facts) });
    await world.hear();
    await world.press(said);
    await world.hear();
    expect(world.stored?.postmortem).toMatchObject({ status: 'published', restricted: false });
    await world.undo();
    // Hiding waits for no vendor.
    world.answer = { kind: 'later', seconds: 60 };
    await world.hear();
    expect(world.stored?.postmortem.restricted).toBe(true);
    world.answer = found(facts);
    expect((await world.hear()).incident).toMatchObject({ state: 'held', why });
    world.answer = found();
    expect((await world.hear()).incident).toMatchObject({ state: 'published', takenBack: undefined });
    expect(world.stored?.postmortem.restricted).toBe(false);
  },
);

it('leaves what the API proves by now as it is, though a release is taken back', async () => {
  const world = aHearingWorld({ answer: found(without('private')) });
  await world.press({});
  await world.hear();
  await world.press({ private: byOperator(false) });
  await world.hear();
  await world.undo();
  world.answer = found();
  await world.hear();
  world.answer = found({ severity: api('Odd', '2026-11-19T09:00:00Z') });
  expect((await world.hear()).incident).toMatchObject({ state: 'held', why: 'unmapped severity' });
  expect(world.stored?.postmortem.restricted).toBe(false);
});

it('hides what a release alone showed and was taken back, though nobody else is to be told of it either', async () => {
  const world = aHearingWorld({ answer: found(without('private')) });
  await world.hear();
  await world.press({ private: byOperator(false) });
  await world.hear();
  await world.undo();
  await world.press({ ignored: byOperator('a mistake') });
  expect((await world.hear()).incident.state).toBe('ignored');
  expect(world.stored?.postmortem).toMatchObject({ status: 'published', restricted: true });
});

it('hides what is published while its release is taken back and a poll looks at it', async () => {
  const world = aHearingWorld({ answer: found(without('private')) });
  await world.hear();
  await world.press({ private: byOperator(false) });
  world.meanwhile = async () => {
    await world.undo();
    await world.hear();
  };
  expect((await world.hear()).incident).toMatchObject({ state: 'held', why: 'visibility unknown' });
  expect(world.stored?.postmortem.restricted).toBe(true);
});

it('goes on looking at what an operator said something of, until the vendor answers', async () => {
  const world = aHearingWorld({ answer: found(without('status')) });
  await world.hear();
  const since = '2026-11-20T09:59:00Z';
  world.row = { ...(world.row as InboundIncident), since };
  for (const answer of [{ kind: 'later', seconds: 9 }, { kind: 'gone' }] as const) {
    world.answer = answer;
    expect((await world.hear()).incident).toMatchObject({ state: 'declared', since });
  }
  world.answer = found(without('status'));
  expect((await world.hear()).incident).toMatchObject({ state: 'declared', since: undefined });
});

it('takes back the draft that nobody will finish, and makes it again once it is no exercise any more', async () => {
  const world = aHearingWorld({ answer: found(without('status')) });
  await world.hear();
  world.answer = found({ ...without('status'), ignored: api('It is an exercise.', '2026-11-18T09:30:00Z') });
  expect((await world.hear()).incident.state).toBe('ignored');
  expect(world.stored?.postmortem.status).toBe('retracted');
  world.answer = found(without('status'));
  expect((await world.hear()).incident.state).toBe('declared');
  expect(world.stored?.postmortem.status).toBe('draft');
});

it('leaves a draft that somebody else took over, though its incident is ignored', async () => {
  const world = aHearingWorld({ answer: found(without('status')) });
  await world.hear();
  world.putByKey();
  await world.hear({ ignored: factOf('It was moved.', '2026-11-20T10:00:00Z', 'operator') });
  expect(world.stored?.postmortem.status).toBe('draft');
});

it('tells nobody of what an operator ignores, or of an exercise', async () => {
  const world = aHearingWorld({ answer: found({ ignored: api('It is an exercise.') }) });
  expect((await world.hear()).incident.state).toBe('ignored');
  expect(world.revisions).toEqual([]);
});

it('tells of what was an exercise at first, once the API says that it is none', async () => {
  const world = aHearingWorld({ answer: found({ ignored: api('It is an exercise.') }) });
  await world.hear();
  world.answer = found();
  expect((await world.hear()).incident.state).toBe('published');
  const ignored = aHearingWorld();
  await ignored.hear({ ignored: factOf('It was moved.', '2026-11-18T08:00:00Z', 'operator') });
  expect((await ignored.hear()).incident.state).toBe('ignored');
});

it('is restricted by its own text, as the document of a producer is', async () => {
  const world = aHearingWorld({ answer: found({}, { body: 'Visibility: private\n\n## Summary\n\nIt was the bank.' }) });
  await world.hear();
  expect(world.stored?.postmortem.restricted).toBe(true);
});

it('reads HTML, leaves placeholders out, and keeps action items once', async () => {
  const body = '<h2>Summary</h2><p>It was <b>late</b>{{ incident.title }}.</p><h2>Follow-ups</h2><ul><li>Renew certificates</li></ul>';
  const actions = [{ title: 'Renew certificates', status: 'open', assignee: 'ada@example.com' }] as const;
  const world = aHearingWorld({ answer: found({}, { body, actions }) });
  await world.hear();
  expect(world.stored?.postmortem.summary).toBe('It was **late**.');
  expect(world.stored?.postmortem.actionItems).toMatchObject([{ title: 'Renew certificates' }]);
  expect(world.stored?.postmortem.actionItems[0]?.assigneeHash).toMatch(/^[0-9a-f]{32}$/);
});

const page = 'https://app.incident.io/example/incidents/123';
const permalink = api(`${page}/?from=slack`);
/** What a producer published, with these links. */
const published = (urls: readonly string[], change: Partial<Postmortem> = {}): StoredPostmortem => ({
  ...aStored(Postmortem.parse({ id: 'from-git', title: 'Payments', severity: 'sev1', links: urls.map((url) => ({ url })), ...change }), 1),
  by: '0123456789abcdef',
});

it('joins its declaration to the postmortem that links to its page', async () => {
  const world = aHearingWorld({ answer: found({ ...without('status'), permalink }) });
  await world.hear();
  expect(world.stored?.postmortem.status).toBe('draft');
  Object.assign(world, { linkedBy: 'from-git', other: published([page, 'https://wiki.example.com/1']) });
  expect((await world.hear()).incident.state).toBe('joined');
  expect(world.stored?.postmortem).toMatchObject({ status: 'retracted', mergedInto: 'from-git' });
  // Without the link it is told of by itself.
  world.other = published([]);
  expect((await world.hear()).incident.state).toBe('declared');
  expect(world.stored?.postmortem.status).toBe('draft');
});

it('publishes nothing where a producer published first', async () => {
  const world = aHearingWorld({ answer: found({ permalink }) });
  Object.assign(world, { linkedBy: 'from-git', other: published([page]) });
  expect((await world.hear()).incident.state).toBe('joined');
  expect(world.revisions).toEqual([]);
});

it.each([
  ['links to two incidents', published([page, 'https://app.incident.io/example/incidents/9'])],
  ['links to it no more', published([])],
  ['is restricted', published([page], { restricted: true })],
  ['was taken back', published([page], { status: 'retracted' })],
  ['is gone', undefined],
])('is not joined to one that %s', async (_, other) => {
  const world = aHearingWorld({ answer: found({ permalink }) });
  Object.assign(world, { linkedBy: 'from-git', other });
  expect((await world.hear()).incident.state).toBe('published');
});

it('stays published where people know it, whoever links to it', async () => {
  const world = aHearingWorld({ answer: found({ permalink }) });
  await world.hear();
  Object.assign(world, { linkedBy: 'from-git', other: published([page]) });
  expect((await world.hear()).incident.state).toBe('published');
  expect(world.revisions).toHaveLength(1);
});

it('does not put an older text over the one that was read meanwhile', async () => {
  const world = aHearingWorld({ answer: found({}, { body: '## Summary\n\nThe older text.' }) });
  // A second message looks later and stores what it read, while this one still waits for an answer.
  let isFirst = true;
  world.look = async (answer) => {
    if (!isFirst) return answer;
    isFirst = false;
    world.now = new Date('2026-11-20T10:00:01Z');
    world.answer = found({}, { body: '## Summary\n\nThe newer text.' });
    await world.hear();
    return answer;
  };
  const heard = await world.hear();
  expect(world.stored?.postmortem.summary).toBe('The newer text.');
  expect(heard.askAgain).toBe(1);
  expect((await world.hear()).incident).toMatchObject({ state: 'published', askedSince: undefined });
});

it('publishes by the word of the API, also where an event without an instant of its own came later', async () => {
  const world = aHearingWorld();
  const { incident } = await world.hear({ status: factOf('published', '2026-11-18T10:00:02Z', 'event') });
  expect(incident.state).toBe('published');
});
