import { Duration } from 'aws-cdk-lib';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { EnvValues } from '../../lambdas/slack/env.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { mayRead } from '../constructs/stage-secrets.ts';
import { impacts, lateness } from '../impacts.ts';
import { mayEnqueue } from '../permissions.ts';
import type { StageContext } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';

/**
 * Adds the function that posts to Slack and has posts follow, where the settings name a token.
 * Returns its queue. Undefined: this stage has no Slack (docs/adr/060).
 */
export function addSlack({ stack, durations, bundles, settings, table, alarms, front }: StageContext): IQueue | undefined {
  if (!settings.slack) return undefined;
  const token = { secretArn: settings.slack.token };
  const environment = (queue: IQueue) =>
    ({
      TABLE_NAME: table.name,
      QUEUE_URL: queue.queueUrl,
      SLACK_TOKEN_ARN: token.secretArn,
      SLACK_API_URL: 'https://slack.com/api/',
      PUBLIC_URL: front.url,
    }) satisfies EnvValues;
  const { queue, log } = new QueueWorker(stack, 'Slack', {
    name: 'slack',
    description: 'Posts postmortems to Slack, and has posts follow each revision.',
    bundle: bundles.slack,
    timeoutSeconds: durations.timeout.slack,
    impact: impacts.slack,
    // A message that waits for Slack is sent again, and then counts as new.
    waiting: { longest: Duration.minutes(30), impact: lateness.slack },
    alarms,
    batchSize: 1,
    mayRecurse:
      'A post that has to wait for its place, for Slack or for a look into the history sends itself again, later each time. Looks and attempts bound it, and the brake of ten minutes.',
    maxConcurrency: 2,
    environment,
    may: (queue) => [...mayUse(table, 'slack'), mayRead(token), mayEnqueue(queue)],
  });
  // None of these fails: each is acknowledged once its message is sent again, so only log lines
  // show them. None is bad luck, so one line is enough. What lasts is logged every ten minutes.
  const handled = (outcome: string) => FilterPattern.stringValue('$.handled', '=', outcome);
  for (const { heading, impact, pattern } of [
    { heading: 'slack-stopped', impact: impacts.slackStopped, pattern: FilterPattern.exists('$.stoppedBy') },
    { heading: 'post-not-withdrawn', impact: impacts.notWithdrawn, pattern: handled('not withdrawn') },
    { heading: 'post-unconfirmed', impact: impacts.unconfirmed, pattern: handled('unconfirmed') },
  ])
    alarms.addLogAlarm({ heading, impact, log, pattern, periods: 1, minutes: 15 });
  return queue;
}
