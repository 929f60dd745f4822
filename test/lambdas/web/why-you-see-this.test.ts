import { describe, expect, it } from 'vitest';
import { dynamoRelevance } from '../../../adapters/dynamodb/relevance-store.ts';
import { formProof, readSessionText } from '../../../core/access/session.ts';
import type { ToldReason } from '../../../core/relevance/relevance.ts';
import { feedbackByReason, isMuted } from '../../../core/relevance/team-feedback.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { mailed } from '../../support/mailed.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const since = { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };
const member = (n: number, name: string, change: object = {}) =>
  aProfile({ sid: aSid(n), address: `${name}@example.com`, team: 'Payments', streams: { 'engineering-digest': since }, ...change });
const [ada, bob, lea] = [member(1, 'ada'), member(2, 'bob'), member(3, 'lea')];
const distribution = aDistribution({ teams: [{ name: 'payments', leads: ['Lea@example.com'] }] });
const runs = {
  reason: { kind: 'runs', service: 'sessions' },
  key: 'runs sessions',
  sentence: 'You run sessions, which this is about.',
} as const;
const alike: ToldReason = {
  reason: { kind: 'reads alike', postmortem: 'pm-old', words: ['lag'] },
  key: 'reads-alike pm-old',
  sentence: 'It reads like your “A secret title”: both tell of lag.',
  instead: 'It reads like an earlier postmortem of yours.',
};
const proofOf = (session: string) => formProof({ hash: readSessionText(session)?.hash ?? '' });

/** The Payments team got a mail that links to `pm-1`, which matters to it. */
async function aTeam({
  reasons = [runs],
  people = [ada, bob, lea],
  file = distribution,
}: {
  reasons?: readonly ToldReason[];
  people?: (typeof ada)[];
  file?: typeof distribution;
} = {}) {
  const world = await aWebWorld(await freshTable(), { people, distribution: file });
  await mailed(world.table, { to: people.map(({ sid }) => sid), cards: ['pm-1'] });
  await publish(world.table, {}, distribution);
  const row = { postmortem: 'pm-1', revision: 1, at: '2026-11-20T09:00:00Z', terms: [], similar: [] };
  if (reasons.length > 0)
    await dynamoRelevance(world.table).put({
      ...row,
      teams: [{ team: 'team:payments', name: 'Payments', score: 3, reasons: [...reasons] }],
    });
  const ask = world.serve(pageRoutes(world.deps));
  const linkOf = ({ sid }: { sid: string }, about = 'engineering-digest_2026-W47') =>
    `/r/${world.token({ scope: 'read', subscriber: sid, about })}/pm-1`;
  const mutedOf = ({ sid }: { sid: string }) => `/muted/${world.token({ scope: 'preferences', subscriber: sid })}`;
  const get = async (url: string, session?: string) => (await ask(aPageEvent('GET', url, { session }))).body ?? '';
  const post = (url: string, form: Record<string, string>, session?: string) =>
    ask(aPageEvent('POST', url, { form: { reason: 'runs sessions', ...form }, session }));
  return {
    ...world,
    ask,
    linkOf,
    mutedOf,
    get,
    post,
    says: (who: typeof ada, press: string) => post(linkOf(who), { press }),
    keys: async (who: typeof ada) => (await world.profile(who.sid))?.streams['engineering-digest']?.notRelevant,
    readings: async () => (await world.deps.readings.of('pm-1')).map(({ how }) => how).toSorted(),
    feedback: async () => feedbackByReason(await world.deps.teamFeedback.of('team:payments')),
    isMuted: async () => [...feedbackByReason(await world.deps.teamFeedback.of('team:payments')).values()].some(isMuted),
  };
}

