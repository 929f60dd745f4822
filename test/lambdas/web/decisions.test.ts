import { describe, expect, it } from 'vitest';
import { actionKeyOf } from '../../../core/action/action-key.ts';
import { pressAction } from '../../../core/action/press.ts';
import { statusOf } from '../../../core/action/status.ts';
import { aHouse, formOf, katharina, later, limit, ravi, reason, region, sofia } from '../../support/deciding.ts';
import { oneEngine } from '../../support/one-engine.ts';

const freshTable = oneEngine();

describe('the page of decisions', () => {
  it('lists what waits, by day, and says whose it is', async () => {
    const world = await aHouse(freshTable);
    const { body, statusCode } = await world.get(`/decisions/${world.link()}`);
    expect(statusCode).toBe(200);
    expect(body).toContain('Katharina Vogel, VP Engineering');
    expect(body).toContain('k…a@example.com');
    expect(body).toContain(`href="/decisions/${world.link()}/pm-1"`);
    expect(body).toContain('Due on 26 November');
  });

  it('shows the account, each action with cost, consequence, owner and history, and changes nothing', async () => {
    const world = await aHouse(freshTable, { pm: { summary: 'A new index slowed the database.' } });
    const before = [await world.row(limit.title), await world.review()];
    const body = (await world.look()) ?? '';
    for (const text of ['A new index slowed', 'Two weeks', 'It fills up again.', 'Payments', 'No decision yet', 'Thursday 26 November'])
      expect(body).toContain(text);
    expect(body).toContain('Tuesday 24 November, 08:00 Berlin');
    expect([await world.row(limit.title), await world.review()]).toEqual(before);
    expect(world.mails).toEqual([]);
  });

  it('marks the actions on which the brief asks, says why, and marks nothing once the review is over', async () => {
    const key = { title: 'Make the key', owner: 'Payments', priority: 'P1' };
    const world = await aHouse(freshTable, { pm: { actionItems: [limit, region, key] } });
    const marks = async () => [...((await world.look()) ?? '').matchAll(/A decision is asked: ([^<]+)</g)].map(([, why]) => why);
    expect(await marks()).toEqual(['it says what it costs or prevents', 'it is urgent']);
    await world.decide({ [limit.title]: { what: 'defer', until: '2026-12-01', reason } }, { sign: 'yes', leave: 'yes' });
    expect(await marks()).toEqual([]);
    later(world, '2026-12-01T10:00:00Z');
    expect(await marks()).toEqual(['it was put off until now']);
  });

  it('gives the usual day of an action for which nobody promised one', async () => {
    const file = { actions: { dueAfter: { sev1: 30 } } };
    const world = await aHouse(freshTable, { file, pm: { actionItems: [{ ...limit, due: '2026-12-18' }, region] } });
    const body = (await world.look()) ?? '';
    expect(body).toMatch(/Promised for<\/dt><dd dir="auto">18 December</);
    expect(body).toMatch(/Due on<\/dt><dd dir="auto">\d+ \w+, as is usual here. Nobody promised a day.</);
    expect(body).not.toContain('No day yet');
  });

  it('says before the press that nobody can be asked for more, and why', async () => {
    const teams = (leads: string[]) => [{ name: 'Payments', services: [], channels: {}, leads }];
    const look = async (file: object) => (await (await aHouse(freshTable, { file, pm: { actionItems: [limit] } })).look()) ?? '';
    const silent = await look({ reminders: { at: '08:00' }, teams: teams([]) });
    expect(silent).toContain('Nobody can be asked for more: Payments has no leads. Operators are told of it.');
    expect(silent).not.toContain('The owner is asked');
    const led = await look({ reminders: { at: '08:00' }, teams: teams(['ravi@example.com']) });
    expect(led).toContain('The owner is asked');
    expect(led).not.toContain('Nobody can be asked');
  });

  it('takes decisions and the sign-off of one form, with lines of the audit and one receipt', async () => {
    const world = await aHouse(freshTable);
    const choices = {
      [limit.title]: { what: 'fund', reason: '' },
      [region.title]: { what: 'defer', until: '2027-03-01', reason },
    };
    const { body } = await world.decide(choices, { sign: 'yes' });
    expect(body).toContain('2 decisions taken.');
    expect(body).toContain('You signed: the review is over.');
    expect(body).toContain('VP Engineering deferred it until 1 March 2027');
    expect(await world.events(region.title)).toMatchObject([
      { what: 'defer', until: '2027-03-01', reason, as: 'VP Engineering', by: katharina.sid, effectiveAt: '2026-11-24T07:00:00Z' },
    ]);
    expect(await world.review()).toMatchObject({ state: 'reviewed', by: katharina.sid, as: 'VP Engineering', reviewed: 1, undecided: 0 });
    expect((await world.auditLines()).map(({ act, who }) => `${who} ${act}`).toSorted()).toEqual([
      'reader action decided',
      'reader action decided',
      'reader review signed',
    ]);
    expect(world.mails).toEqual([
      {
        kind: 'receipt',
        about: expect.stringMatching(/^pm-1_[0-9a-z]+_2s_1-0-1-0_0_[0-9a-z]+$/),
        realm: 'staff',
        subscriber: katharina.sid,
      },
    ]);
    expect(JSON.stringify(world.logged)).not.toMatch(/@|February/);
  });

  it('takes the same form once, however often and by however many tabs it is sent', async () => {
    const world = await aHouse(freshTable);
    const form = formOf(await world.look(), { [limit.title]: { what: 'accept the risk', reason } });
    await Promise.all(Array.from({ length: 4 }, () => world.press(form)));
    expect((await world.press(form)).body).toContain('1 decision stood already.');
    expect(await world.events(limit.title)).toHaveLength(1);
    expect(world.mails).toHaveLength(1);
    expect(await world.auditLines()).toHaveLength(1);
  });

  it('refuses what another reviewer decided first, says what they decided, and takes the rest', async () => {
    const world = await aHouse(freshTable);
    const mine = formOf(await world.look(), { [limit.title]: { what: 'fund' }, [region.title]: { what: 'fund' } }, { sign: 'yes' });
    await world.decide({ [limit.title]: { what: 'accept the risk', reason } }, {}, sofia);
    later(world, '2026-11-23T10:01:00Z');
    const { body } = await world.press(mine);
    expect(body).toContain('CTO accepted the risk 1 minute ago.');
    expect(body).toMatch(/<div class="said" role="status"><p><b>1 decision taken\.<\/b>/);
    expect(body).toMatch(/role="alert">(?:(?!<\/div>).)*Not signed, because a decision was not taken\.(?:(?!receipt).)*<\/div>/);
    expect((await world.events(limit.title)).map(({ by }) => by)).toEqual([sofia.sid]);
    expect(await world.events(region.title)).toHaveLength(1);
    expect(await world.review()).toMatchObject({ state: 'in review' });
  });

  it('refuses what a revision changed between showing and pressing', async () => {
    const world = await aHouse(freshTable);
    const form = formOf(await world.look(), { [limit.title]: { what: 'fund' }, [region.title]: { what: 'fund' } }, { sign: 'yes' });
    await world.revise({ actionItems: [{ ...limit, cost: 'Two years' }, region] });
    const { body } = await world.press(form);
    expect(body).toContain('What the document says of it has changed.');
    expect(body).toContain('Two years');
    expect(await world.events(limit.title)).toEqual([]);
    expect(await world.events(region.title)).toHaveLength(1);
  });

  it('does not sign what was revised while it was read', async () => {
    const world = await aHouse(freshTable);
    const form = formOf(await world.look(), {}, { sign: 'yes', leave: 'yes' });
    await world.revise({ summary: 'It was the other index.' });
    expect((await world.press(form)).body).toContain('Not signed: the account was changed while you read it.');
    expect(await world.review()).toMatchObject({ state: 'in review' });
    expect(world.mails).toEqual([]);
  });

  it('takes nothing while something is missing, and gives the form back as it was filled in', async () => {
    const world = await aHouse(freshTable);
    const choices = {
      [limit.title]: { what: 'defer', until: '2026-11-22', reason: 'Typed with <b>care</b>' },
      [region.title]: { what: 'fund' },
    };
    const { body } = await world.decide(choices, { sign: 'yes' });
    expect(body).toContain('Choose a day after the one from which the decision counts.');
    expect(body).toContain('Typed with &lt;b&gt;care');
    expect(body).toMatch(/value="defer" checked/);
    expect(body).toContain('Nothing was sent yet.');
    expect(body).toMatch(/href="#until-[0-9a-f]{16}" dir="auto">Lower the limit</);
    expect(body).toMatch(/value="fund" checked/);
    expect(body).toMatch(/name="sign" value="yes" checked/);
    expect([await world.events(limit.title), await world.events(region.title)]).toEqual([[], []]);
    expect([world.mails, await world.auditLines()]).toEqual([[], []]);

    await world.decide({ ...choices, [limit.title]: { ...choices[limit.title], until: '2026-12-22' } }, { sign: 'yes' });
    expect(await world.review()).toMatchObject({ state: 'reviewed' });
    expect(world.mails).toHaveLength(1);
  });

  it('keeps what was sent bound to what its reader saw while something is missing', async () => {
    const world = await aHouse(freshTable);
    const form = formOf(await world.look(), { [limit.title]: { what: 'fund' }, [region.title]: { what: 'accept the risk' } });
    await world.revise({ actionItems: [{ ...limit, cost: 'Two years' }, region] });
    const { body } = await world.press(form);
    expect(body).toContain('Nothing was sent yet.');
    const mended = formOf(body, { [limit.title]: { what: 'fund' }, [region.title]: { what: 'accept the risk', reason } });
    expect((await world.press(mended)).body).toContain('What the document says of it has changed.');
    expect(await world.events(limit.title)).toEqual([]);
  });

  it('signs without a decision that was asked only if its reader says so, and says what stays undecided', async () => {
    const world = await aHouse(freshTable);
    expect(await world.look()).toContain('2 actions, 1 of them asked of you, have no decision yet.');
    const { body } = await world.decide({ [region.title]: { what: 'fund' } }, { sign: 'yes' });
    expect(body).toContain('a decision that was asked is not made');
    expect(await world.events(region.title)).toEqual([]);
    expect(await world.review()).toMatchObject({ state: 'in review' });

    const signed = await world.decide({ [region.title]: { what: 'fund' } }, { sign: 'yes', leave: 'yes' });
    expect(signed.body).toContain('1 action on which you were asked to decide stays undecided.');
    expect(signed.body).toContain('and left 1 action undecided');
    expect(await world.review()).toMatchObject({ state: 'reviewed', undecided: 1 });
  });

  it('does not put off until before the promised day', async () => {
    const world = await aHouse(freshTable, { pm: { actionItems: [{ ...limit, due: '2027-01-15' }] } });
    const choice = (until: string) => ({ [limit.title]: { what: 'defer', until, reason } });
    expect((await world.decide(choice('2027-01-15'))).body).toContain('Choose a day after the one for which it is promised.');
    expect(await world.events(limit.title)).toEqual([]);
    expect((await world.decide(choice('2027-01-16'))).body).toContain('1 decision taken.');
  });

  it('tells a form without a choice, and one about an action that is gone', async () => {
    const world = await aHouse(freshTable);
    expect((await world.decide({})).body).toContain('You chose nothing');
    const { body } = await world.press({ press: 'decide', 'what.0123456789abcdef': 'fund' });
    expect(body).toContain('The action is not there any more.');
    expect((await world.press({ press: 'shred' })).statusCode).toBe(400);
  });

  it('changes a decision before it takes effect and after', async () => {
    const world = await aHouse(freshTable);
    await world.decide({ [limit.title]: { what: 'accept the risk', reason } });
    later(world, '2026-11-23T12:00:00Z');
    await world.decide({ [limit.title]: { what: 'need more', reason: 'What does it cost?' } }, {}, sofia);
    expect(statusOf(await world.row(limit.title), new Date('2026-11-24T08:00:00Z'))).toMatchObject({
      status: 'open',
      decision: { what: 'need more', as: 'CTO' },
    });
    later(world, '2026-11-25T12:00:00Z');
    await world.decide({ [limit.title]: { what: 'accept the risk', reason } });
    later(world, '2026-11-27T12:00:00Z');
    expect(await world.look()).toContain('Not done');
    await world.decide({ [limit.title]: { what: 'fund' } });
    expect(statusOf(await world.row(limit.title), new Date('2026-11-30T08:00:00Z'))).toMatchObject({
      status: 'open',
      decision: { what: 'fund' },
    });
  });

  it('lets nobody sign alone what they wrote, and names who signs', async () => {
    const world = await aHouse(freshTable, { pm: { authors: ['Katharina Vogel'] } });
    expect(await world.look()).toContain('CTO signs it.');
    const form = formOf(await world.look(), { [limit.title]: { what: 'fund' } }, { sign: 'yes' });
    expect((await world.press(form)).body).toContain('Not signed: you wrote this account or sent it.');
    expect(await world.events(limit.title)).toHaveLength(1);
    expect((await world.decide({}, { sign: 'yes' }, sofia)).body).toContain('You signed');
  });

  it('says so where all reviewers may have written it, and who can help', async () => {
    const world = await aHouse(freshTable, { pm: { authors: ['Katharina Vogel', 'S. Castellanos'] } });
    for (const who of [katharina, sofia]) {
      const body = await world.look(who);
      expect(body).toContain('Nobody whom the distribution file names can sign it');
      expect(body).toContain('An operator can name another reviewer');
    }
  });

  it('takes nothing of a form that signs and does not say what its reader saw', async () => {
    const world = await aHouse(freshTable);
    const form = formOf(await world.look(), { [limit.title]: { what: 'fund' } }, { sign: 'yes' });
    const { revision: _, ...without } = form as Record<string, string>;
    expect(await world.press(without)).toMatchObject({ statusCode: 400 });
    expect(await world.events(limit.title)).toEqual([]);
    expect(world.mails).toEqual([]);
  });

  it('lets nobody sign a preliminary account; decisions count', async () => {
    const world = await aHouse(freshTable, { pm: { status: 'preliminary' } });
    expect(await world.look()).toContain('It can be signed once it is final.');
    expect((await world.decide({ [limit.title]: { what: 'fund' } }, { sign: 'yes' })).body).toContain(
      'Not signed: the account is preliminary.',
    );
    expect(await world.events(limit.title)).toHaveLength(1);
  });

  it('signs where no action is open', async () => {
    const world = await aHouse(freshTable, { pm: { actionItems: [{ ...limit, status: 'done' }] } });
    const body = await world.look();
    expect(body).toContain('No action waits for a decision.');
    expect(body).toContain('1 more needs no decision');
    await world.decide({}, { sign: 'yes' });
    expect(await world.review()).toMatchObject({ state: 'reviewed', undecided: 0 });
    expect((await world.get(`/decisions/${world.link()}`)).body).toContain('No review waits for you.');
    expect(await world.look()).toContain('VP Engineering signed on 23 November.');
  });

  it('asks whether a lost action is another one, and keeps what was decided with one press', async () => {
    const world = await aHouse(freshTable, { pm: { actionItems: [{ title: 'Lower the limit of connections to 50', owner: 'Payments' }] } });
    await world.decide({ 'Lower the limit of connections to 50': { what: 'fund' } });
    const title = 'Lower the limit of connections to 80';
    await world.revise({ actionItems: [{ title, owner: 'Payments' }] });
    const body = (await world.look()) ?? '';
    expect(body).toContain('Is it the same action?');
    const [, same = ''] = /name="same" value="([^"]+)"/.exec(body) ?? [];
    expect((await world.press({ press: 'reattach', same: 'x.y' })).body).toContain('Nothing was changed');
    expect((await world.press({ press: 'reattach', same })).body).toContain('What was decided is kept');
    expect(await world.events(title)).toMatchObject([{ what: 'fund' }]);
    expect(await world.look()).not.toContain('Is it the same action?');
    // As lists of actions name them, so that `afterword audit` and `afterword actions` agree.
    const [lost, found] = (await world.ledger.list('pm-1'))
      .toSorted((a, b) => (a.reported.title < b.reported.title ? -1 : 1))
      .map(actionKeyOf);
    expect(new Set((await world.auditLines()).map(({ act, facts }) => [act, Object(facts).action, Object(facts).to].join(' ')))).toEqual(
      new Set([`action decided ${lost} `, `action reattached ${lost} ${found}`]),
    );
  });

  it('writes titles of any script and length as text', async () => {
    const title = `סוף <script>alert(1)</script> ${'ק'.repeat(250)}`;
    const world = await aHouse(freshTable, { pm: { actionItems: [{ title, owner: 'צוות' }] } });
    const body = (await world.look()) ?? '';
    expect(body).not.toContain('<script>');
    expect(body).toMatch(/<h2 id="t-[^"]+" dir="auto">/);
  });
});

