import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BatchWriteCommand, type BatchWriteCommandInput, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { writeQuota } from '../../adapters/dynamodb/sweep-store.ts';
import { type Item, openTable, type Table } from '../../adapters/dynamodb/table.ts';
import { profileKey, subscriptionKey } from '../../adapters/dynamodb/table-shape.ts';
import type { Edition } from '../../core/edition/edition.ts';
import type { EditionFragments } from '../../core/mail/fragments.ts';
import { toInstant } from '../../core/shared/instant.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';
import { subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { createTables, directClient } from '../../local/dynamodb/create-tables.ts';
import { startDynamoDb } from '../../local/dynamodb/start.ts';
import { tableShape } from '../../test/support/engines.ts';
import { type FromOutside, tableName, type Units } from './wire.ts';

export interface World {
  /** The table's own, uncounted, for whoever prepares it; `endpoints.dynamodb` counts. */
  readonly engine: string;
  readonly endpoints: { readonly dynamodb: string; readonly ses: string; readonly sqs: string; readonly secrets: string };
  /** The next message of the lane's queue, undefined if none comes for a while. */
  nextMessage(): Promise<string | undefined>;
  /** Mails taken and units used since the start. */
  used(): Promise<{ readonly mails: number; readonly units: Units }>;
  stop(): Promise<void>;
}

/** The table's engine and everything else that `deliver` talks to, each in a process of its own. */
export async function startWorld(): Promise<World> {
  const dynamodb = await startDynamoDb({});
  const outside = fork(fileURLToPath(new URL('./outside.ts', import.meta.url)), [dynamodb.endpoint], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const messages: string[] = [];
  outside.on('message', (heard: FromOutside) => {
    if (heard.kind === 'message') messages.push(heard.body);
  });
  const { kind: _, ...endpoints } = await hear(outside, 'ready');
  return {
    engine: dynamodb.endpoint,
    endpoints,
    async nextMessage() {
      for (let waited = 0; messages.length === 0 && waited < 50; waited += 1) await new Promise((resolve) => setTimeout(resolve, 10));
      return messages.shift();
    },
    async used() {
      const heard = hear(outside, 'accepted');
      outside.send('how many?');
      return await heard;
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

/**
 * Of the quota, unless told: less than a processor manages, so that the pacer works as it does on
 * AWS.
 */
export const maxSendRate = 500;

/** The one table, empty, and the quota. */
export async function createTable(endpoint: string): Promise<Table> {
  const client = directClient(endpoint);
  await createTables(client, [{ name: tableName, ...tableShape }]);
  const table = openTable(tableName, client);
  await writeQuota(table, { maxSendRate, max24Hours: 1e9, sentLast24Hours: 0 }, new Date());
  return table;
}

const since = '2026-01-01T00:00:00Z';
/** As many as one BatchWriteItem takes. */
const batch = 25;
const abreast = 8;

/**
 * So many people on the digest, in a slot of their own. Without profiles they are only in the
 * index.
 */
export async function seedReaders({ engine }: World, slot: string, readers: number, { profiles = true } = {}): Promise<void> {
  const documents = DynamoDBDocumentClient.from(directClient(engine), { marshallOptions: { removeUndefinedValues: true } });
  let next = 0;
  const seeder = async () => {
    while (next < readers) {
      const from = next;
      next += batch;
      const sids = Array.from({ length: Math.min(batch, readers - from) }, (_, i) => {
        const address = `reader-${from + i}.${slot}@example.com`;
        return { address, sid: subscriberId('staff', { normalised: address }, 'the identity secret of the benchmark') };
      });
      await putAll(
        documents,
        sids.map(({ sid }) => ({ ...subscriptionKey('engineering-digest', slot, sid), since })),
      );
      if (profiles)
        await putAll(
          documents,
          sids.map(({ sid, address }) => ({ ...profileKey('staff', sid), ...profileOf(slot, sid, address) })),
        );
    }
  };
  await Promise.all(Array.from({ length: abreast }, seeder));
  documents.destroy();
}
const profileOf = (slot: string, sid: string, address: string): Profile => ({
  sid,
  realm: 'staff',
  address,
  team: 'Payments',
  role: 'engineering',
  streams: { 'engineering-digest': { on: true, since, slots: [{ slot, at: since }] } },
  revision: 1,
});

async function putAll(documents: DynamoDBDocumentClient, items: readonly Item[]): Promise<void> {
  let left: BatchWriteCommandInput['RequestItems'] = { [tableName]: items.map((item) => ({ PutRequest: { Item: item } })) };
  while (left && Object.keys(left).length > 0)
    left = (await documents.send(new BatchWriteCommand({ RequestItems: left }))).UnprocessedItems;
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
