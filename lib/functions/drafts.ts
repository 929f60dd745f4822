import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { draftPaths, type EnvValues } from '../../lambdas/drafts/env.ts';
import { aProcessorMb, StageFunction } from '../constructs/stage-function.ts';
import { mayRead } from '../constructs/stage-secrets.ts';
import type { StageContext } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';

/** People write by hand. Whatever is not signed costs no more than that. */
const byHand = { rateLimit: 10, burstLimit: 20 };

/**
 * Adds the function that makes drafts of what people send from Slack, where the settings name a
 * signing secret (docs/adr/099). What follows from a draft is done by `sweep`, so it asks no queue.
 */
export function addDrafts({ stack, durations, bundles, settings, table, front }: StageContext): void {
  const arn = settings.slack?.signing;
  if (arn === undefined) return;
  const { fn } = new StageFunction(stack, 'Drafts', {
    name: 'drafts',
    description: 'Makes drafts of what people send from Slack.',
    bundle: bundles.drafts,
    timeoutSeconds: durations.timeout.drafts,
    // Slack waits three seconds, and a cold start is among them.
    memoryMb: aProcessorMb,
    environment: {
      TABLE_NAME: table.name,
      SLACK_SIGNING_ARN: arn,
      SLACK_ANSWERS_URL: 'https://hooks.slack.com/',
      PUBLIC_URL: front.url,
    } satisfies EnvValues,
    may: [...mayUse(table, 'drafts'), mayRead({ secretArn: arn })],
  });
  front.serve(
    'Drafts',
    fn,
    draftPaths.map((path) => ({ path, methods: [HttpMethod.POST], throttle: byHand })),
  );
}