describe('a link of decisions', () => {
  it('opens nothing for others: forged, revoked, of another kind, and a person who is gone are one answer', async () => {
    const world = await aHouse(freshTable);
    const good = world.link();
    const bodies = new Set<string | undefined>();
    for (const token of [
      `${good}x`,
      world.token({ scope: 'preferences', subscriber: katharina.sid }),
      world.token({ scope: 'decide', subscriber: katharina.sid, generation: 7 }),
      world.token({ scope: 'decide', subscriber: 'f'.repeat(32) }),
    ]) {
      const answers = [
        await world.get(`/decisions/${token}`),
        await world.get(`/decisions/${token}/pm-1`),
        await world.post(`/decisions/${token}/pm-1`, { press: 'decide' }),
      ];
      for (const { statusCode, body } of answers) {
        expect(statusCode).toBe(404);
        bodies.add(body);
      }
    }
    expect(bodies.size).toBe(1);
  });

  it('decides nothing for somebody who was taken out of the file between showing and pressing', async () => {
    const world = await aHouse(freshTable);
    const form = formOf(await world.look(), { [limit.title]: { what: 'fund' } }, { sign: 'yes' });
    world.file({ reviews: { reviewers: [{ address: 'sofia@example.com', as: 'CTO' }] } });
    const { statusCode, body } = await world.press(form);
    expect(statusCode).toBe(403);
    expect(body).not.toContain('Lower the limit');
    expect((await world.get(world.url(ravi))).statusCode).toBe(403);
    expect(await world.events(limit.title)).toEqual([]);
    expect(await world.review()).toMatchObject({ state: 'in review' });
    expect(world.mails).toEqual([]);
  });

  it('that expired while a form was filled gives back what was typed, takes nothing and offers a new link', async () => {
    const world = await aHouse(freshTable);
    const url = world.url();
    const form = formOf(await world.look(), { [region.title]: { what: 'defer', until: '2027-03-01', reason: 'After </textarea> all.' } });
    later(world, '2026-12-01T10:00:00Z');
    const { statusCode, body } = await world.post(url, form);
    expect(statusCode).toBe(410);
    expect(body).toContain('Action 2: defer until 2027-03-01: After &lt;/textarea&gt; all.');
    expect(body).toContain('value="new-link"');
    expect(body).not.toContain(region.title);
    expect([await world.events(region.title), world.mails]).toEqual([[], []]);
    expect((await world.get(url)).body).not.toContain('<textarea');
  });

  it('shows and takes nothing of what was restricted while the page was open', async () => {
    const world = await aHouse(freshTable);
    const form = formOf(await world.look(), { [limit.title]: { what: 'fund' } }, { sign: 'yes' });
    await world.revise({ restricted: true });
    for (const { statusCode, body } of [
      await world.press(form),
      await world.get(world.url()),
      await world.get(world.url(katharina, 'pm-2')),
    ]) {
      expect(statusCode).toBe(404);
      expect(body).not.toMatch(/Lower the limit|failover/);
    }
    expect((await world.get(`/decisions/${world.link()}`)).body).toContain('No review waits for you.');
    expect(await world.events(limit.title)).toEqual([]);
  });

  it('that has expired sends its owner a new one, and decides nothing', async () => {
    const world = await aHouse(freshTable);
    const [url, form] = [world.url(), formOf(await world.look(), { [limit.title]: { what: 'fund' } })];
    later(world, '2026-12-01T10:00:00Z');
    expect(await world.get(url)).toMatchObject({ statusCode: 410, body: expect.stringContaining('This link has expired') });
    expect((await world.post(url, form)).statusCode).toBe(410);
    expect((await world.post(url, { press: 'new-link' })).body).toContain('Check your email');
    expect(world.mails).toEqual([{ kind: 'decisions', about: '', realm: 'staff', subscriber: katharina.sid }]);
    expect(await world.events(limit.title)).toEqual([]);
    world.file({ reviews: { reviewers: [{ address: 'sofia@example.com', as: 'CTO' }] } });
    expect((await world.post(url, { press: 'new-link' })).statusCode).toBe(403);
  });
});

