import { Duration } from 'aws-cdk-lib';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { EnvValues } from '../../lambdas/collect/env.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { mayRead } from '../constructs/stage-secrets.ts';
import { impacts, lateness } from '../impacts.ts';
import { mayEnqueue } from '../permissions.ts';
import { addressesOf, type StageContext, thoseOf, type WorkQueues } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';

/**
 * Adds the function that asks incident tools and takes their postmortems, where the settings name
 * the secret of the connectors. Returns its queue, which the caller has to schedule. Undefined:
 * this stage has no connectors (docs/adr/095).
 */
export function addCollect({ stack, durations, bundles, settings, table, alarms }: StageContext, queues: WorkQueues): IQueue | undefined {
  if (!settings.connectors) return undefined;
  const secret = { secretArn: settings.connectors.secret };
  const { queue, log } = new QueueWorker(stack, 'Collect', {
    name: 'collect',
    description: 'Takes postmortems from incident tools.',
    bundle: bundles.collect,
    timeoutSeconds: durations.timeout.collect,
    impact: impacts.collect,
    // A message that waits for a vendor is sent again, and then counts as new.
    waiting: { longest: Duration.minutes(30), impact: lateness.collect },
    alarms,
    batchSize: 1,
    mayRecurse:
      'A vendor that is busy is asked again when it says, and a poll has each changed incident asked about. Two days without an answer end it.',
    maxConcurrency: 2,
    environment: (own) =>
      ({
        TABLE_NAME: table.name,
        QUEUE_URL: own.queueUrl,
        ...addressesOf(queues),
        CONNECTORS_SECRET_ARN: secret.secretArn,
        VENDORS_URL: '',
      }) satisfies EnvValues,
    may: (own) => [...mayUse(table, 'collect', queues), mayRead(secret), mayEnqueue(own, ...thoseOf(queues))],
  });
  // Such a message is acknowledged, so only log lines show what nobody else is told of.
  const pattern = FilterPattern.stringValue('$.held', '=', 'urgent');
  alarms.addLogAlarm({ heading: 'inbound-held', impact: impacts.inboundHeld, log, pattern, periods: 1, minutes: 15 });
  return queue;
}
