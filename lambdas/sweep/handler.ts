import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { dynamoCustomersCopy, dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoErasureStore, dynamoForgottenList, dynamoPersonRemover } from '../../adapters/dynamodb/erasure-store.ts';
import { dynamoExternalLists } from '../../adapters/dynamodb/external-store.ts';
import { dynamoDueUpdates, dynamoIncidentUpdates } from '../../adapters/dynamodb/incident-updates-store.ts';
import { readLanes } from '../../adapters/dynamodb/lane-store.ts';
import { readBooked } from '../../adapters/dynamodb/pacer.ts';
import { dynamoLedgerEraser, dynamoPersonLedger } from '../../adapters/dynamodb/person-ledger.ts';
import { dynamoPostmortemIndex } from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import { dynamoReminderMemory } from '../../adapters/dynamodb/reminder-memory.ts';
import { dynamoRenditions } from '../../adapters/dynamodb/rendition-store.ts';
import { dynamoSessionStore } from '../../adapters/dynamodb/session-store.ts';
import { dynamoSlotRegistry } from '../../adapters/dynamodb/slot-registry.ts';
import { dynamoDueWaves, dynamoOpenWork, dynamoSweepMemory, writeQuota } from '../../adapters/dynamodb/sweep-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { openSes, readSendQuota } from '../../adapters/ses/ses-mailer.ts';
import { openQueue } from '../../adapters/sqs/sqs-queue.ts';
import { recordAndCheck } from '../../core/compose/record-and-check.ts';
import type { LaneState } from '../../core/delivery/lane.ts';
import { reserveOf } from '../../core/delivery/send-rate.ts';
import { deployedHash } from '../../core/distribution/deployed-parts.ts';
import { keepCustomersCopy } from '../../core/distribution/for-customers.ts';
import { type EditionId, laneOf } from '../../core/edition/edition.ts';
import { lateReminders } from '../../core/reminder/late.ts';
import { UnsettledCopy } from '../../core/restore/settle-copy.ts';
import { finishErasures } from '../../core/rights/finish-erasures.ts';
import { lanes as laneNames } from '../../core/stream/stream.ts';
import { askForUnsent } from '../../core/sweep/ask-for-unsent.ts';
import { lateUpdates } from '../../core/sweep/late-updates.ts';
import { missingEditions } from '../../core/sweep/missing-editions.ts';
import { type SweepDeps, sweep } from '../../core/sweep/sweep.ts';
import { type TellAgainDeps, tellAgain } from '../../core/sweep/tell-again.ts';
import { unsentAlerts } from '../../core/sweep/unsent-alerts.ts';
import { waitingNotices } from '../../core/sweep/waiting-notices.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { measure, withMetrics, writeMetrics } from '../shared/metrics.ts';
import type { ComposeMessage } from '../shared/occasion.ts';
import { openSlackQueue, wireOutbox } from '../shared/outbox.ts';
import { Env } from './env.ts';

const env = loadEnv(Env);
const now = () => new Date();
const table = openTable(env.TABLE_NAME);
const ses = openSes(3000);
const compose = openQueue(env.COMPOSE_QUEUE_URL);
const queues = {
  bulk: openQueue(env.BULK_QUEUE_URL),
  prompt: openQueue(env.PROMPT_QUEUE_URL),
  urgent: openQueue(env.URGENT_QUEUE_URL),
  customers: openQueue(env.CUSTOMERS_QUEUE_URL),
};
const distributions = dynamoDistributionStore(table);
const editions = dynamoEditionStore(table, now);
const postmortems = dynamoPostmortemIndex(table);
const { changedSince, read: postmortem } = postmortems;
const isThere = async (id: EditionId) => (await editions.read(id)) !== undefined;

const dueUpdates = dynamoDueUpdates(table);
const externals = dynamoExternalLists(table);
const reminded = dynamoReminderMemory(table);
const paying = wireOutbox(table, { compose, slack: openSlackQueue(env), relevance: openQueue(env.RELEVANCE_QUEUE_URL), now });
const ranges = dynamoRangeLedger(table, now);
const send: SweepDeps['send'] = (edition, range) => queues[laneOf(edition)].send([range]);
const distribution = async () => (await distributions.read())?.distribution;
const telling: TellAgainDeps = {
  ...paying,
  edition: editions.read,
  updates: dynamoIncidentUpdates(table, now),
  renditions: dynamoRenditions(table),
  ranges,
  send,
  distribution,
  newOwner: randomUUID,
  now,
};

