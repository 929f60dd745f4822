import { describe, expect, it } from 'vitest';
import { dynamoForgottenList } from '../../../adapters/dynamodb/erasure-store.ts';
import { dynamoSuppressionList } from '../../../adapters/dynamodb/profile-store.ts';
import { formProof, readSessionText } from '../../../core/access/session.ts';
import type { TokenScope } from '../../../core/access/token.ts';
import { importPeople } from '../../../core/people/import-people.ts';
import { suppressionHash } from '../../../core/subscriber/subscriber-id.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile } from '../../support/delivery.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { idOf, openHouse, owner, shownIn } from '../../support/sign-up.ts';
import { aPageEvent, aWebWorld, buttonOf } from '../../support/web.ts';

const freshTable = oneEngine();
const ada = 'ada@example.com';

async function aStage(people = [aProfile({ sid: idOf(ada), address: ada })]) {
  const world = await aWebWorld(await freshTable(), { people, distribution: openHouse });
  const ask = world.serve(pageRoutes(world.deps));
  const get = (url: string, session?: string) => ask(aPageEvent('GET', url, { session }));
  const post = (url: string, form: Record<string, string> = buttonOf(url), session?: string) =>
    ask(aPageEvent('POST', url, { form, session }));
  const later = (seconds: number) => {
    world.clock.now = new Date(world.clock.now.getTime() + seconds * 1000);
  };
  const person = (address = ada) => world.profile(idOf(address));
  /** Signed now, for whoever has this address now. */
  const link = async (scope: TokenScope, about = '', address = ada) =>
    world.token({ scope, about, subscriber: idOf(address), generation: (await person(address))?.generation ?? 0 });
  /** What anybody can do who knows an address. */
  const typeIn = async (address = ada, stream = 'engineering-digest') => {
    const shown = shownIn((await get(`/join/${stream}`)).body);
    later(3);
    return post(`/join/${stream}`, { address, shown, website: '' });
  };
  const erase = async () => {
    const session = await world.begin(idOf(ada));
    const proof = formProof({ hash: readSessionText(session)?.hash ?? '' });
    return post(`/p/${await link('preferences')}/erase`, { press: 'erase', proof }, session);
  };
  const confirm = async (stream = 'engineering-digest') => post(`/c/${await link('confirm', stream)}`);
  return { ...world, get, post, later, person, link, typeIn, erase, confirm };
}

const everyLink = async (link: Awaited<ReturnType<typeof aStage>>['link']) => [
  `/p/${await link('preferences')}`,
  `/u/${await link('unsubscribe', 'engineering-digest')}`,
  `/r/${await link('read', 'engineering-digest_2026-W47')}`,
  `/feed/${await link('feed', 'engineering')}`,
];
/** What a link opens together with a session of the same person. */
const everyLinkSignedIn = async (link: Awaited<ReturnType<typeof aStage>>['link']) => [
  `/p/${await link('preferences')}/data`,
  `/p/${await link('preferences')}/erase`,
];

describe('links of before an erasure', () => {
  it('open nothing for whoever comes to have the id again, unconfirmed or confirmed', async () => {
    const { get, post, later, link, typeIn, erase, confirm, person, begin } = await aStage();
    const signedIn = await everyLinkSignedIn(link);
    const session = await begin(idOf(ada));
    for (const url of signedIn) expect((await get(url, session)).statusCode, url).toBe(200);
    const alone = await everyLink(link);
    for (const url of alone) expect((await get(url)).statusCode, url).toBe(200);
    const stolen = [...alone, ...signedIn];
    later(60);
    await post(`/p/${await link('preferences')}`, { press: 'renew' });
    const renewed = await everyLink(link);
    later(60);
    expect((await erase()).body).toContain('You are erased');
    later(60);
    await typeIn();
    expect(await person()).toHaveProperty('unconfirmed');
    for (const url of [...stolen, ...renewed]) {
      expect((await get(url)).statusCode, url).toBe(404);
      expect((await post(url, { press: 'leave' })).statusCode, url).not.toBe(200);
    }
    await confirm();
    expect((await person())?.streams['engineering-digest']?.on).toBe(true);
    for (const url of [...stolen, ...renewed]) expect((await get(url)).statusCode, url).toBe(404);
    for (const url of await everyLink(link)) expect((await get(url)).statusCode, url).toBe(200);
  });

  it('nor for whoever is imported at an address that somebody else had', async () => {
    const { get, link, deps, clock } = await aStage([]);
    const stolen = await everyLink(link);
    const secrets = { identity: 'identity', suppression: 'suppression' };
    const now = () => clock.now.toISOString();
    await importPeople([{ line: 2, address: ada, streams: 'engineering-digest' }], openHouse, { ...deps, secrets, now });
    for (const url of stolen) expect((await get(url)).statusCode, url).toBe(404);
    for (const url of await everyLink(link)) expect((await get(url)).statusCode, url).toBe(200);
  });
});

