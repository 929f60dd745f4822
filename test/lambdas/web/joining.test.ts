import { describe, expect, it } from 'vitest';
import { suppressionHash } from '../../../core/subscriber/subscriber-id.ts';
import { approvePage } from '../../../lambdas/web/pages/approve.tsx';
import { confirmPage } from '../../../lambdas/web/pages/confirm.tsx';
import { joinPage, joinStreamPage } from '../../../lambdas/web/pages/join.tsx';
import { aProfile } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { idOf, openHouse, owner, schedule, shownIn } from '../../support/sign-up.ts';
import { aPageEvent, aWebWorld, buttonOf } from '../../support/web.ts';

const freshTable = oneEngine();
const ada = 'ada@example.com';

async function aVisitor({ people = [] as ReturnType<typeof aProfile>[], given = openHouse } = {}) {
  const world = await aWebWorld(await freshTable(), { people, distribution: given });
  const ask = world.serve([joinPage, joinStreamPage, confirmPage, approvePage].map((page) => page(world.deps)));
  let visitors = 0;
  const get = (url: string) => ask(aPageEvent('GET', url));
  const post = (url: string, form: Record<string, string> = buttonOf(url), headers: Record<string, string> = {}) =>
    ask(aPageEvent('POST', url, { form, headers }));
  /** As a person does it: looks, takes a moment, presses. */
  const signUp = async (address: string, stream = 'engineering-digest', more: Record<string, string> = {}) => {
    const shown = shownIn((await get(`/join/${stream}`)).body);
    world.clock.now = new Date(world.clock.now.getTime() + 3000);
    visitors += 1;
    const event = aPageEvent('POST', `/join/${stream}`, { form: { address, shown, website: '', ...more } });
    event.requestContext.http.sourceIp = `10.${visitors >> 8}.${visitors & 255}.1`;
    return ask(event);
  };
  const link = (scope: 'confirm' | 'approve' | 'preferences', address: string, about = '') =>
    world.token({ scope, subscriber: idOf(address), about });
  return { ...world, get, post, signUp, link, person: (address: string) => world.profile(idOf(address)) };
}

