import { expect, it } from 'vitest';
import { EditionMessage, occasionOf } from '../../../lambdas/shared/occasion.ts';
import { aSid } from '../../support/delivery.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';

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

it('is a message of ids, which compose reads as a test', () => {
  const message = { stream: 'service', test: { stream: 'engineering-digest' }, subscriber: aSid(1), at: '2026-11-26T12:00:30Z' };
  expect(occasionOf(EditionMessage.parse(message))).toEqual({
    kind: 'test',
    wanted: { shows: { stream: 'engineering-digest' }, subscriber: aSid(1), at: new Date('2026-11-26T12:00:30Z') },
  });
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