describe('why a reader sees a postmortem', () => {
  it('stands below it with what they can say, and looking changes nothing', async () => {
    const { get, ask, linkOf, readings, feedback, profile } = await aTeam();
    const body = await get(linkOf(ada));
    expect(body).toContain('You run sessions, which this is about.');
    expect(body).toContain('for Payments in what is published later');
    expect(body).toMatch(/value="useful".*value="not-relevant".*value="discussed"/s);
    expect(body).not.toContain('ada@example.com');
    for (const method of ['HEAD', 'OPTIONS', 'PUT']) await ask(aPageEvent(method, `${linkOf(ada)}?press=useful`));
    expect(await readings()).toEqual([]);
    expect((await feedback()).size).toBe(0);
    expect(await profile(ada.sid)).toMatchObject({ revision: 1 });
  });

  it('is not told where it does not matter to their team: they say that it was useful or discussed', async () => {
    const { get, says, linkOf, readings, feedback, keys } = await aTeam({ reasons: [] });
    const body = await get(linkOf(ada));
    expect(body).toContain('Was this useful?');
    expect(body).not.toContain('not-relevant');
    expect(await says(ada, 'not-relevant')).toMatchObject({
      statusCode: 303,
      headers: { location: expect.stringContaining('?late=1#why') },
    });
    expect(await get(`${linkOf(ada)}?late=1`)).toContain('Nothing was changed');
    expect(await readings()).toEqual([]);
    await says(ada, 'discussed');
    expect(await readings()).toEqual(['discussed']);
    expect(await get(`${linkOf(ada)}?pressed=discussed`)).toContain('You said that you discussed it.');
    expect([(await feedback()).size, await keys(ada)]).toEqual([0, undefined]);
  });

  it('names no earlier postmortem that nobody may be told of', async () => {
    const { table, get, linkOf, clock } = await aTeam({ reasons: [alike] });
    await publish(table, { id: 'pm-old', title: 'A secret title' }, distribution);
    clock.now = new Date(clock.now.getTime() + 5_000);
    expect(await get(linkOf(ada))).toContain('A secret title');
    await publish(table, { id: 'pm-old', title: 'A secret title', restricted: true }, distribution);
    clock.now = new Date(clock.now.getTime() + 5_000);
    const body = await get(linkOf(ada));
    expect(body).not.toContain('A secret title');
    expect(body).toContain('It reads like an earlier postmortem of yours.');
  });

  it('is not told by what was found of an older revision, nor with an older title of another postmortem', async () => {
    const { table, get, linkOf, clock } = await aTeam({ reasons: [alike] });
    await publish(table, { id: 'pm-old', title: 'Another title' }, distribution);
    clock.now = new Date(clock.now.getTime() + 5_000);
    expect(await get(linkOf(ada))).toContain('It reads like an earlier postmortem of yours.');
    await publish(table, { summary: 'Told in other words.' }, distribution);
    clock.now = new Date(clock.now.getTime() + 5_000);
    expect(await get(linkOf(ada))).not.toContain('It reads like');
  });

  it('is for engineers alone: leaders, and whoever got a test mail, say nothing', async () => {
    const { table, get, post, linkOf, readings } = await aTeam({
      people: [{ ...ada, streams: { 'engineering-digest': since, 'sev1-alerts': since } }],
    });
    await mailed(table, { edition: 'sev1-alerts_pm-1_r1', to: [ada.sid], cards: ['pm-1'] });
    const link = linkOf(ada, 'sev1-alerts_pm-1_r1');
    expect(await get(link)).not.toMatch(/You run sessions|Was this useful/);
    expect(await post(link, { press: 'useful' })).toMatchObject({ statusCode: 400 });
    expect(await readings()).toEqual([]);
  });

  it('takes no press of something else, nor of a link that opens nothing', async () => {
    const { post, says, readings } = await aTeam();
    expect(await says(ada, 'fund')).toMatchObject({ statusCode: 400 });
    expect(await post('/r/nothing/pm-1', { press: 'useful' })).toMatchObject({ statusCode: 404 });
    expect(await post('/r/nothing/pm-2', { press: 'useful' })).toMatchObject({ statusCode: 404 });
    expect(await readings()).toEqual([]);
  });
});

