import { expect, it } from 'vitest';
import { dynamoEditionLister } from '../../adapters/dynamodb/edition-lister.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import { rootOf } from '../../core/delivery/range.ts';
import { aLeaf, anEdition, aSid, someMade } from '../support/delivery.ts';
import { oneEngine } from '../support/one-engine.ts';

const now = () => new Date('2026-11-23T08:00:00Z');
const freshTable = oneEngine();

it('the list counts an edition that is being sent as the edition by itself does, with what is in doubt', async () => {
  const table = await freshTable();
  const { id } = anEdition();
  await dynamoEditionStore(table, now).create(anEdition());
  const outcomes = {
    [aSid(1)]: { kind: 'accepted', attempt: 1, messageId: 'm', made: someMade() },
    [aSid(2)]: { kind: 'in doubt', attempt: 1, made: someMade() },
  } as const;
  await dynamoRangeLedger(table, now).create(rootOf(id), aLeaf({ state: 'settling', settlesAt: 1, outcomes }));

  const [listed] = (await dynamoEditionLister(table, now).list(10)).editions;
  const one = await dynamoEditionLister(table, now).report(id);

  expect(listed?.counts).toEqual({ accepted: 1, 'in doubt': 1 });
  expect(listed?.counts).toEqual(one?.counts);
});
