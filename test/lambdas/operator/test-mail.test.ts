import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { dynamoTestDrafts } from '../../../adapters/dynamodb/test-drafts.ts';
import { EditionMessage, occasionOf } from '../../../lambdas/shared/occasion.ts';
import { aSid } from '../../support/delivery.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const freshTable = oneEngine();
const request = { stream: 'engineering-digest', to: 'ada@example.com' };

it('sends a test mail for keys that may send and see people, and audits each without an address', async () => {
  let asked = 0;
  const test = async () => {
    asked += 1;
    return { edition: 'service_test_x', shows: 'engineering-digest_2026-W48', subject: 'Test: s', existed: asked > 1, subscriber: aSid(1) };
  };
  const { ask, audit, keyWith } = await anOperator(await freshTable(), { test });
  await keyWith('send');
  await keyWith('people');

  expect(await ask('POST', '/operator/test', request, 'send')).toMatchObject({ status: 403 });
  expect(await ask('POST', '/operator/test', request, 'people')).toMatchObject({ status: 403 });
  expect(await ask('POST', '/operator/test', { ...request, as: 'ada@example.com' })).toMatchObject({ status: 422 });
  expect(asked).toBe(0);
  expect(await ask('POST', '/operator/test', request)).toEqual({
    status: 202,
    body: { edition: 'service_test_x', shows: 'engineering-digest_2026-W48', subject: 'Test: s', existed: false },
  });
  expect(await ask('POST', '/operator/test', request)).toMatchObject({ status: 202, body: { existed: true } });
  const lines = await audit();
  expect(lines).toMatchObject([{ act: 'test sent', facts: { edition: 'engineering-digest_2026-W48', subscriber: aSid(1) } }]);
  expect(JSON.stringify(lines)).not.toContain('@');
});

it('is a message of ids, which compose reads as a test', async () => {
  const message = { stream: 'service', test: { stream: 'engineering-digest' }, subscriber: aSid(1), at: '2026-11-26T12:00:30Z' };
  expect(await occasionOf(EditionMessage.parse(message), { read: () => expect.unreachable() })).toEqual({
    kind: 'test',
    wanted: { shows: { stream: 'engineering-digest' }, subscriber: aSid(1), at: new Date('2026-11-26T12:00:30Z') },
  });
});

const test = { stream: 'service', test: { stream: 'engineering-digest' }, subscriber: aSid(1), at: '2026-11-26T12:00:30Z' };

it('shows a draft that is stored, the longest too, and nothing that stands in its message', async () => {
  const drafts = dynamoTestDrafts(await freshTable(), () => new Date('2026-11-26T12:00:30Z'));
  const noise = Array.from({ length: 3000 }, (_, i) => createHash('sha512').update(String(i)).digest('base64')).join('');
  const draft = {
    ...{ postmortem: aPostmortem({ summary: noise.slice(0, 99_000), trigger: noise.slice(99_000, 198_000) }), hash: 'h', revision: 1 },
    ...{ updatedAt: '2026-11-26T12:00:00Z', editions: [], namedIn: [] },
  };
  const draftId = await drafts.put({ ...draft, owed: ['alert'], by: 'k1' });

  expect(await occasionOf(EditionMessage.parse({ ...test, draftId }), drafts)).toMatchObject({
    wanted: { subscriber: aSid(1), draft: { ...draft, owed: [] } },
  });
  expect(await drafts.put({ ...draft, owed: ['alert'], by: 'k1' })).toBe(draftId);
  expect(await occasionOf(EditionMessage.parse({ ...test, draftId: 'f'.repeat(64) }), drafts)).toBeUndefined();
  // As the release before wrote it, and as whoever may write to the queue could.
  const packed = gzipSync(JSON.stringify(draft)).toString('base64');
  expect(await occasionOf(EditionMessage.parse({ ...test, draft: packed }), drafts)).toBeUndefined();
  expect(await occasionOf(EditionMessage.parse({ ...test, draft: packed, draftId }), drafts)).toBeUndefined();
});

it('names the forms of a date that it does not understand', async () => {
  const { ask } = await anOperator(await freshTable(), { send: () => expect.fail('nothing is to be sent') });
  expect(await ask('POST', '/operator/send', { stream: 'engineering-digest', at: 'tomorrow' })).toMatchObject({
    status: 422,
    body: {
      errors: [{ field: 'at', problem: 'is not a day such as 2026-11-23, an instant such as 2026-11-23T08:00:00Z, or now' }],
    },
  });
});
