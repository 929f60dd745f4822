import type { Evidence } from '../../core/delivery/evidence.ts';
import { reachCounter } from '../../core/feedback/reach.ts';
import type { ReachReader } from '../../core/operator/ports.ts';
import { fewAtATime } from '../../core/shared/few-at-a-time.ts';
import { evidenceIn } from './evidence-store.ts';
import type { Table } from './table.ts';
import { editionKey, evidencePartition, peoplePartition } from './table-shape.ts';

const digits = [...'0123456789abcdef'];
/**
 * Partitions read at a time. Four of sixteen hold a quarter of the people of a large edition in
 * memory.
 */
const abreast = 4;

/**
 * Counts on request, from the evidence of the edition and the teams in the list of people: two
 * queries per partition. May lag by a second.
 */
export const dynamoReachReader = (table: Table): ReachReader => ({
  async read(edition) {
    if (!(await table.read(editionKey(edition)))) return undefined;
    const counter = reachCounter();
    await fewAtATime(
      digits,
      async (d) => {
        const told = await evidenceOf(table, evidencePartition(edition, d));
        const teams = told.size > 0 ? await teamsOf(table, d, told) : new Map<string, string>();
        for (const [sid, evidence] of told) counter.add({ team: teams.get(sid), evidence });
      },
      abreast,
    );
    return counter.reach();
  },
});

async function evidenceOf(table: Table, partition: string): Promise<Map<string, Evidence>> {
  const told = new Map<string, Evidence>();
  for await (const item of table.queryAll(partition)) {
    const evidence = evidenceIn(item);
    if (evidence) told.set(String(item.sk), evidence);
  }
  return told;
}

async function teamsOf(table: Table, d: string, wanted: ReadonlyMap<string, unknown>): Promise<Map<string, string>> {
  const teams = new Map<string, string>();
  for await (const { gsi1sk, listed } of table.queryAll(peoplePartition(d), { index: true })) {
    const team: unknown = typeof listed === 'object' && listed !== null ? Reflect.get(listed, 'team') : undefined;
    if (typeof team === 'string' && wanted.has(String(gsi1sk))) teams.set(String(gsi1sk), team);
  }
  return teams;
}