describe('“not relevant”', () => {
  it('counts in each stream that shows what matters to a team', async () => {
    const both = { 'engineering-digest': since, 'relevant-incidents': since };
    const streamsOfFile = { ...distribution.streams, 'relevant-incidents': { severities: ['sev1'] } };
    const file = aDistribution({ teams: [{ name: 'payments' }], streams: streamsOfFile });
    const { says, profile } = await aTeam({ people: [{ ...ada, streams: both }], file });
    await says(ada, 'not-relevant');
    const streams = (await profile(ada.sid))?.streams;
    expect([streams?.['engineering-digest']?.notRelevant, streams?.['relevant-incidents']?.notRelevant]).toEqual([
      ['runs sessions'],
      ['runs sessions'],
    ]);
  });

  it('counts for the reader at once, for the team by two, and is taken back by each alone', async () => {
    const { says, get, linkOf, keys, readings, isMuted: muted, auditLines } = await aTeam();
    expect(await says(ada, 'not-relevant')).toMatchObject({
      statusCode: 303,
      headers: { location: `${linkOf(ada)}?pressed=not-relevant#why` },
    });
    await says(ada, 'not-relevant');
    expect([await keys(ada), await keys(bob), await muted()]).toEqual([['runs sessions'], undefined, false]);
    expect(await get(`${linkOf(ada)}?pressed=not-relevant`)).toMatch(/You said that it is not relevant to you\..*>Undo</s);
    expect((await auditLines()).map(({ act, facts }) => [act, facts])).toEqual([
      ['subscription changed', expect.objectContaining({ field: 'notRelevant', after: 'add 1', way: 'page' })],
    ]);

    await says(bob, 'not-relevant');
    expect([await muted(), await readings()]).toEqual([true, ['not relevant', 'not relevant']]);
    await says(bob, 'undo');
    await says(bob, 'undo');
    expect([await muted(), await keys(bob), await keys(ada), await readings()]).toEqual([
      false,
      undefined,
      ['runs sessions'],
      ['not relevant', 'page'],
    ]);
    await says(ada, 'useful');
    expect([await keys(ada), await readings()]).toEqual([undefined, ['page', 'useful']]);
  });

  it('is shown to its reader’s session alone: a link that was passed on shows the same whatever they pressed', async () => {
    const { says, get, linkOf, begin } = await aTeam();
    const before = await get(linkOf(ada));
    expect(before).toContain('Take back what I said');
    await says(ada, 'not-relevant');
    expect(await get(linkOf(ada))).toBe(before);
    expect(await get(linkOf(ada), await begin(bob.sid))).toBe(before);
    expect(await get(`${linkOf(ada)}?pressed=useful`)).toContain('You said that it was useful.');
    expect(await get(linkOf(ada), await begin(ada.sid))).toMatch(/You said that it is not relevant to you\..*>Undo</s);
  });

  it('of those who found it useful or discussed it keeps it for the team', async () => {
    const { says, isMuted: muted, feedback } = await aTeam({ people: [ada, bob, lea, member(4, 'tom')] });
    await says(ada, 'not-relevant');
    await says(bob, 'not-relevant');
    await says(lea, 'useful');
    expect(await muted()).toBe(true);
    await says(member(4, 'tom'), 'discussed');
    expect(await muted()).toBe(false);
    expect((await feedback()).get('runs sessions')).toEqual({ useful: 2, notRelevant: 2, byLead: false });
  });

  it('of a lead counts as a lead’s in a session of theirs, because mails are forwarded', async () => {
    const { says, get, post, linkOf, begin, isMuted: muted } = await aTeam();
    expect(await get(linkOf(lea))).toContain('You lead this team: <a href="/archive/engineering/pm-1">sign in</a>');
    await says(lea, 'not-relevant');
    expect(await muted()).toBe(false);
    const [session, other] = [await begin(lea.sid), await begin(bob.sid)];
    expect(await get(linkOf(lea), session)).not.toContain('You lead this team');
    await post(linkOf(lea), { press: 'not-relevant', proof: proofOf(other) }, other);
    expect(await muted()).toBe(false);
    await post(linkOf(lea), { press: 'not-relevant', proof: proofOf(session) }, session);
    expect(await muted()).toBe(true);
    await says(lea, 'undo');
    expect(await muted()).toBe(false);
  });

  it('leaves no reading of who switched that off once it is taken back', async () => {
    const quiet = { ...ada, tracking: false as const };
    const { says, readings } = await aTeam({ people: [quiet] });
    await says(quiet, 'useful');
    expect(await readings()).toEqual(['useful']);
    await says(quiet, 'undo');
    expect(await readings()).toEqual([]);
  });

  it('in the archive needs the form of that session', async () => {
    const { post, get, begin, keys } = await aTeam();
    const session = await begin(ada.sid);
    const page = '/archive/engineering/pm-1';
    expect(await get(page, session)).toContain('You run sessions');
    expect(await post(page, { press: 'not-relevant' }, session)).toMatchObject({ statusCode: 400 });
    expect(await post(page, { press: 'not-relevant', proof: proofOf(session) })).toMatchObject({
      statusCode: 303,
      headers: { location: /sign-in/ },
    });
    expect(await keys(ada)).toBeUndefined();
    await post(page, { press: 'not-relevant', proof: proofOf(session) }, session);
    expect(await keys(ada)).toEqual(['runs sessions']);
  });
});

