import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { deployedHash } from '../../core/distribution/deployed-parts.ts';
import { deployedValues } from '../../core/distribution/distribution-changes.ts';
import type { EnvValues as HomeEnvValues } from '../../lambdas/home/env.ts';
import type { EnvValues } from '../../lambdas/operator/env.ts';
import { aProcessorMb, StageFunction } from '../constructs/stage-function.ts';
import { mayRead } from '../constructs/stage-secrets.ts';
import { deadLettersOf } from '../dead-letters.ts';
import { mayEnqueue } from '../permissions.ts';
import type { LaneSending } from '../sending.ts';
import { addressesOf, type StageContext, thoseOf, type WorkQueues } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';

/** Adds the function that serves the command line. */
export function addOperator(
  stage: StageContext,
  queues: WorkQueues & { readonly collect: IQueue | undefined },
  sending: Pick<LaneSending, 'to'>,
): void {
  const { stack, durations, bundles, table, secrets, front } = stage;
  const { environment, may } = operating(stage, queues, sending);
  const { fn } = new StageFunction(stack, 'Operator', {
    name: 'operator',
    description: 'Serves the command line: people, configuration, keys, editions.',
    bundle: bundles.operator,
    timeoutSeconds: durations.timeout.operator,
    // A person is waiting. Work of the processor costs the same at any size, because a larger
    // function ends sooner.
    memoryMb: aProcessorMb,
    environment: {
      ...environment,
      FIRST_KEY_ARN: secrets.firstKey.secretArn,
      COLLECT_QUEUE_URL: queues.collect?.queueUrl ?? '',
    } satisfies EnvValues,
    may: [...mayUse(table, 'operator'), ...may, mayRead(secrets.firstKey), ...(queues.collect ? [mayEnqueue(queues.collect)] : [])],
  });
  front.serve('Operator', fn, [{ path: '/operator/{proxy+}', methods: [HttpMethod.ANY] }]);
}

/** What the operator's routes need wherever they are called, beside the table. */
export function operating(
  { stack, distribution, table, secrets: { identity, suppression }, front }: StageContext,
  queues: WorkQueues,
  { to }: Pick<LaneSending, 'to'>,
): { readonly environment: HomeEnvValues; readonly may: readonly PolicyStatement[] } {
  const deadLetters = deadLettersOf(stack);
  return {
    environment: {
      TABLE_NAME: table.name,
      ...addressesOf(queues),
      PUBLIC_URL: front.url,
      MAY_MAIL: to.join(','),
      IDENTITY_SECRET_ARN: identity.secretArn,
      SUPPRESSION_SECRET_ARN: suppression.secretArn,
      DEPLOYED_DISTRIBUTION: deployedHash(distribution),
      DEPLOYED_VALUES: deployedValues(distribution),
      ...deadLetters.environment,
      STACK_NAME: stack.stackName,
    },
    may: [mayEnqueue(...thoseOf(queues)), mayRead(identity, suppression), ...deadLetters.may],
  };
}
