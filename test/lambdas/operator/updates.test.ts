import { expect, it } from 'vitest';
import { dynamoEditionStore } from '../../../adapters/dynamodb/edition-store.ts';
import { dynamoIncidentUpdates } from '../../../adapters/dynamodb/incident-updates-store.ts';
import { anEdition } from '../../support/delivery.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';

const freshTable = oneEngine();
const now = () => new Date('2026-11-19T15:00:00Z');
const stream = 'sev1-alerts';
const id = 'sev1-alerts_checkout_r1';

it('shows what was told of an incident and what waits, and what waits of all', async () => {
  const table = await freshTable();
  const editions = dynamoEditionStore(table, now);
  await editions.create(anEdition({ id, stream }));
  await editions.setTally(id, 'default', { version: 1, counts: { accepted: 7 } });
  const first = { n: 1, kind: 'first', revision: 3, facts: { title: 'Checkout' }, at: '2026-11-19T14:58:00Z' } as const;
  const next = { state: 'waiting', since: '2026-11-19T14:59:00Z', dueAt: '2026-11-19T15:00:30Z' } as const;
  await dynamoIncidentUpdates(table, now).put({ stream, incident: 'checkout', version: 1, updates: [first], next });
  await dynamoIncidentUpdates(table, now).put({ stream, incident: 'quiet', version: 1, updates: [first] });
  const { ask } = await anOperator(table);
  const told = {
    stream,
    postmortem: 'checkout',
    mails: [{ edition: id, kind: 'first', revision: 3, at: first.at, state: 'complete', counts: { accepted: 7 } }],
    next: { state: 'waiting', dueAt: next.dueAt },
  };

  expect(await ask('GET', '/operator/updates?postmortem=checkout')).toEqual({ status: 200, body: { updates: [told] } });
  expect(await ask('GET', '/operator/updates')).toEqual({ status: 200, body: { updates: [told] } });
  expect(await ask('GET', '/operator/updates?postmortem=unknown')).toEqual({ status: 200, body: { updates: [] } });
  expect(await ask('GET', '/operator/updates?postmortem=No%20Id')).toMatchObject({ status: 400 });
});
