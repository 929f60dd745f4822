import { describe, expect, it } from 'vitest';
import { dynamoActionLedger } from '../../../adapters/dynamodb/action-ledger.ts';
import { statusOf } from '../../../core/action/status.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { mailed } from '../../support/mailed.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const rosa = aProfile({ sid: aSid(1), address: 'rosa@example.com', name: 'Rosa Lind' });
const ravi = aProfile({ sid: aSid(2), address: 'ravi@example.com' });
const distribution = aDistribution({ teams: [{ name: 'Payments' }, { name: 'Search', leads: ['sam@example.com'] }] });
const limit = { title: 'Lower the limit', owner: 'Rosa Lind', due: '2026-11-20' };
const region = { title: 'A second region', owner: 'Payments', due: '2026-12-01' };
const idFor = (sid: string, day = '20261123') => `service_reminders_${sid}_${day}`;

/** Rosa was mailed about the limit as its owner, about the region as a lead, and about a review. */
async function aHouse({ composedAt = '2026-11-23T07:00:00Z', withheld = [] as string[] } = {}) {
  const table = await freshTable();
  const world = await aWebWorld(table, { people: [rosa, ravi], distribution });
  const revise = (change: Record<string, unknown> = {}) =>
    publish(table, { title: 'Out of disk', actionItems: [limit, region], ...change }, distribution);
  await revise();
  const ledger = dynamoActionLedger(table);
  const row = async (title: string) => (await ledger.list('pm-1')).find(({ reported }) => reported.title === title) ?? expect.unreachable();
  const entry = async (title: string) => ({ kind: 'action', postmortem: 'pm-1', aid: (await row(title)).aid }) as const;
  const entries = [
    { kind: 'review', as: 'reviewer', postmortem: 'pm-1' } as const,
    { ...(await entry(limit.title)), as: 'owner' } as const,
    { ...(await entry(region.title)), as: 'lead' } as const,
  ];
  const service = { kind: 'reminders', about: '20261123', reminders: { entries, more: 0 } };
  const change = { composedAt, cutoff: composedAt, withheld, service, carries: [], names: ['pm-1'] };
  const audience = { kind: 'list' as const, subscribers: [rosa.sid] };
  await mailed(table, { edition: idFor(rosa.sid), to: [rosa.sid], cards: ['pm-1'], change: { stream: 'service', audience, ...change } });
  const ask = world.serve(pageRoutes(world.deps));
  const link = (claims: object = {}) =>
    `/reminders/${world.token({ scope: 'reminders', subscriber: rosa.sid, about: idFor(rosa.sid), ...claims })}`;
  const get = (url = link()) => ask(aPageEvent('GET', url));
  const press = async (title: string, form: Record<string, string>, url = link()) =>
    ask(aPageEvent('POST', url, { form: { action: `pm-1/${(await row(title)).aid}`, ...form } }));
  return { ...world, ledger, revise, row, link, get, press, is: async (title: string) => statusOf(await row(title), world.clock.now) };
}

