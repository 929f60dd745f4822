import { expect, it } from 'vitest';
import { dynamoSuppressionList } from '../../../adapters/dynamodb/profile-store.ts';
import { formProof, readSessionText } from '../../../core/access/session.ts';
import { suppressionHash } from '../../../core/subscriber/subscriber-id.ts';
import { erasePage } from '../../../lambdas/web/pages/erase.tsx';
import { ownDataPage } from '../../../lambdas/web/pages/own-data.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { aPageEvent, aWebWorld, buttonOf } from '../../support/web.ts';

const freshTable = oneEngine();
const ada = aProfile({ sid: aSid(1), address: 'ada@example.com', name: 'Ada' });

async function aReader() {
  const world = await aWebWorld(await freshTable(), { people: [ada, aProfile({ sid: aSid(2) })] });
  const ask = world.serve([erasePage(world.deps), ownDataPage(world.deps)]);
  const link = world.token({ scope: 'preferences', subscriber: ada.sid });
  const session = await world.begin(ada.sid);
  const proof = formProof({ hash: readSessionText(session)?.hash ?? '' });
  const send = (method: string, path: string) =>
    ask(aPageEvent(method, path, { session, ...(method === 'POST' && { form: { ...buttonOf(path), proof } }) }));
  return { ...world, ask, link, send };
}

it('downloads what is stored about the holder of the link, as a file, and leaves a line in the audit log', async () => {
  const { send, link, auditLines } = await aReader();
  const { statusCode, headers, body = '' } = await send('GET', `/p/${link}/data`);
  expect(statusCode).toBe(200);
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'content-disposition': expect.stringContaining('attachment') });
  expect(JSON.parse(body)).toMatchObject({ profile: { address: 'ada@example.com', name: 'Ada' }, mails: [], acts: [] });
  expect(body).not.toContain(aSid(2));
  expect((await send('HEAD', `/p/${link}/data`)).body).toBe('');
  expect(await auditLines()).toMatchObject([
    { who: 'reader', act: 'person exported', facts: { subscriber: ada.sid, realm: 'staff', way: 'session' } },
  ]);
});

it('erases on a press and on nothing else, says so also to who presses twice, and keeps a mark that tells nobody who it was', async () => {
  const { ask, send, link, profile, auditLines, table, logged } = await aReader();
  const erase = `/p/${link}/erase`;
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']) await send(method, erase);
  expect((await send('GET', erase)).body).toMatch(/a…a?@example\.com/);
  expect(await profile(ada.sid)).toBeDefined();

  for (const form of [{}, { press: 'other' }, { 'List-Unsubscribe': 'One-Click' }])
    expect(await ask(aPageEvent('POST', erase, { form }))).toMatchObject({ statusCode: 400 });
  expect((await send('POST', erase)).body).toContain('You are erased');
  expect(await profile(ada.sid)).toBeUndefined();
  expect((await table.query(`STREAM#engineering-digest#default#${ada.sid.slice(0, 1)}`)).items.map(({ sk }) => sk)).not.toContain(ada.sid);
  expect((await send('POST', erase)).body).toContain('You are erased');
  expect((await send('GET', `/p/${link}/data`)).statusCode).toBe(404);
  const hash = suppressionHash(ada.sid, 'suppression');
  expect((await dynamoSuppressionList(table).listed([hash])).size).toBe(1);
  expect(await auditLines()).toMatchObject([{ who: 'reader', act: 'person erased', facts: { realm: 'staff', way: 'session' } }]);
  expect(JSON.stringify([await auditLines(), logged])).not.toMatch(new RegExp(`@|${ada.sid}`));
  expect(await profile(aSid(2))).toBeDefined();
});

it('does neither by a link of another kind or of before a change of links', async () => {
  const { send, token, profile } = await aReader();
  const bad = [
    token({ scope: 'unsubscribe', subscriber: ada.sid, about: 'engineering-digest' }),
    token({ scope: 'preferences', subscriber: ada.sid, generation: 1 }),
    token({ scope: 'preferences', subscriber: aSid(3) }),
    token({ scope: 'preferences', subscriber: ada.sid, issuedAt: Date.parse('2026-08-01T00:00:00Z') / 1000 }),
  ];
  const answers = new Set<string>();
  for (const link of bad)
    for (const [method, path] of [
      ['GET', 'data'],
      ['GET', 'erase'],
      ['POST', 'erase'],
    ] as const) {
      const { statusCode, body } = await send(method, `/p/${link}/${path}`);
      answers.add(`${statusCode} ${body}`);
    }
  expect(answers.size).toBe(1);
  expect(await profile(ada.sid)).toBeDefined();
});
