/** What a stranger can do with the link to somebody's choices, which each mail to staff has. */
import { describe, expect, it } from 'vitest';
import { formProof, readSessionText } from '../../../core/access/session.ts';
import { reasonToSkip } from '../../../core/delivery/skip-reason.ts';
import { mandatoryReaders } from '../../../core/edition/mandatory-readers.ts';
import { subscriberId } from '../../../core/subscriber/subscriber-id.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { anEdition, aProfile } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const since = { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };
const person = (name: string) => {
  const address = `${name}@example.com`;
  const sid = subscriberId('staff', { normalised: address }, 'identity');
  return aProfile({ sid, address, streams: { 'engineering-digest': since, 'sev1-alerts': since } });
};
const [ada, bob, grace] = [person('ada'), person('bob'), person('grace')];
/** Ada has to get the alerts. */
const distribution = aDistribution({ teams: [{ name: 'Payments', deputies: ['ada@example.com'] }] });
const proofOf = (session: string) => formProof({ hash: readSessionText(session)?.hash ?? '' });

/** A form that a page had filled with these for the alerts, and what was written over it. */
const alerts = (shown: Record<string, string>, sent: Record<string, string>) => {
  const fields = { frequency: 'on', weekday: '', hour: '', follow: [], leaveOut: [], least: '', delegate: '', delegateUntil: '', ...shown };
  const page = { zone: 'Europe/Berlin', pausedUntil: '', tracking: 'on', format: 'html', streams: { 'sev1-alerts': fields } };
  const over = Object.entries(sent).map(([name, value]) => [name.startsWith('delegate') ? `sev1-alerts.${name}` : name, value]);
  return { shown: JSON.stringify(page), ...Object.fromEntries(over), press: 'save' };
};
const naming = (name: string) => alerts({}, { delegate: `${name}@example.com`, delegateUntil: '2026-12-20' });

async function aHouse() {
  const world = await aWebWorld(await freshTable(), { people: [ada, bob, grace], distribution });
  const ask = world.serve(pageRoutes(world.deps));
  const link = `/p/${world.token({ scope: 'preferences', subscriber: ada.sid })}`;
  const get = (url: string, session?: string) => ask(aPageEvent('GET', url, { session }));
  const led = async (url: string, session?: string) => String((await get(url, session)).headers?.location);
  const post = (url: string, form: Record<string, string>, session?: string) => ask(aPageEvent('POST', url, { form, session }));
  const later = (ms: number) => {
    world.clock.now = new Date(world.clock.now.getTime() + ms);
  };
  return { ...world, ask, link, get, led, post, later, ada: () => world.profile(ada.sid) };
}

describe('the link that a session gives', () => {
  it('copied from a tab or a history: it is valid for an hour', async () => {
    const { get, led, begin, later } = await aHouse();
    const session = await begin(ada.sid);
    expect((await get('/', session)).body).not.toContain('/p/v1');
    const link = await led('/preferences', session);
    expect(link).toMatch(/^\/p\/v1\.[\w.-]+$/);
    later(59 * 60_000);
    expect((await get(link)).statusCode).toBe(200);
    later(2 * 60_000);
    expect((await get(link)).statusCode).toBe(410);
  });

  it('is its own person’s, leads to no other page, and comes to nobody without a session', async () => {
    const { get, led, begin } = await aHouse();
    const session = await begin(bob.sid);
    expect((await get(await led('/preferences', session))).body).toContain('b…@example.com');
    expect(await led('/preferences?go=erase', session)).toMatch(/\/erase$/);
    expect(await led('/preferences?go=//evil.example', session)).toMatch(/^\/p\/v1\.[\w.-]+$/);
    expect(await led('/preferences?go=erase')).toBe('/sign-in?to=%2Fpreferences%3Fgo%3Derase');
  });
});

