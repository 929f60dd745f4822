import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import { writeQuota } from '../../adapters/dynamodb/sweep-store.ts';
import { openTable, type Table } from '../../adapters/dynamodb/table.ts';
import type { Edition } from '../../core/edition/edition.ts';
import type { EditionFragments } from '../../core/edition/fragments.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { createTables, directClient } from '../../local/dynamodb/create-tables.ts';
import { startDynamoDb } from '../../local/dynamodb/engine.ts';
import { tableShape } from '../../test/adapters/engines.ts';
import type { FromOutside } from './wire.ts';

export interface World {
  readonly endpoints: { readonly dynamodb: string; readonly ses: string; readonly sqs: string; readonly secrets: string };
  /** The next message of the lane's queue, undefined if none comes for a while. */
  nextMessage(): Promise<string | undefined>;
  accepted(): Promise<number>;
  stop(): Promise<void>;
}

/** The table's engine and everything else that `deliver` talks to, each in a process of its own. */
export async function startWorld(): Promise<World> {
  const dynamodb = await startDynamoDb({});
  const outside = fork(fileURLToPath(new URL('./outside.ts', import.meta.url)), { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const messages: string[] = [];
  outside.on('message', (heard: FromOutside) => {
    if (heard.kind === 'message') messages.push(heard.body);
  });
  const { ses, sqs, secrets } = await hear(outside, 'ready');
  return {
    endpoints: { dynamodb: dynamodb.endpoint, ses, sqs, secrets },
    async nextMessage() {
      for (let waited = 0; messages.length === 0 && waited < 50; waited += 1) await new Promise((resolve) => setTimeout(resolve, 10));
      return messages.shift();
    },
    async accepted() {
      const heard = hear(outside, 'accepted');
      outside.send('how many?');
      return (await heard).mails;
    },
    async stop() {
      outside.disconnect();
      await dynamodb.stop();
    },
  };
}

const hear = <Kind extends FromOutside['kind']>(outside: ChildProcess, kind: Kind): Promise<Extract<FromOutside, { kind: Kind }>> =>
  new Promise((resolve) => {
    const heard = (message: FromOutside) => {
      if (message.kind !== kind) return;
      outside.off('message', heard);
      resolve(message as Extract<FromOutside, { kind: Kind }>);
    };
    outside.on('message', heard);
  });

export const tableName = 'bench';
export const maxSendRate = 500;

/** The one table, empty, and the quota: less than a processor manages, so that the pacer works as it does on AWS. */
export async function createTable(endpoint: string): Promise<Table> {
  const client = directClient(endpoint);
  await createTables(client, [{ name: tableName, ...tableShape }]);
  const table = openTable(tableName, client);
  await writeQuota(table, { maxSendRate, max24Hours: 1e9, sentLast24Hours: 0 }, new Date());
  return table;
}

const since = '2026-01-01T00:00:00Z';
const abreast = 50;

/** So many people on the digest, in a slot of their own. */
export async function seedReaders(table: Table, slot: string, readers: number): Promise<void> {
  const people = dynamoPeopleStore(table);
  for (let n = 0; n < readers; n += abreast) {
    const some = Array.from({ length: Math.min(abreast, readers - n) }, (_, i) => `reader-${n + i}@${slot}.example.com`);
    await Promise.all(
      some.map(async (address) => {
        const sid = subscriberId('staff', { normalised: address }, 'the identity secret of the benchmark');
        await people.putSubscription('engineering-digest', slot, sid, since);
        const streams = { 'engineering-digest': { on: true, since, slots: [{ slot, at: since }] } };
        await people.writeProfile({ sid, realm: 'staff', address, team: 'Payments', role: 'engineering', streams, revision: 1 }, 0);
      }),
    );
  }
}

/** An edition for the readers of a slot, composed and not begun. */
export async function seedEdition(table: Table, id: string, slot: string, fragments: EditionFragments): Promise<Edition> {
  const store = dynamoEditionStore(table, () => new Date());
  const now = toInstant(new Date());
  const edition: Edition = {
    id,
    stream: 'engineering-digest',
    audience: { kind: 'stream' },
    scheduledFor: now,
    composedAt: now,
    cutoff: now,
    subject: fragments.subject,
    carries: [],
    names: [],
    content: await store.putContent(id, fragments),
    slots: [slot],
    paused: false,
    recalled: false,
    withheld: [],
    tallies: {},
  };
  await store.create(edition);
  return edition;
}
