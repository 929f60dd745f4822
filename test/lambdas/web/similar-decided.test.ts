import { expect, it } from 'vitest';
import { dynamoSimilar } from '../../../adapters/dynamodb/similar-store.ts';
import { aHouse } from '../../support/deciding.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';
import { aSimilar } from '../../support/similar-in-memory.ts';

const freshTable = oneEngine();
const before = { id: 'earlier', title: 'The same last year', publishedAt: '2025-03-02T10:00:00Z' };

async function aReview() {
  const world = await aHouse(freshTable);
  await publish(world.table, before);
  const similar = dynamoSimilar(world.table);
  await similar.find(aSimilar({ postmortem: 'pm-1' }));
  const press = async (form: Record<string, string>) =>
    (await world.press({ press: 'similar', earlier: 'earlier', version: '1', ...form })).body ?? '';
  return { ...world, similar, press };
}

it('is confirmed and dismissed by a reviewer, each on what they saw', async () => {
  const { look, press, similar } = await aReview();
  expect(await look()).toMatch(/It happened before.*Looks like.*The same last year/s);
  expect(await press({ says: 'dismiss' })).toContain('say why it is another failure');
  expect(await press({ says: 'confirm' })).toMatch(/Stored\..*The same failure as/s);
  expect(await press({ says: 'dismiss', reason: 'Another cable.' })).toContain('somebody else answered meanwhile');
  expect(await press({ says: 'dismiss', reason: 'Another cable.', version: '2' })).not.toContain('The same last year');
  expect(await similar.of('pm-1')).toMatchObject([{ state: 'dismissed', reason: 'Another cable.', version: 3 }]);
});

it('is not named to a reviewer once it may not be told', async () => {
  const { table, look } = await aReview();
  await publish(table, { ...before, restricted: true });
  expect(await look()).not.toMatch(/The same last year|It happened before/);
});
