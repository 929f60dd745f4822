import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { EnvValues } from '../../lambdas/hooks/env.ts';
import { StageFunction } from '../constructs/stage-function.ts';
import { mayRead } from '../constructs/stage-secrets.ts';
import { impacts } from '../impacts.ts';
import { mayEnqueue } from '../permissions.ts';
import type { StageContext } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';

/** Adds the function that takes events of incident tools, where the stage has connectors. */
export function addHooks({ stack, durations, bundles, settings, table, alarms, front }: StageContext, collect: IQueue | undefined): void {
  if (!settings.connectors || !collect) return;
  const secret = { secretArn: settings.connectors.secret };
  const { fn, log } = new StageFunction(stack, 'Hooks', {
    name: 'hooks',
    description: 'Takes events of incident tools, once their signature is checked.',
    bundle: bundles.hooks,
    timeoutSeconds: durations.timeout.hooks,
    environment: {
      TABLE_NAME: table.name,
      COLLECT_QUEUE_URL: collect.queueUrl,
      CONNECTORS_SECRET_ARN: secret.secretArn,
    } satisfies EnvValues,
    may: [...mayUse(table, 'hooks'), mayRead(secret), mayEnqueue(collect)],
  });
  // A vendor sends what it kept all at once when it, or we, were away.
  const throttle = { rateLimit: 300, burstLimit: 1000 };
  front.serve('Hooks', fn, [{ path: '/hooks/{source}/{token}', methods: [HttpMethod.POST], throttle }]);
  alarms.addLogAlarm({
    heading: 'hooks-refused',
    impact: impacts.hooksRefused,
    log,
    pattern: FilterPattern.exists('$.refused'),
    periods: 1,
    minutes: 15,
  });
}
