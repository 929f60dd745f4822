import { describe, expect, it } from 'vitest';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const since = { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };
const ada = aProfile({ sid: aSid(1), address: 'ada@example.com', streams: { 'engineering-digest': since, 'sev1-alerts': since } });
const oneClick = { 'List-Unsubscribe': 'One-Click' };

async function aLeaver({ person = ada, stream = 'engineering-digest', distribution = aDistribution() } = {}) {
  const world = await aWebWorld(await freshTable(), { people: [person], distribution });
  const ask = world.serve(pageRoutes(world.deps));
  const link = `/u/${world.token({ scope: 'unsubscribe', subscriber: person.sid, about: stream })}`;
  return {
    ...world,
    ask,
    link,
    get: () => ask(aPageEvent('GET', link)),
    press: (form: Record<string, string>, headers = {}) => ask(aPageEvent('POST', link, { form, headers })),
    isOn: async (name: 'engineering-digest' | 'sev1-alerts' = 'engineering-digest') => (await world.profile(person.sid))?.streams[name]?.on,
    acts: async () => (await world.auditLines()).map(({ act, facts }) => ({ act, ...(facts as object) })),
  };
}

describe('the link of a mail', () => {
  it('F23: opens a page that names the stream and changes nothing', async () => {
    const { get, ask, link, profile } = await aLeaver();
    const before = await profile(ada.sid);

    expect(await get()).toMatchObject({ statusCode: 200, body: expect.stringContaining('Stop getting Engineering digest?') });
    for (const method of ['HEAD', 'OPTIONS', 'PUT', 'DELETE']) await ask(aPageEvent(method, link));
    await ask(aPageEvent('GET', `${link}?press=leave&List-Unsubscribe=One-Click`));
    expect(await profile(ada.sid)).toEqual(before);
  });

  it('leaves with one press, and comes back with another as if nothing had been', async () => {
    const { press, isOn, profile } = await aLeaver();

    expect((await press({ press: 'leave' })).body).toContain('You no longer get Engineering digest');
    expect([await isOn(), await isOn('sev1-alerts')]).toEqual([false, true]);
    expect((await press({ press: 'undo' })).body).toContain('with the same settings as before');
    expect((await profile(ada.sid))?.streams['engineering-digest']).toMatchObject({ on: true, since: since.since });
  });

  it.each([
    ['week', {}, '2026-11-29T23:00:00Z'],
    ['month', {}, '2026-12-22T23:00:00Z'],
    ['until', { until: '2026-12-24' }, '2026-12-23T23:00:00Z'],
  ])('keeps it and pauses instead: %s', async (press, more, until) => {
    const leaver = await aLeaver();
    await leaver.press({ press: 'leave' });

    expect((await leaver.press({ press, ...more })).body).toContain('Your mail is paused until');
    expect(await leaver.profile(ada.sid)).toMatchObject({ snoozedUntil: until, streams: { 'engineering-digest': { on: true } } });
    await leaver.press({ press: 'resume' });
    expect((await leaver.profile(ada.sid))?.snoozedUntil).toBeUndefined();
  });

  it('keeps it and gets it monthly instead, where that is offered', async () => {
    const digest = await aLeaver();
    await digest.press({ press: 'leave' });
    expect((await digest.press({ press: 'monthly' })).body).toContain('monthly');
    expect((await digest.profile(ada.sid))?.streams['engineering-digest']?.slots.at(-1)?.slot).toBe('monthly');

    const alerts = await aLeaver({ stream: 'sev1-alerts' });
    expect((await alerts.press({ press: 'leave' })).body).not.toContain('Once a month');
    expect(await alerts.press({ press: 'monthly' })).toMatchObject({ statusCode: 400 });
  });

  it.each([
    ['a day that has been', { press: 'until', until: '2026-11-01' }],
    ['no day', { press: 'until', until: '' }],
    ['what is no day', { press: 'until', until: '<b>' }],
  ])('says so where a pause is to end on %s', async (_, form) => {
    const { press, profile } = await aLeaver();

    expect((await press(form)).body).toContain('role="alert"');
    expect((await profile(ada.sid))?.snoozedUntil).toBeUndefined();
  });

  it('F23: changes nothing for a button that the page does not have', async () => {
    const { press, isOn } = await aLeaver();

    expect(await press({ press: 'everything' })).toMatchObject({ statusCode: 400 });
    expect(await isOn()).toBe(true);
  });
});