describe('a delegate', () => {
  const named = async (house: Awaited<ReturnType<typeof aHouse>>) => {
    const session = await house.begin(ada.sid);
    const answer = await house.post(house.link, { ...naming('grace'), proof: proofOf(session) }, session);
    expect(answer.statusCode).toBe(200);
    return session;
  };
  const delegate = async ({ ada }: Awaited<ReturnType<typeof aHouse>>) => (await ada())?.streams['sev1-alerts']?.delegate;

  it('named by a stranger, to read the holder’s alerts: is refused, whatever they bring along', async () => {
    const house = await aHouse();
    const { get, post, link, begin } = house;
    const before = await house.ada();
    const [bobs, adas] = [await begin(bob.sid), await begin(ada.sid)];
    const { body } = await get(link);
    expect(body).toContain('<a href="/sign-in?to=%2Fpreferences">Sign in to name a delegate</a>');
    expect(body).not.toContain('name="sev1-alerts.delegate"');
    const answers = [
      await post(link, naming('bob')),
      await post(link, naming('bob'), bobs),
      await post(link, { ...naming('bob'), proof: proofOf(bobs) }, bobs),
      await post(link, { ...naming('bob'), proof: proofOf(adas) }),
      await post(link, { ...naming('bob'), proof: proofOf(bobs) }, adas),
      await post(link, naming('bob'), adas),
      await post(link, { ...naming('bob'), pausedUntil: '2026-12-20' }),
      await post(link, {
        ...naming('bob'),
        shown: naming('bob').shown,
        before: naming('x').shown.replace('"delegate":""', '"delegate":"bob@example.com"'),
        press: 'undo',
      }),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 403));
    expect(await house.ada()).toEqual(before);
    expect((await house.profile(bob.sid))?.streams['sev1-alerts']).not.toHaveProperty('lentBy');
  });

  it('asked for to learn who is on the list: every address gets the same bytes', async () => {
    const { post, link } = await aHouse();
    const answers = await Promise.all(['bob', 'ada', 'nobody', 'no address'].map((name) => post(link, naming(name))));

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.body).not.toMatch(/example\.com|\/p\/v1/);
  });

  it('is named by its holder, signed in, and the audit log says who and that a session did it', async () => {
    const house = await aHouse();
    await named(house);
    expect(await delegate(house)).toMatchObject({ sid: grace.sid });
    expect(await house.auditLines()).toMatchObject([
      {
        who: 'reader',
        act: 'subscription changed',
        facts: { subscriber: ada.sid, field: 'delegate', delegate: grace.sid, way: 'session' },
      },
    ]);
  });

  it('kept for longer, or changed, by a stranger: is refused, and their address is not shown', async () => {
    const house = await aHouse();
    await named(house);
    const stands = { delegate: 'g…e@example.com', delegateUntil: '2026-12-20' };
    const { body } = await house.get(house.link);
    expect(body).toContain('g…e@example.com');
    expect(body).not.toContain('grace@example.com');
    for (const sent of [
      { delegateUntil: '2027-06-01' },
      { delegate: 'bob@example.com' },
      { delegate: ' bob@example.com', delegateUntil: '' },
    ])
      expect((await house.post(house.link, alerts(stands, sent))).statusCode).toBe(403);
    expect(await delegate(house)).toMatchObject({ sid: grace.sid, until: expect.stringContaining('2026-12-19') });
  });

  it('is ended by the link alone, and not brought back by it', async () => {
    const house = await aHouse();
    await named(house);
    const stands = { delegate: 'g…e@example.com', delegateUntil: '2026-12-20' };
    const { body } = await house.post(house.link, alerts(stands, { delegateUntil: '', format: 'text', general: '1' }));
    expect(body).toContain('You no longer have a delegate');
    expect(await delegate(house)).toBeUndefined();
    const [, undo = ''] = /name="before" value="([^"]*)"/.exec(body ?? '') ?? [];
    const [, after = ''] = /name="shown" value="([^"]*)"/.exec(body ?? '') ?? [];
    const plain = (text: string) => text.replaceAll('&quot;', '"');
    expect((await house.post(house.link, { press: 'undo', shown: plain(after), before: plain(undo) })).body).toContain('<b>Saved.</b>');
    expect((await house.ada())?.format).toBeUndefined();
    expect(await delegate(house)).toBeUndefined();
  });

  it('pausing somebody’s mail to silence their alerts: a pause leaves what they have to get, until they named a delegate', async () => {
    const house = await aHouse();
    const mandatory = mandatoryReaders(distribution, 'sev1-alerts');
    const edition = anEdition({ stream: 'sev1-alerts', cutoff: '2026-11-23T10:00:00Z', ...(mandatory && { mandatory }) });
    const facts = { recalled: false, superseded: false };
    const skipped = async () => reasonToSkip(edition, 'default', await house.ada(), facts, house.clock.now);
    const pause = { pausedUntil: '2026-12-20' };

    expect((await house.post(house.link, { ...naming('bob'), ...pause })).statusCode).toBe(403);
    expect((await house.post(house.link, alerts({}, pause))).statusCode).toBe(200);
    expect((await house.ada())?.snoozedUntil).toBeDefined();
    expect(await skipped()).toBeUndefined();
    await named(house);
    expect(await skipped()).toBe('snoozed');
  });
});

describe('what is stored about somebody, and its end', () => {
  it.each([
    ['data', 'to see what is stored about you'],
    ['erase', 'to erase yourself'],
  ])('%s, by a stranger: asks to sign in, and leads back', async (part, words) => {
    const { get, post, link, begin, ada: person, auditLines } = await aHouse();
    const before = await person();
    const url = `${link}/${part}`;
    const [bobs, adas] = [await begin(bob.sid), await begin(ada.sid)];
    const answers = [await get(url), await get(url, bobs)];
    if (part === 'erase')
      answers.push(
        await post(url, { press: 'erase' }),
        await post(url, { press: 'erase', proof: proofOf(bobs) }, bobs),
        await post(url, { press: 'erase', proof: proofOf(adas) }),
        await post(url, { press: 'erase' }, adas),
      );

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ statusCode: 403, body: expect.stringContaining(`Sign in ${words}`) });
    expect(answers[0]?.body).toContain(`href="/sign-in?to=%2Fpreferences%3Fgo%3D${part}"`);
    expect(answers[0]?.body).not.toContain('example.com');
    expect(await person()).toEqual(before);
    expect(await auditLines()).toEqual([]);
    expect((await get(url, adas)).statusCode).toBe(200);
  });
});

describe('making older links invalid', () => {
  it.each([true, false])('to keep the only link that works: the new one is mailed and not shown (signed in: %s)', async (isSignedIn) => {
    const { post, link, begin, mails } = await aHouse();
    const { statusCode, body } = await post(link, { press: 'renew' }, isSignedIn ? await begin(ada.sid) : undefined);

    expect(statusCode).toBe(200);
    expect(body).not.toMatch(/v1\./);
    expect(body).toContain('A new link is on its way to your own address.');
    expect(mails).toEqual([{ kind: 'new-link', realm: 'staff', subscriber: ada.sid, about: 'renewed' }]);
  });
});