describe('a receipt', () => {
  const pressed = async () => {
    const world = await aHouse(freshTable);
    await world.decide({ [limit.title]: { what: 'accept the risk', reason }, [region.title]: { what: 'fund' } }, { sign: 'yes' });
    const url = `/receipts/${world.link(katharina, 'receipt', world.receipt())}`;
    return {
      ...world,
      receiptUrl: url,
      open: async () => (await world.get(url)).body ?? '',
      undo: (press = 'undo') => world.post(url, { press }),
    };
  };

  it('says what was sent, and takes all of it back with one press, once', async () => {
    const world = await pressed();
    const body = await world.open();
    for (const text of ['VP Engineering accepted the risk', 'VP Engineering funded it', 'The review was signed', 'Take it back'])
      expect(body).toContain(text);
    expect(await world.events(limit.title)).toHaveLength(1);

    expect((await world.undo()).body).toContain(
      'Taken back: 2 decisions (1 funded, 1 risk accepted) and the sign-off, so that the review is open again.',
    );
    expect(await world.open()).toContain('The review was signed <span class="m">· taken back</span>');
    expect(await world.look()).toMatch(/accepted the risk.*· taken back on 23 November/s);
    expect(await world.events(limit.title)).toEqual([]);
    expect(await world.review()).toMatchObject({ state: 'in review', dueOn: '2026-11-26' });
    const lines = (await world.auditLines()).length;
    expect((await world.undo()).body).toContain('It was taken back already.');
    expect(await world.auditLines()).toHaveLength(lines);
  });

  it('takes nothing back once it is in effect', async () => {
    const world = await pressed();
    later(world, '2026-11-24T07:00:00Z');
    expect(await world.open()).toContain('Nothing here can be taken back any more.');
    expect((await world.undo()).body).toContain('What is in effect stays.');
    expect(await world.events(limit.title)).toHaveLength(1);
    expect(await world.review()).toMatchObject({ state: 'reviewed' });
  });

  it('leaves what others decided since', async () => {
    const world = await pressed();
    later(world, '2026-11-23T11:00:00Z');
    await world.decide({ [limit.title]: { what: 'fund' } }, {}, sofia);
    await world.undo();
    expect((await world.events(limit.title)).map(({ by }) => by)).toEqual([sofia.sid]);
  });

  it('takes back and makes all links invalid, its own and that of the page', async () => {
    const world = await pressed();
    expect((await world.undo('undo-renew')).body).toContain('Your older links are invalid');
    expect(await world.events(limit.title)).toEqual([]);
    expect((await world.profile(katharina.sid))?.generation).toBeGreaterThan(0);
    expect((await world.get(world.receiptUrl)).statusCode).toBe(404);
    expect(world.mails.at(-1)).toMatchObject({ kind: 'new-link', subscriber: katharina.sid });
  });

  it('is open to who is no reviewer any more, and names nothing that was restricted', async () => {
    const world = await pressed();
    world.file({ reviews: { reviewers: [{ address: 'sofia@example.com', as: 'CTO' }] } });
    await world.revise({ restricted: true });
    expect(await world.open()).not.toMatch(/Lower the limit|failover/);
    expect((await world.undo()).body).toContain('Taken back');
  });

  it('of nobody’s press, and an expired one, open nothing', async () => {
    const world = await pressed();
    for (const about of ['', 'pm-1', 'pm-1_zz', '_abc_1'])
      expect((await world.get(`/receipts/${world.link(katharina, 'receipt', about)}`)).statusCode).toBe(404);
    const foreign = `/receipts/${world.link(sofia, 'receipt', world.receipt())}`;
    expect((await world.post(foreign, { press: 'undo' })).body).toContain('It was taken back already.');
    expect(await world.events(limit.title)).toHaveLength(1);
    later(world, '2026-12-01T10:00:00Z');
    expect((await world.get(world.receiptUrl)).statusCode).toBe(410);
  });
});

it('keeps what an owner pressed beside what leadership decided', async () => {
  const world = await aHouse(freshTable);
  const { aid } = await world.row(limit.title);
  const deps = { actions: world.ledger, now: () => world.clock.now };
  const form = formOf(await world.look(), { [limit.title]: { what: 'fund' } });
  await pressAction({ postmortem: 'pm-1', aid }, () => ({ kind: 'events', events: [{ kind: 'done', by: ravi.sid }] }), deps);
  expect((await world.press(form)).body).toContain('It was marked as done just now.');
  expect((await world.events(limit.title)).map(({ kind }) => kind)).toEqual(['done']);
});