describe('signing up', () => {
  it('offers the streams that take people in, and no others', async () => {
    const { get } = await aVisitor();
    const { body } = await get('/join');
    expect(body).toContain('/join/engineering-digest');
    expect(body).toContain('/join/leadership-brief');
    expect(body).not.toContain('/join/sev1-alerts');
    expect((await get('/join/sev1-alerts')).statusCode).toBe(404);
    expect((await (await aVisitor({ given: aDistribution() })).get('/join')).statusCode).toBe(404);
  });

  it('sends a stranger one mail to confirm, and subscribes nobody before the press of a button', async () => {
    const { signUp, mails, person, get, post, link, auditLines, logged } = await aVisitor();
    expect((await signUp('Ada@example.com')).body).toContain('Check your email');
    expect(mails).toEqual([{ kind: 'confirm', about: 'engineering-digest', realm: 'staff', subscriber: idOf(ada) }]);
    expect(await person(ada)).toMatchObject({ address: 'Ada@example.com', streams: {}, unconfirmed: {} });

    const confirm = `/c/${link('confirm', ada, 'engineering-digest')}`;
    expect((await get(confirm)).body).toMatch(/A…a?@example\.com/);
    expect(await person(ada)).toHaveProperty('unconfirmed');

    expect((await post(confirm)).body).toContain('You are subscribed');
    const profile = await person(ada);
    expect(profile).not.toHaveProperty('unconfirmed');
    expect(profile?.streams['engineering-digest']).toMatchObject({ on: true, consent: { way: 'signup', text: 'sign-up-1' } });
    expect((await post(confirm)).body).toContain('You are already subscribed');
    expect((await person(ada))?.revision).toBe(profile?.revision);
    expect(await auditLines()).toMatchObject([
      {
        act: 'subscription changed',
        facts: { subscriber: idOf(ada), stream: 'engineering-digest', field: 'frequency', after: 'on', way: 'sign-up' },
      },
    ]);
    expect(mails.map(({ kind }) => kind)).toEqual(['confirm', 'welcome', 'welcome']);
    expect(JSON.stringify([logged, await auditLines()])).not.toContain('@');
  });

  it('answers the same for a stranger, for somebody who gets it, who left it or is suppressed, and works as much for each', async () => {
    const streams = aProfile().streams;
    const left = { 'engineering-digest': { ...(streams['engineering-digest'] ?? expect.unreachable()), on: false } };
    const { signUp, mails, deps } = await aVisitor({
      people: [
        aProfile({ sid: idOf('gets@example.com'), address: 'gets@example.com' }),
        aProfile({ sid: idOf('left@example.com'), address: 'left@example.com', streams: left }),
        aProfile({
          sid: idOf('hurt@example.com'),
          address: 'hurt@example.com',
          suppressed: { reason: 'complaint', at: '2026-11-01T00:00:00Z' },
        }),
      ],
    });
    const work: string[] = [];
    const people = { ...deps.people };
    Object.assign(deps.people, {
      readProfiles: (...all: Parameters<typeof people.readProfiles>) => {
        work.push('read');
        return people.readProfiles(...all);
      },
      writeProfile: (...all: Parameters<typeof people.writeProfile>) => {
        work.push('write');
        return people.writeProfile(...all);
      },
    });
    const answers = [];
    const works = [];
    for (const name of ['new', 'gets', 'left', 'hurt']) {
      work.length = 0;
      const { statusCode, body, headers } = await signUp(`${name}@example.com`);
      answers.push(JSON.stringify({ statusCode, body, headers }));
      works.push(work.join());
    }
    expect(new Set(answers).size).toBe(1);
    expect(new Set(works).size).toBe(1);
    expect(mails.map(({ kind }) => kind)).toEqual(['confirm', 'already', 'confirm', 'already']);
  });

  it('says what is wrong with what was typed, and nothing more', async () => {
    const { signUp, mails } = await aVisitor();
    expect(await signUp('ada@elsewhere.example')).toMatchObject({
      statusCode: 422,
      body: expect.stringContaining('Only addresses in your organisation'),
    });
    const bad = await signUp('"><script>x');
    expect(bad).toMatchObject({ statusCode: 422, body: expect.stringContaining('This is not an email address') });
    expect(bad.body).not.toContain('<script');
    expect(await signUp('"a@example.com x"@elsewhere.example')).toMatchObject({ statusCode: 422 });
    expect(mails).toEqual([]);
  });

  it('turns robots away: who fills in what nobody sees, who is quicker than people, who has no form of ours', async () => {
    const { signUp, post, mails, person } = await aVisitor();
    expect((await signUp(ada, 'engineering-digest', { website: 'https://example.org' })).body).toContain('Check your email');
    expect(await post('/join/engineering-digest', { address: ada })).toMatchObject({ statusCode: 422 });
    expect(await signUp(ada, 'engineering-digest', { shown: 'made.up' })).toMatchObject({ statusCode: 422 });
    expect(mails).toEqual([]);
    expect(await person(ada)).toBeUndefined();
  });

  it('sends an address three mails a day and answers on as before', async () => {
    const { signUp, mails } = await aVisitor();
    const answers = [];
    for (let n = 0; n < 6; n += 1) answers.push((await signUp(ada)).body);
    expect(mails).toHaveLength(3);
    expect(new Set(answers).size).toBe(1);
  });
});

describe('a link to confirm', () => {
  it('opens nothing when it is late, another person’s, of another kind or about a stream that takes nobody in', async () => {
    const { signUp, link, get, post, clock, person } = await aVisitor();
    await signUp(ada);
    const good = link('confirm', ada, 'engineering-digest');
    const bodies = new Set<string | undefined>();
    for (const token of [
      `${good}x`,
      link('confirm', ada, 'sev1-alerts'),
      link('preferences', ada),
      link('confirm', 'bob@example.com', 'engineering-digest'),
    ]) {
      bodies.add((await get(`/c/${token}`)).body);
      bodies.add((await post(`/c/${token}`)).body);
    }
    clock.now = new Date('2026-12-01T10:00:00Z');
    bodies.add((await post(`/c/${good}`)).body);
    expect(bodies.size).toBe(1);
    expect((await person(ada))?.streams).toEqual({});
  });

  it('is not pressed from another page', async () => {
    const { signUp, link, post, person } = await aVisitor();
    await signUp(ada);
    const answer = await post(`/c/${link('confirm', ada, 'engineering-digest')}`, {}, { 'sec-fetch-site': 'cross-site' });
    expect(answer.statusCode).toBe(403);
    expect(await person(ada)).toHaveProperty('unconfirmed');
  });

  it('pressed by many at once subscribes once', async () => {
    const { signUp, link, post, auditLines, table } = await aVisitor();
    await signUp(ada);
    const confirm = `/c/${link('confirm', ada, 'engineering-digest')}`;
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(confirm)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(await auditLines()).toHaveLength(1);
    expect((await table.query(`STREAM#engineering-digest#default#${idOf(ada).slice(0, 1)}`)).items).toHaveLength(1);
  });
});

