import { Duration } from 'aws-cdk-lib';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { noticeRulesOf } from '../../core/distribution/notice-rules.ts';
import type { Lane } from '../../core/stream/stream.ts';
import type { EnvValues } from '../../lambdas/deliver/env.ts';
import { pageBases } from '../../lambdas/web/env.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { aProcessorMb } from '../constructs/stage-function.ts';
import { keysOf, mayRead } from '../constructs/stage-secrets.ts';
import { impacts, lateness } from '../impacts.ts';
import { mayEnqueue } from '../permissions.ts';
import type { LaneSending, StageSending } from '../sending.ts';
import type { StageContext } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';

/** The queue of each lane. */
export type LaneWorkers = Readonly<Record<Lane, IQueue>>;

interface LaneProps {
  readonly name: Lane;
  readonly maxConcurrency: number;
  readonly longestWait: Duration;
  readonly sending: LaneSending;
}

/**
 * Adds `deliver` four times from one bundle. Each lane has its own queue, role, concurrency and
 * configuration set. Nothing else may send mail.
 */
export const addLanes = (stage: StageContext, { internal, customers }: StageSending): LaneWorkers => ({
  // In a large run a range waits for its turn as long as the run takes. At 14 per second, the rate
  // of a young account, three hours are 150,000 mails.
  bulk: addLane(stage, {
    name: 'bulk',
    maxConcurrency: stage.settings.workers,
    longestWait: Duration.hours(3),
    sending: internal,
  }),
  // At that rate, with the smaller half of it while a digest leaves, nearly five thousand people
  // have an incident within a quarter of an hour.
  prompt: addLane(stage, { name: 'prompt', maxConcurrency: 2, longestWait: Duration.minutes(15), sending: internal }),
  // At that rate an alert to a thousand leaders leaves within 75 seconds, ahead of all bulk mail.
  urgent: addLane(stage, { name: 'urgent', maxConcurrency: 2, longestWait: Duration.minutes(3), sending: internal }),
  customers: addLane(stage, {
    name: 'customers',
    maxConcurrency: 2,
    longestWait: Duration.hours(3),
    sending: customers,
  }),
});

/** The heading of the alarm for a stopped lane. */
export const stoppedHeading = (lane: Lane) => `${lane}-stopped`;

function addLane(stage: StageContext, { name, maxConcurrency, longestWait, sending }: LaneProps): IQueue {
  const { request, lease, grace, timeout } = stage.durations;
  const realm = name === 'customers' ? 'customers' : 'staff';
  const tokenKeys = keysOf(realm, stage.secrets);
  const environment = (queue: IQueue) =>
    ({
      TABLE_NAME: stage.table.name,
      LANE: name,
      QUEUE_URL: queue.queueUrl,
      // Links in mails to customers lead to customers' own pages.
      PUBLIC_URL: `${stage.front.url}${pageBases[realm]}`,
      TOKEN_KEYS_ARN: tokenKeys.secretArn,
      MAY_MAIL: sending.to.join(','),
      SENDER_NAME: sending.sender.name,
      SENDER_ADDRESS: sending.sender.address,
      TRACKED_CONFIGURATION_SET: sending.tracked,
      UNTRACKED_CONFIGURATION_SET: sending.untracked,
      REQUEST_TIMEOUT_MS: String(request * 1000),
      LEASE_SECONDS: String(lease),
      GRACE_SECONDS: String(grace),
    }) satisfies EnvValues;
  const { queue, log } = new QueueWorker(stage.stack, `Deliver-${name}`, {
    name: `deliver-${name}`,
    queueName: name,
    description: `Sends the mails of the ${name} lane.`,
    bundle: stage.bundles.deliver,
    timeoutSeconds: timeout.deliver,
    // Its workers are few and seldom run, and leaders wait for each of them.
    ...(name === 'urgent' && { memoryMb: aProcessorMb, isKeptReady: true }),
    impact: impacts[name],
    waiting: { longest: longestWait, impact: lateness[name] },
    alarms: stage.alarms,
    batchSize: 1,
    mayRecurse:
      'A range sends its halves, and a leaf that has to wait itself: 50,000 readers are a chain of twelve before the first mail. Leases and the rows of the ranges bound it.',
    maxConcurrency,
    environment,
    may: (queue) => [...mayUse(stage.table, `deliver-${name}`), ...sending.may, mayRead(tokenKeys), mayEnqueue(queue)],
  });
  // Mail that cannot be sent is kept and nothing fails, so only log lines show it: those of a
  // worker that called SES and, each minute, those of `sweep`.
  const pattern = FilterPattern.exists('$.stoppedBy');
  const periods = name === 'urgent' ? 1 : 3;
  stage.alarms.addLogAlarm({ heading: stoppedHeading(name), impact: impacts[name], log, pattern, periods });
  if (name === 'customers' && noticeRulesOf(stage.distribution)) {
    const isRefused = FilterPattern.exists('$.notApproved');
    stage.alarms.addLogAlarm({ heading: 'notice-not-approved', impact: impacts.notApproved, log, pattern: isRefused, periods: 1 });
  }
  return queue;
}