describe('what is muted', () => {
  it('is told in words to the team, with what the reader said and never who else', async () => {
    const { says, get, mutedOf } = await aTeam();
    await says(ada, 'not-relevant');
    expect(await get(mutedOf(bob))).toContain('Nothing is muted for the team.');
    expect(await get(mutedOf(ada))).toMatch(/For you alone.*What you run: sessions.*Undo/s);
    await says(bob, 'not-relevant');
    const [adas, leas] = [await get(mutedOf(ada)), await get(mutedOf(lea))];
    expect(adas).toMatch(/What you run: sessions.*One or two of you said that it is not relevant\. You are among them/s);
    expect(leas).toMatch(/One or two of you said that it is not relevant\.<.*Useful to us/s);
    expect(leas).not.toMatch(/ada|bob/i);
    for (const { sid } of [ada, bob]) expect(adas).not.toContain(sid);
  });

  it('is undone by each for themselves, or outweighed', async () => {
    const { says, post, mutedOf, keys, get, isMuted: muted } = await aTeam();
    for (const who of [ada, bob]) await says(who, 'not-relevant');
    expect(await post(mutedOf(lea), { press: 'useful' })).toMatchObject({ statusCode: 303 });
    expect(await muted()).toBe(true);
    expect(await get(mutedOf(lea))).toContain('You said that it is useful.');
    await post(mutedOf(lea), { press: 'unsay-useful' });
    expect(await post(mutedOf(ada), { press: 'undo' })).toMatchObject({
      statusCode: 303,
      headers: { location: expect.stringContaining('?done=undo') },
    });
    expect([await muted(), await keys(ada), await keys(bob)]).toEqual([false, undefined, ['runs sessions']]);
    expect(await get(`${mutedOf(ada)}?done=undo`)).toContain('Taken back');
  });

  it('takes no reason of which nobody said anything, and opens by no other link', async () => {
    const { post, get, linkOf, mutedOf, feedback, ask, keys, says } = await aTeam();
    expect(await post(mutedOf(ada), { press: 'useful', reason: 'runs everything' })).toMatchObject({ statusCode: 400 });
    expect(await post(mutedOf(ada), { press: 'delete' })).toMatchObject({ statusCode: 400 });
    expect((await feedback()).size).toBe(0);
    expect(await get(linkOf(ada).replace('/r/', '/muted/').replace('/pm-1', ''))).toContain('This link does not work');
    await says(ada, 'not-relevant');
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await ask(aPageEvent(method, `${mutedOf(ada)}?press=undo&reason=runs+sessions`));
    expect(await keys(ada)).toEqual(['runs sessions']);
  });

  it('is reached from the page of choices and by a session, and what was called not relevant is in the download', async () => {
    const { get, ask, begin, says, mutedOf } = await aTeam();
    await says(ada, 'not-relevant');
    const session = await begin(ada.sid);
    const { headers } = await ask(aPageEvent('GET', '/preferences?go=muted', { session }));
    expect(headers?.location).toMatch(/^\/muted\/v1\./);
    const preferences = mutedOf(ada).replace('/muted/', '/p/');
    expect(await get(preferences)).toContain(`href="${mutedOf(ada)}"`);
    expect(JSON.parse(await get(`${preferences}/data`, session)).profile.streams['engineering-digest'].notRelevant).toEqual([
      'runs sessions',
    ]);
  });
});