describe('a stream with an owner', () => {
  const asked = async (people: ReturnType<typeof aProfile>[] = []) => {
    const world = await aVisitor({ people });
    await world.signUp(ada, 'leadership-brief');
    const confirm = `/c/${world.link('confirm', ada, 'leadership-brief')}`;
    expect((await world.post(confirm)).body).toContain('Waiting for approval');
    const { about } = world.mails.find(({ kind }) => kind === 'approval') ?? expect.unreachable();
    return { ...world, confirm, about, approve: `/a/${world.link('approve', owner, about)}` };
  };

  it('asks the owner by a mail that names nobody, who lets people in with one press; both are told', async () => {
    const { person, mails, get, post, approve, about, auditLines } = await asked();
    expect(mails.slice(1)).toEqual([{ kind: 'approval', about, realm: 'staff', subscriber: idOf(owner) }]);
    expect(about).not.toContain(idOf(ada));
    expect(await person(owner)).toMatchObject({ address: owner, streams: {} });
    expect(await person(ada)).toMatchObject({ streams: {}, unconfirmed: {} });

    expect((await get(approve)).body).toContain(ada);
    expect(await person(ada)).toHaveProperty('unconfirmed');
    expect((await post(approve)).body).toContain('sent you a receipt');
    expect((await person(ada))?.streams['leadership-brief']).toMatchObject({ on: true, consent: { way: 'signup' } });
    expect(mails.slice(2)).toEqual([
      { kind: 'welcome', about: 'leadership-brief', realm: 'staff', subscriber: idOf(ada) },
      { kind: 'joined', about, realm: 'staff', subscriber: idOf(owner) },
    ]);
    expect(await auditLines()).toMatchObject([
      {
        who: idOf(owner),
        act: 'subscription changed',
        facts: { subscriber: idOf(ada), stream: 'leadership-brief', field: 'frequency', after: 'on', way: 'approval' },
      },
    ]);
  });

  it.each(['add', 'move'] as const)('asks nobody at the address of an owner who is gone: %s', async (mark) => {
    const { signUp, post, link, mails, person, deps } = await aVisitor();
    await deps.erasing.forgotten[mark](suppressionHash(idOf(owner), 'suppression'), '2026-11-22T10:00:00Z');
    await signUp(ada, 'leadership-brief');
    expect((await post(`/c/${link('confirm', ada, 'leadership-brief')}`)).statusCode).toBe(404);
    expect(mails.map(({ kind }) => kind)).toEqual(['confirm']);
    expect(await person(owner)).toBeUndefined();
  });

  it('is one request, however often the link is pressed, and good for one entry', async () => {
    const { post, confirm, approve, mails, about, person, deps } = await asked();
    await post(confirm);
    expect(mails.filter(({ kind }) => kind === 'approval').map((mail) => mail.about)).toEqual([about, about]);
    await post(approve);
    const profile = (await person(ada)) ?? expect.unreachable();
    const settings = profile.streams['leadership-brief'] ?? expect.unreachable();
    await deps.people.writeProfile(
      { ...profile, streams: { 'leadership-brief': { ...settings, on: false } }, revision: profile.revision + 1 },
      profile.revision,
    );
    expect((await post(approve)).body).toContain('Approved');
    expect((await person(ada))?.streams['leadership-brief']?.on).toBe(false);
  });

  it('lets in nobody by the link of who owns it no more, nor by one about another request', async () => {
    const { post, link, about, person, approve, deps } = await asked([
      aProfile({ sid: idOf('eve@example.com'), address: 'eve@example.com' }),
    ]);
    for (const token of [
      link('approve', 'eve@example.com', about),
      link('approve', owner, `leadership-brief_${'0'.repeat(32)}`),
      link('approve', owner, ''),
    ]) {
      expect((await post(`/a/${token}`)).statusCode).toBe(404);
    }
    const changed = aDistribution({ streams: { 'leadership-brief': { schedule, signUp: 'approval', owner: 'eve@example.com' } } });
    Object.assign(deps, { distribution: async () => changed });
    expect((await post(approve)).statusCode).toBe(404);
    expect(await person(ada)).toHaveProperty('unconfirmed');
  });
});