it('whoever has not confirmed opens the page that confirms, and nothing else', async () => {
  const { get, post, link, typeIn, mails } = await aStage([]);
  await typeIn();
  expect((await get(`/c/${await link('confirm', 'engineering-digest')}`)).statusCode).toBe(200);
  for (const url of await everyLink(link)) expect((await get(url)).statusCode, url).toBe(404);
  await post('/new-link', { address: ada });
  expect(mails.map(({ kind }) => kind)).toEqual(['confirm']);
});

describe('a request to join', () => {
  const asked = async () => {
    const stage = await aStage([aProfile({ sid: idOf(owner), address: owner })]);
    await stage.typeIn(ada, 'leadership-brief');
    await stage.confirm('leadership-brief');
    const about = stage.mails.find(({ kind }) => kind === 'approval')?.about ?? expect.unreachable();
    return { ...stage, approve: `/a/${await stage.link('approve', about, owner)}` };
  };

  it('ends with the erasure of who asked', async () => {
    const { get, post, approve, deps, later, typeIn, person, mails } = await asked();
    expect((await get(approve)).statusCode).toBe(200);
    later(60);
    // Not confirmed, they hold no link that erases: an operator does it.
    const { erasePerson } = await import('../../../core/rights/erase-person.ts');
    const now = () => deps.now().toISOString();
    await erasePerson({ realm: 'staff', sid: idOf(ada) }, { hash: suppressionHash(idOf(ada), 'suppression') }, { ...deps.erasing, now });
    later(60);
    await typeIn();
    mails.length = 0;
    expect((await get(approve)).statusCode).toBe(404);
    expect((await post(approve)).statusCode).toBe(404);
    expect(await person()).toMatchObject({ streams: {}, unconfirmed: {} });
    expect(mails).toEqual([]);
  });

  it('is answered where nothing came in between', async () => {
    const { post, approve, later, person } = await asked();
    later(3 * 24 * 3600);
    expect((await post(approve)).body).toContain('Approved');
    expect(await person()).toMatchObject({ grants: { 'leadership-brief': { way: 'approval' } } });
    expect(await person()).not.toHaveProperty('unconfirmed');
  });
});

describe('what speaks against mailing an address', () => {
  const at = '2026-11-20T10:00:00Z';
  it.each(['complaint', 'permanent bounce'])('outlives the erasure, also for mails that answer: %s', async (reason) => {
    const { erase, typeIn, later, person, table } = await aStage([aProfile({ sid: idOf(ada), address: ada, suppressed: { reason, at } })]);
    await erase();
    expect(await person()).toBeUndefined();
    later(3600);
    await typeIn();
    expect(await person()).toMatchObject({ unconfirmed: {}, suppressed: { reason, at } });
    const kept = await table.query(`SUPPRESSED#${suppressionHash(idOf(ada), 'suppression').slice(0, 1)}`);
    expect(JSON.stringify(kept.items)).not.toMatch(new RegExp(`@|${idOf(ada)}`));
  });

  it('is forgotten where the mailbox turned mail away for a time', async () => {
    const { erase, typeIn, later, person } = await aStage([
      aProfile({ sid: idOf(ada), address: ada, suppressed: { reason: 'transient bounces', at } }),
    ]);
    await erase();
    later(3600);
    await typeIn();
    expect(await person()).not.toHaveProperty('suppressed');
  });

  it('is no erasure: an import takes them, and mails them no more than before', async () => {
    const { deps, clock, table, person } = await aStage([]);
    await dynamoForgottenList(table).refuse(suppressionHash(idOf(ada), 'suppression'), { reason: 'complaint', at });
    const secrets = { identity: 'identity', suppression: 'suppression' };
    const now = () => clock.now.toISOString();
    const suppressed = dynamoSuppressionList(table);
    const lines = [{ line: 2, address: ada, streams: 'engineering-digest' }];
    expect(await importPeople(lines, openHouse, { ...deps, suppressed, secrets, now })).toMatchObject({ added: 1, refused: [] });
    expect(await person()).toMatchObject({ suppressed: { reason: 'complaint', at } });
  });
});
