import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { dynamoAuditLog, dynamoAuditReader } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoCopySettling } from '../../adapters/dynamodb/copy-settling.ts';
import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoEditionBrakes } from '../../adapters/dynamodb/edition-brakes.ts';
import { dynamoEditionReader } from '../../adapters/dynamodb/edition-reader.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoErasureStore, dynamoForgottenList, dynamoPersonRemover } from '../../adapters/dynamodb/erasure-store.ts';
import { dynamoKeyStore } from '../../adapters/dynamodb/key-store.ts';
import { dynamoLaneBrakes } from '../../adapters/dynamodb/lane-store.ts';
import { dynamoActsReader, dynamoPersonLedger } from '../../adapters/dynamodb/person-ledger.ts';
import { dynamoPeopleList, dynamoPeopleStore, dynamoSuppressionList } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoLeafFinder, dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import { dynamoReachReader } from '../../adapters/dynamodb/reach-reader.ts';
import { openTable, type Table } from '../../adapters/dynamodb/table.ts';
import { readSecret } from '../../adapters/secrets/secrets-manager.ts';
import { openQueue, type Queue } from '../../adapters/sqs/sqs-queue.ts';
import { addresseesOf } from '../../core/delivery/addressees.ts';
import { resendDeliveries } from '../../core/delivery/resend.ts';
import type { Resender, Sender, Settler, Tester } from '../../core/operator/ports.ts';
import { type PreviewDeps, previewEdition } from '../../core/operator/preview-edition.ts';
import { sendEdition } from '../../core/operator/send-edition.ts';
import { sendTest } from '../../core/operator/send-test.ts';
import type { DueEdition } from '../../core/restore/due-between.ts';
import { settleCopy } from '../../core/restore/settle-copy.ts';
import { UnknownEdition } from '../../core/shared/errors.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { isMonthlyStream } from '../../core/stream/stream.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { wireComposing } from '../shared/composing.ts';
import type { ComposeMessage } from '../shared/occasion.ts';
import type { OperatorDeps } from './deps.ts';
import type { Env } from './env.ts';

/** The operator's world, as this function's variables name it. */
export function wire(env: z.output<typeof Env>): OperatorDeps {
  const table = openTable(env.TABLE_NAME);
  const now = () => new Date();
  const composing = wireComposing(table, now);
  return {
    editions: dynamoEditionReader(table, now),
    reach: dynamoReachReader(table),
    sender: editionSender(openQueue(env.COMPOSE_QUEUE_URL), composing),
    previewer: {
      preview: (request) => previewEdition(request, { ...composing, publicUrl: env.PUBLIC_URL, profileOf: profileByAddress(table, env) }),
    },
    tester: wireTester(table, openQueue(env.COMPOSE_QUEUE_URL), composing, env),
    editionBrakes: dynamoEditionBrakes(table),
    laneBrakes: dynamoLaneBrakes(table),
    resender: wireResender(table, now),
    rights: {
      erasing: {
        people: { ...dynamoPeopleStore(table), ...dynamoPersonRemover(table) },
        erasures: dynamoErasureStore(table),
        forgotten: dynamoForgottenList(table),
        newSalt: () => randomBytes(32).toString('hex'),
      },
      exporting: { ledger: dynamoPersonLedger(table, now), acts: dynamoActsReader(table, now), now },
    },
    settler: copySettler(table, openQueue(env.COMPOSE_QUEUE_URL), {
      now,
      distribution: composing.distribution,
      secretArn: env.IDENTITY_SECRET_ARN,
    }),
    people: dynamoPeopleStore(table),
    peopleList: dynamoPeopleList(table),
    suppressed: dynamoSuppressionList(table),
    distribution: dynamoDistributionStore(table),
    keys: dynamoKeyStore(table),
    audit: dynamoAuditLog(table, randomUUID),
    acts: dynamoAuditReader(table),
    identitySecret: () => readSecret(env.IDENTITY_SECRET_ARN),
    suppressionSecret: () => readSecret(env.SUPPRESSION_SECRET_ARN),
    deployed: env.DEPLOYED_DISTRIBUTION,
    stack: env.STACK_NAME,
    now: () => toInstant(now()),
    newSecret: () => randomBytes(32),
  };
}

const editionSender = (queue: Queue, { distribution, editions, now }: Pick<PreviewDeps, 'distribution' | 'editions' | 'now'>): Sender => ({
  send: (wanted) =>
    sendEdition(wanted, {
      distribution,
      editions,
      ask: (stream, scheduledFor) => queue.send([{ stream, scheduledFor } satisfies ComposeMessage]),
      now,
    }),
});

const wireTester = (table: Table, queue: Queue, composing: ReturnType<typeof wireComposing>, env: z.output<typeof Env>): Tester => ({
  test: (request) =>
    sendTest(request, {
      ...composing,
      publicUrl: env.PUBLIC_URL,
      profileOf: profileByAddress(table, env),
      addressees: addresseesOf(env.MAY_MAIL.split(',')),
      ask: ({ shows, subscriber, at }) =>
        queue.send([{ stream: 'service', test: shows, subscriber, at: toInstant(at) } satisfies ComposeMessage]),
    }),
});

/** An index shows what was written within a second. */
const indexLagMs = 2000;

const copySettler = (
  table: Table,
  queue: Queue,
  { now, distribution, secretArn }: Pick<PreviewDeps, 'now' | 'distribution'> & { readonly secretArn: string },
): Settler => ({
  settle: (how, wish) =>
    settleCopy(how, wish, {
      ...dynamoCopySettling(table, now, () => readSecret(secretArn)),
      distribution,
      ask: (due) => queue.send([askedFor(due)]),
      untilListed: () => sleep(indexLagMs),
      now,
    }),
});

function askedFor({ stream, frequency, at }: DueEdition): ComposeMessage {
  const scheduledFor = toInstant(at);
  return frequency === 'monthly' && isMonthlyStream(stream) ? { stream, frequency, scheduledFor } : { stream, scheduledFor };
}

const wireResender = (table: Table, now: () => Date): Resender => ({
  async resend(id, subscribers) {
    const edition = await dynamoEditionStore(table, now).read(id);
    if (!edition) throw new UnknownEdition(id);
    if (edition.recalled) return 'recalled';
    return resendDeliveries(edition, subscribers, { leaves: dynamoLeafFinder(table), ranges: dynamoRangeLedger(table, now), now });
  },
});

const profileByAddress = (table: Table, env: z.output<typeof Env>) => async (text: string) => {
  const address = parseAddress(text);
  if (!address) return undefined;
  const sid = subscriberId('staff', address, await readSecret(env.IDENTITY_SECRET_ARN));
  const [profile] = await dynamoPeopleStore(table).readProfiles([{ realm: 'staff', sid }]);
  return profile;
};
