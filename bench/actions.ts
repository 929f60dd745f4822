/**
 * What lists of thousands of action items take: a brief, pages of `afterword actions list`, the
 * promises of the drift check, and a run of reminders that mails nobody. Rows are put straight into
 * an embedded DynamoDB, half of them open, a quarter decided on.
 * npm run bench:actions -- [postmortems=5000] [actions of each=4] [people=600]
 */

import { readFile } from 'node:fs/promises';
import { dynamoActionLedger, dynamoActions } from '../adapters/dynamodb/action-ledger.ts';
import { dynamoActionLister } from '../adapters/dynamodb/action-lister.ts';
import { dynamoPostmortemStore } from '../adapters/dynamodb/postmortem-store.ts';
import { dynamoPeopleList, dynamoPeopleStore } from '../adapters/dynamodb/profile-store.ts';
import { readActionRow } from '../core/action/action.ts';
import { decidedAction } from '../core/action/decided.ts';
import { parseDistribution } from '../core/distribution/parse-distribution.ts';
import { listActions } from '../core/operator/list-actions.ts';
import { promiseFacts } from '../core/operator/promise-facts.ts';
import { readDirectory } from '../core/reminder/directory.ts';
import { remind } from '../core/reminder/remind.ts';
import { fewAtATime } from '../core/shared/few-at-a-time.ts';
import { toInstant } from '../core/shared/instant.ts';
import { aProfile, aSid } from '../test/support/delivery.ts';
import { engines } from '../test/support/engines.ts';
import { anIncident } from './compose/incidents.ts';

const [postmortems = 5000, each = 4, people = 600] = process.argv.slice(2).map(Number);
const now = new Date('2026-11-30T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const parsed = parseDistribution(await readFile('samples/distribution.yaml', 'utf8'));
if ('flaws' in parsed) throw new Error('the sample distribution file is wrong');
const { distribution } = parsed;
const { zone } = distribution.organisation;

const engine = await (engines.dynoxide ?? engines.dynalite)?.();
const table = await engine?.freshTable();
if (!engine || !table) throw new Error('no engine runs here');
const store = dynamoPostmortemStore(table);
const ledger = dynamoActionLedger(table);
const peopleStore = dynamoPeopleStore(table);

await Promise.all(
  Array.from({ length: people }, (_, n) => peopleStore.writeProfile(aProfile({ sid: aSid(n), name: `Person ${n}`, revision: 1 }), 0)),
);
const put = await fewAtATime(
  Array.from({ length: postmortems }, (_, n) => n),
  async (n) => {
    const publishedAt = daysAgo((n * 360) / postmortems);
    const at = toInstant(publishedAt);
    const postmortem = anIncident(n, publishedAt);
    const stored = { postmortem, revision: 1, hash: 'h', updatedAt: at, owed: [], editions: [], namedIn: [], hiddenIn: 0 };
    await store.putCurrent(stored, undefined);
    for (let i = 0; i < each; i += 1) {
      const decision = { kind: 'decided', at, what: 'fund', by: aSid(1), as: 'CTO', reason: '', basis: 'b', effectiveAt: at };
      const row = {
        postmortem: postmortem.id,
        postmortemTitle: postmortem.title,
        severity: postmortem.severity,
        aid: `action-${i}`,
        reported: {
          title: `Give pool ${n} of shard ${i} a limit of its own`,
          owner: i === 0 ? `Person ${n % people}` : 'Storefront',
          status: i % 2 === 0 ? 'open' : 'done',
          cost: 'Two weeks of one engineer',
          consequence: 'Every customer of the shard loses their session at the next failover.',
          ...(i === 0 && {
            due: daysAgo((n % 60) - 30)
              .toISOString()
              .slice(0, 10),
          }),
        },
        events: i === 2 ? [decision] : [],
        ...{ reportedAt: at, promisedAt: at, firstSeenAt: at, seenAt: at, revision: 1, cameIn: 1, visible: true, keys: [], version: 0 },
      };
      await ledger.put(readActionRow(row), toInstant(now));
    }
    return each;
  },
);

const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};
const rows: Record<string, Record<string, number | string>> = {};
async function timed<T>(name: string, work: () => Promise<T>, says: (value: T) => number | string): Promise<void> {
  const empty = heap();
  const [from, cpu] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const { user, system } = process.cpuUsage(cpu);
  const ms = Math.round(performance.now() - from);
  const processor = Math.round((user + system) / 1000);
  rows[name] = { seconds: ms / 1000, 'of the processor, s': processor / 1000, 'MB kept': Math.round(heap() - empty), found: says(value) };
}

const list = dynamoActions(table);
const viewer = { seesHidden: true, seesAddresses: true };
const listing = { actions: dynamoActionLister(table), now, zone };
const directory = { peopleList: dynamoPeopleList(table), people: peopleStore };
async function pages(limit: number): Promise<number> {
  let [found, cursor]: [number, string | undefined] = [0, undefined];
  do {
    const page = await listActions({}, { limit, cursor }, viewer, listing);
    found += page?.actions.length ?? 0;
    cursor = page?.cursor;
  } while (cursor !== undefined);
  return found;
}

await timed(
  'the brief of a month',
  async () => (await list(daysAgo(365), now)).map((row) => decidedAction(row, now, zone)),
  ({ length }) => length,
);
await timed(
  'a page of 100 actions',
  () => listActions({}, { limit: 100 }, viewer, listing),
  (page) => page?.actions.length ?? 0,
);
await timed('all pages of actions', () => pages(100), Number);
await timed(
  'promises of the drift check',
  () => promiseFacts(distribution, now, { actions: list, ...directory }),
  ({ unowned = [] }) => `${unowned.length} without an owner`,
);
await timed(
  'a run of reminders, dry',
  () =>
    remind(
      { dry: true },
      {
        distribution: async () => distribution,
        memory: {
          read: async () => ({ lastDay: '2026-11-27', since: '2026-10-01', waiting: {}, promised: {}, version: 1 }),
          advance: async () => true,
        },
        actions: list,
        actionRows: ledger,
        editions: { read: async () => undefined },
        ranges: { read: async () => undefined },
        reviews: { open: async () => [] },
        published: async () => [],
        catalog: { read: async () => undefined },
        sizes: { put: async () => {} },
        directory: () => readDirectory(directory, now),
        mail: async () => {},
        now: () => now,
      },
    ),
  (told) => JSON.stringify(told),
);
console.log(`${put.reduce((sum, n) => sum + n, 0)} actions of ${put.length} postmortems, ${people} people`);
console.table(rows);
await engine.stop();
process.exit(0);