describe('the page of a mail of reminders', () => {
  it('shows the actions of the mail as they are now, says whose it is, and changes nothing', async () => {
    const world = await aHouse();
    const before = await world.row(limit.title);
    const { statusCode, body = '' } = await world.get();
    expect(statusCode).toBe(200);
    for (const text of [limit.title, region.title, 'Out of disk', '3 days late', 'r…a@example.com', 'use the links of the mail'])
      expect(body).toContain(text);
    expect(body.match(/value="done"/g)).toHaveLength(2);
    expect(await world.row(limit.title)).toEqual(before);
    expect([await world.auditLines(), world.mails]).toEqual([[], []]);
  });

  it('takes one press, leads back to the page, and says what it took', async () => {
    const world = await aHouse();
    const { statusCode, headers } = await world.press(limit.title, { press: 'done' });
    expect([statusCode, headers?.location]).toEqual([303, `${world.link()}?done=done&of=0#a0`]);
    expect(await world.is(limit.title)).toMatchObject({ status: 'done', closedAt: '2026-11-23T10:00:00Z' });
    const { body } = await world.get(`${world.link()}?done=done&of=0`);
    expect(body).toContain('Taken: it is done.');
    expect(body).toContain('It is not finished');
    await world.press(limit.title, { press: 'done' });
    expect((await world.row(limit.title)).events).toHaveLength(1);
    expect((await world.auditLines()).map(({ act, who, facts }) => [act, who, Object(facts).subscriber])).toEqual([
      ['action done', 'reader', rosa.sid],
    ]);
  });

  it('takes another day and another team, with what the page offers', async () => {
    const world = await aHouse();
    await world.press(limit.title, { press: 'rescheduled', due: '2026-12-04', reason: 'The parts are late.' });
    expect(await world.is(limit.title)).toMatchObject({ status: 'open', due: '2026-12-04' });
    await world.press(region.title, { press: 'handed over', to: 'Search' });
    expect(await world.is(region.title)).toMatchObject({ owner: 'Search' });
    const { body = '' } = await world.get();
    expect(body).toContain('The parts are late.');
    expect(body).toContain('You can take it back until Tuesday 24 November, 08:00 Berlin');
    expect(body.match(/value="done"/g)).toHaveLength(1);
    expect((await world.press(region.title, { press: 'done' })).statusCode).toBe(422);
    expect(await world.is(region.title)).toMatchObject({ status: 'open' });
    expect((await world.press(region.title, { press: 'taken back' })).statusCode).toBe(303);
    expect(await world.is(region.title)).toMatchObject({ owner: 'Payments' });
  });

  it('takes an answer to what leadership asked, and has no field for one otherwise', async () => {
    const world = await aHouse();
    expect((await world.get()).body).not.toContain('value="answered"');
    const asked = { kind: 'decided', what: 'need more', reason: 'How long does it take?', as: 'VP Engineering', by: ravi.sid, basis: 'b' };
    const at = '2026-11-20T10:00:00Z';
    await world.ledger.put({ ...(await world.row(limit.title)), events: [{ ...asked, at, effectiveAt: '2026-11-23T07:00:00Z' }] }, at);
    const { body = '' } = await world.get();
    expect(body.match(/value="answered"/g)).toHaveLength(1);
    expect(body).toContain('How long does it take?');
    expect((await world.press(limit.title, { press: 'answered', text: '-' })).body).toContain('aria-describedby="answered-text-0"');
    expect((await world.press(limit.title, { press: 'answered', text: 'Two weeks,\r\nby <two>.' })).statusCode).toBe(303);
    expect(await world.is(limit.title)).toMatchObject({ answer: { text: 'Two weeks,\nby <two>.', by: rosa.sid } });
    expect((await world.get()).body).toContain('by &lt;two&gt;.');
  });

  it('opens again what was closed by mistake', async () => {
    const world = await aHouse();
    await world.press(limit.title, { press: 'done' });
    await world.press(limit.title, { press: 'reopened', reason: 'It came back.' });
    expect(await world.is(limit.title)).toMatchObject({ status: 'open' });
  });

  it('marks what is wrong and keeps what was typed, where it was typed', async () => {
    const world = await aHouse();
    const { statusCode, body = '' } = await world.press(limit.title, {
      press: 'rescheduled',
      due: '2026-11-01',
      reason: 'ask <b>@rosa</b>',
    });
    expect(statusCode).toBe(422);
    expect(body).toContain('aria-describedby="rescheduled-due-0"');
    expect(body).toContain('aria-describedby="rescheduled-reason-0"');
    expect(body).toContain('value="ask &lt;b&gt;@rosa&lt;/b&gt;"');
    expect(body.match(/<details open/g)).toHaveLength(1);
    expect((await world.row(limit.title)).events).toEqual([]);
    expect((await world.press(limit.title, { press: 'handed over', to: 'Facilities' })).statusCode).toBe(422);
    expect((await world.press(limit.title, { press: 'imported' })).statusCode).toBe(400);
  });

  it('is read-only for what has another owner since, and tells of nothing that was restricted', async () => {
    const world = await aHouse({ composedAt: '2026-11-18T07:00:00Z' });
    await world.revise({ actionItems: [{ ...limit, owner: 'Ravi Iyer' }, region] });
    expect((await world.press(limit.title, { press: 'done' })).body).toContain('Somebody else owns it');
    await world.revise({ restricted: true });
    const { body } = await world.get();
    expect(body).toContain('2 actions of this mail are not shown any more.');
    expect(body).not.toMatch(/Lower the limit|Out of disk|Ravi/);
    const { statusCode, body: pressed } = await world.press(region.title, { press: 'done' });
    expect([statusCode, pressed]).toEqual([422, expect.not.stringMatching(/second region/)]);
    expect((await world.row(region.title)).events).toEqual([]);
  });

  it('tells of a reworded action what it may be now, and of one that its mail did not ask about that it did not', async () => {
    const world = await aHouse();
    await world.press(limit.title, { press: 'done' });
    await world.revise({ actionItems: [{ ...limit, title: `${limit.title} of connections by half` }, region] });
    const { body } = await world.get();
    expect(body).toContain('The postmortem no longer has this action.');
    expect(body).toMatch(/another that it may be now:\s*<q dir="auto">Lower the limit of connections by half<\/q>/);
    const other = await world.press(`${limit.title} of connections by half`, { press: 'done' });
    expect(other.body).toContain('did not ask about that action');
    expect(other.body).not.toContain('Nobody may be told');
  });

  it('shows nothing of what the mail may not tell any more, before its actions know', async () => {
    const { body } = await (await aHouse({ withheld: ['pm-1'] })).get();
    expect(body).not.toMatch(/Lower the limit|Out of disk/);
  });
});