const deps: Omit<SweepDeps, 'remainingMs'> = {
  ranges,
  editions,
  send,
  recordAndCheck: (edition) => recordAndCheck(edition, { postmortems, editions }),
  open: dynamoOpenWork(table),
  memory: dynamoSweepMemory(table),
  waves: { due: dynamoDueWaves(table), begin: editions.begin },
  notices: { ...externals, ask: (notice) => compose.send([{ notice } satisfies ComposeMessage]) },
  updates: { ...dueUpdates, ask: (stream, postmortem) => compose.send([{ stream, postmortem } satisfies ComposeMessage]) },
  monthly: {
    distribution,
    isThere,
    registry: dynamoSlotRegistry(table),
    ask: (stream, scheduledFor) => compose.send([{ stream, frequency: 'monthly', scheduledFor } satisfies ComposeMessage]),
    now,
  },
  leftOut: {
    applied: distributions.read,
    isThere,
    ask: (stream, scheduledFor) => compose.send([{ stream, scheduledFor } satisfies ComposeMessage]),
    now,
  },
  isQueueEmpty: (lane) => queues[lane].isEmpty(),
  readLanes: () => readLanes(table),
  refreshQuota: async () => {
    const booked = await readBooked(table);
    const quota = await readSendQuota(ses.client);
    const reserve = reserveOf(quota.max24Hours, (await distributions.read())?.distribution.sending?.urgentReserve);
    if (!(await writeQuota(table, { ...quota, booked, reserve }, now()))) throw new UnsettledCopy(table.name);
  },
  pay: { ...paying, tellAgain: (stored) => tellAgain(stored, telling) },
  failed: (what, error) => log.error('sweep: one part failed', error, { part: what }),
  now,
};

/** The time of a run that is left for what comes after the erasures. */
const reserveMs = 5000;

/**
 * A failure is logged and does not stop the rest of the run. The erasure is still due in the next
 * one.
 */
const forget = (context: Context): Promise<number> =>
  finishErasures({
    erasures: dynamoErasureStore(table),
    people: { ...dynamoPeopleStore(table), ...dynamoPersonRemover(table) },
    forgotten: dynamoForgottenList(table),
    sessions: dynamoSessionStore(table),
    ledger: { ...dynamoPersonLedger(table, now), ...dynamoLedgerEraser(table, now) },
    now,
    hasTime: () => context.getRemainingTimeInMillis() > reserveMs,
    failed: (subscriber, error) => log.error('sweep: an erasure failed', error, { subscriber }),
  }).catch((error: unknown) => {
    log.error('sweep: erasures were not looked at', error);
    return 0;
  });

/** Customers' pages read the copy alone. A failure does not stop the rest of the run. */
async function followInForce(): Promise<void> {
  try {
    const became = await keepCustomersCopy(dynamoCustomersCopy(table), distribution);
    if (became === 'written') log.info('what customers’ pages know of the configuration was put anew');
  } catch (error) {
    log.error('sweep: one part failed', error, { part: 'configuration for customers' });
  }
}

/**
 * CloudWatch bills a metric for each hour in which it is written, so nothing is measured while all
 * is well. The heartbeat logs the zeros.
 */
export const handler = withMetrics(async (_event: unknown, context: Context): Promise<void> => {
  const { lanes, ...swept } = await sweep({ ...deps, remainingMs: () => context.getRemainingTimeInMillis() });
  if (swept.oldestMs > 0) measure('OldestOpenEdition', Math.round(swept.oldestMs / 1000));
  for (const lane of laneNames) tellLane(lane, lanes[lane]);
  await followInForce();
  const applied = await distributions.read();
  const needsDeploy = applied !== undefined && deployedHash(applied.distribution) !== env.DEPLOYED_DISTRIBUTION;
  if (needsDeploy) log.warn('the distribution file that is applied has schedules, domains or senders that are not deployed');
  // If another file is deployed than the one applied, it is not known which schedules run.
  const missing = applied && !needsDeploy ? await missingEditions(applied, { isThere, registry: dynamoSlotRegistry(table), now }) : [];
  if (missing.length > 0) measure('MissingEditions', missing.length);
  for (const one of missing) log.warn('an edition that was due is not there', { ...one });
  const unsent = applied ? await unsentAlerts(applied, { changedSince, postmortem, edition: editions.read, ranges: deps.ranges, now }) : [];
  if (unsent.length > 0) measure('AlertsUnsent', unsent.length);
  for (const one of unsent) log.warn('nobody got an alert that was due', { ...one });
  await askForUnsent(unsent, { ...deps, ask: paying.queue.alert });
  const late = await lateUpdates({ ...dueUpdates, now });
  if (late.length > 0) measure('UpdatesLate', late.length);
  for (const { incident: postmortem, ...one } of late) log.warn('an update of an incident is late', { postmortem, ...one });
  const waiting = await waitingNotices({ ...externals, now });
  if (waiting.length > 0) measure('NoticesWait', waiting.length);
  for (const { postmortem, state, at, dueAt } of waiting) log.warn('a notice waits', { postmortem, state, at, dueAt });
  const lateDay = applied && !needsDeploy && lateReminders(applied, applied.distribution.reminders && (await reminded.read()), now());
  if (lateDay) {
    measure('RemindersLate', 1);
    log.warn('nobody was reminded on a working day', { day: lateDay });
  }
  // Written before the only part that works until the time is over.
  writeMetrics();
  const erasures = await forget(context);
  log.info('heartbeat', { ...swept, needsDeploy, missing: missing.length, unsent: unsent.length, late: late.length, erasures });
});

/** Logs once a minute while it lasts. The lane's alarm counts these lines. */
function tellLane(lane: string, { paused, stopped }: LaneState): void {
  if (stopped) log.warn('the lane is stopped: SES takes no mail', { lane, stoppedBy: stopped.code, since: stopped.since });
  if (paused) log.info('the lane is paused', { lane, since: paused.at });
}
