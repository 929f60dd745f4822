import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { dynamoApprovals } from '../../adapters/dynamodb/approval-reader.ts';
import { dynamoAudienceReader } from '../../adapters/dynamodb/audience-reader.ts';
import { dynamoChunkReader } from '../../adapters/dynamodb/chunk-reader.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoEvidenceStore } from '../../adapters/dynamodb/evidence-store.ts';
import { dynamoLaneBreaker } from '../../adapters/dynamodb/lane-store.ts';
import { dynamoPacer } from '../../adapters/dynamodb/pacer.ts';
import { dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import { rememberedEditions } from '../../adapters/dynamodb/remembered-editions.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { readSecret } from '../../adapters/secrets/secrets-manager.ts';
import { openSes, sesMailer } from '../../adapters/ses/ses-mailer.ts';
import { openQueue } from '../../adapters/sqs/sqs-queue.ts';
import { TokenKeys } from '../../core/access/token.ts';
import { addresseesOf } from '../../core/delivery/addressees.ts';
import { approvedFragments } from '../../core/delivery/approved-fragments.ts';
import { deliverRange } from '../../core/delivery/deliver-range.ts';
import { mailMaker } from '../../core/delivery/make-mail.ts';
import { newOutageDetector } from '../../core/delivery/outage.ts';
import { Range } from '../../core/delivery/range.ts';
import { newRefusals } from '../../core/delivery/refusals.ts';
import { newThrottle } from '../../core/delivery/send-rate.ts';
import type { DeliverDeps } from '../../core/delivery/work-leaf.ts';
import type { Edition } from '../../core/edition/edition.ts';
import { UnknownEdition } from '../../core/shared/errors.ts';
import { keptReady } from '../shared/kept-ready.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { withMetrics } from '../shared/metrics.ts';
import { sqsHandler } from '../shared/sqs-handler.ts';
import { countMails } from './count-mails.ts';
import { Env } from './env.ts';

const env = loadEnv(Env);
const now = () => new Date();
const table = openTable(env.TABLE_NAME);
const queue = openQueue(env.QUEUE_URL);
const editions = dynamoEditionStore(table, now);
const sender = { name: env.SENDER_NAME, address: env.SENDER_ADDRESS };
const ses = openSes(env.REQUEST_TIMEOUT_MS);

const waiting = (instant: number) => {
  const ms = instant - now().getTime();
  return ms > 0 ? sleep(ms) : Promise.resolve();
};

/** One such line rings the alarm. */
const refuse = (edition: Edition) =>
  log.error('nobody approved this mail, or it is not what they approved: nothing of it is sent', { notApproved: edition.id });

const container: Omit<DeliverDeps, 'remainingMs' | 'makeMail'> = {
  audience: dynamoAudienceReader(table),
  breaker: dynamoLaneBreaker(table),
  editions: rememberedEditions(editions),
  evidence: dynamoEvidenceStore(table, now),
  // Of no other lane a mail needs it, and its role alone may read what customers read.
  fragments: env.LANE === 'customers' ? approvedFragments(editions, dynamoApprovals(table), refuse) : editions,
  ranges: dynamoRangeLedger(table, now),
  reader: dynamoChunkReader(table),
  pacer: dynamoPacer(table, () => now().getTime()),
  mailer: sesMailer(ses.client, {
    address: env.SENDER_ADDRESS,
    configurationSets: { tracked: env.TRACKED_CONFIGURATION_SET, untracked: env.UNTRACKED_CONFIGURATION_SET },
  }),
  queue: { send: (ranges, delaySeconds) => queue.send(ranges, delaySeconds) },
  throttle: newThrottle(),
  outages: newOutageDetector(),
  sieve: { isWanted: false },
  refusals: newRefusals(),
  addressees: addresseesOf(env.MAY_MAIL.split(',')),
  newOwner: () => randomUUID(),
  leaseMs: env.LEASE_SECONDS * 1000,
  graceMs: env.GRACE_SECONDS * 1000,
  requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
  now,
  waitUntil: waiting,
  counted: countMails(env.LANE),
};

const depsOf = async (context: Context): Promise<DeliverDeps> => {
  const keys = TokenKeys.parse(JSON.parse(await readSecret(env.TOKEN_KEYS_ARN)));
  return {
    ...container,
    makeMail: mailMaker({ publicUrl: env.PUBLIC_URL, sender, keys }),
    remainingMs: () => context.getRemainingTimeInMillis(),
  };
};

/**
 * After this long without work the container may have been frozen, and the other side may have
 * dropped its connections.
 */
const thawedMs = 4000;
let workedAt = 0;

const handleRange = sqsHandler(Range, log, async (range, context) => {
  if (now().getTime() - workedAt > thawedMs) ses.forgetConnections();
  try {
    const handled = await deliverRange(range, await depsOf(context));
    log.info('range handled', { ...range, lane: env.LANE, outcome: handled.kind });
    if (handled.kind === 'stopped' && handled.isNews)
      log.warn('the lane is stopped: SES takes no mail', { lane: env.LANE, stoppedBy: handled.code });
    return handled.kind === 'lost' ? 'again' : 'done';
  } catch (error) {
    if (!(error instanceof UnknownEdition)) throw error;
    log.warn('range of an edition that is not there: left out', { ...range });
    return 'done';
  } finally {
    workedAt = now().getTime();
  }
});

export const handler = keptReady(withMetrics(handleRange));