describe('a link of reminders', () => {
  it('opens nothing for others: forged, revoked, foreign and of another mail are one answer', async () => {
    const world = await aHouse();
    const urls = [
      `${world.link()}x`,
      world.link({ scope: 'preferences' }),
      world.link({ generation: 7 }),
      world.link({ subscriber: 'f'.repeat(32) }),
      world.link({ subscriber: ravi.sid }),
      world.link({ about: idFor(rosa.sid, '20261124') }),
      world.link({ about: '' }),
    ];
    const answers = [];
    for (const url of urls) answers.push(await world.get(url), await world.press(limit.title, { press: 'done' }, url));
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
    expect(answers[0]?.statusCode).toBe(404);
    expect((await world.row(limit.title)).events).toEqual([]);
  });

  it('expires after thirty days, shows and takes nothing, and mails its owner a new one for the same mail', async () => {
    const world = await aHouse();
    const url = world.link();
    world.clock.now = new Date('2026-12-23T10:00:01Z');
    for (const { statusCode, body } of [await world.get(url), await world.press(limit.title, { press: 'done' }, url)]) {
      expect(statusCode).toBe(410);
      expect(body).toContain('value="new-link"');
      expect(body).not.toContain(limit.title);
    }
    const late = await world.press(limit.title, { press: 'rescheduled', due: '2027-01-04', reason: 'Parts <b>are</b> late.' }, url);
    expect(late.body).toMatch(/<textarea[^>]* readonly[^>]*>\s*2027-01-04\nParts &lt;b&gt;are&lt;\/b&gt; late\.<\/textarea>/);
    expect([(await world.row(limit.title)).events, world.mails]).toEqual([[], []]);

    const { statusCode, body } = await world.press(limit.title, { press: 'new-link' }, url);
    expect([statusCode, body]).toEqual([200, expect.stringContaining('Check your email')]);
    expect(body).not.toMatch(/v1\.|rosa@/);
    expect(world.mails).toEqual([{ kind: 'reminders-link', about: '20261123', realm: 'staff', subscriber: rosa.sid }]);
    expect((await world.get()).body).toContain(limit.title);
  });

  it('that is valid mails no other', async () => {
    const world = await aHouse();
    expect((await world.press(limit.title, { press: 'new-link' })).statusCode).toBe(400);
    expect(world.mails).toEqual([]);
  });
});

describe('the links to read of a mail of reminders', () => {
  const read = (world: Awaited<ReturnType<typeof aHouse>>) => world.token({ scope: 'read', subscriber: rosa.sid, about: idFor(rosa.sid) });

  it('open what it told and nothing else, for whoever may read as engineers or leaders do', async () => {
    const world = await aHouse();
    await publish(world.table, { id: 'pm-2', title: 'Another thing' }, distribution);
    const { statusCode, body = '' } = await world.get(`/r/${read(world)}`);
    expect([statusCode, body]).toEqual([200, expect.stringContaining('Out of disk')]);
    expect(body).not.toContain('Another thing');
    expect((await world.get(`/r/${read(world)}/pm-1`)).statusCode).toBe(200);
    expect((await world.get(`/r/${read(world)}/pm-2`)).statusCode).toBe(404);
  });

  it('show the whole mail to nobody: it has links that act', async () => {
    const world = await aHouse();
    const nothing = await world.get('/view/nothing');
    expect([nothing.statusCode, await world.get(`/view/${read(world)}`)]).toEqual([404, nothing]);
  });
});