describe('F23: the one-click of a mail client', () => {
  const multipart = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';

  it.each([
    ['form-encoded', { form: oneClick }],
    ['multipart', { body: multipart, headers: { 'content-type': 'multipart/form-data; boundary=b' } }],
    ['from another site', { form: oneClick, headers: { origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' } }],
  ])('is 200 and nothing else, %s', async (_, sent) => {
    const { ask, link, isOn, acts } = await aLeaver();
    const answer = await ask(aPageEvent('POST', link, sent));

    expect(answer).toMatchObject({ statusCode: 200, body: '' });
    expect(Object.keys(answer.headers ?? {}).map((name) => name.toLowerCase())).not.toEqual(expect.arrayContaining(['location']));
    expect(answer.cookies).toBeUndefined();
    expect(await isOn()).toBe(false);
    expect(await acts()).toEqual([
      {
        act: 'subscription changed',
        subscriber: ada.sid,
        stream: 'engineering-digest',
        field: 'frequency',
        after: 'off',
        way: 'one-click',
      },
    ]);
  });

  it('a hundred at once change one thing once, and leave one line', async () => {
    const { press, profile, acts } = await aLeaver();
    const answers = await Promise.all(Array.from({ length: 100 }, () => press(oneClick)));

    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect((await profile(ada.sid))?.revision).toBe(2);
    expect(await acts()).toHaveLength(1);
  });

  it('believes the path and no token in the body', async () => {
    const grace = aProfile({ sid: aSid(2), address: 'grace@example.com' });
    const world = await aWebWorld(await freshTable(), { people: [ada, grace] });
    const ask = world.serve(pageRoutes(world.deps));
    const link = (sid: string) => world.token({ scope: 'unsubscribe', subscriber: sid, about: 'engineering-digest' });
    await ask(aPageEvent('POST', `/u/${link(ada.sid)}`, { form: { ...oneClick, token: link(grace.sid), subscriber: grace.sid } }));

    expect((await world.profile(ada.sid))?.streams['engineering-digest']?.on).toBe(false);
    expect((await world.profile(grace.sid))?.streams['engineering-digest']?.on).toBe(true);
  });
});

it('says why who is named cannot leave, and leaves them where they are', async () => {
  const distribution = aDistribution({ teams: [{ name: 'Payments', deputies: ['Ada@example.com'] }] });
  const { get, press, isOn } = await aLeaver({ stream: 'sev1-alerts', distribution });

  expect((await get()).body).toContain('you are a deputy for Payments');
  expect(await press(oneClick)).toMatchObject({ statusCode: 403, body: '' });
  await press({ press: 'leave' });
  expect(await isOn('sev1-alerts')).toBe(true);
});

it('logs nobody, and audits no address', async () => {
  const { press, logged, acts, link } = await aLeaver();
  await press({ press: 'leave' });
  const said = JSON.stringify([logged, await acts()]);

  expect(said).not.toContain('ada@');
  expect(said).not.toContain(link.slice(3));
});

it('says goodbye by one mail to who leaves, whichever way, and to nobody who changes something else', async () => {
  const goodbye = { kind: 'goodbye', about: 'engineering-digest', realm: 'staff', subscriber: ada.sid };
  for (const form of [oneClick, { press: 'leave' }]) {
    const { press, mails } = await aLeaver();
    await press({ press: 'week' });
    await press({ press: 'resume' });
    expect(mails).toEqual([]);
    await press(form);
    await press(form);
    expect(mails).toEqual([goodbye]);
    await press({ press: 'undo' });
    expect(mails).toEqual([goodbye]);
  }
});
