import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { deployedHash } from '../../core/distribution/deployed-parts.ts';
import type { EnvValues } from '../../lambdas/operator/env.ts';
import { aProcessorMb, StageFunction } from '../constructs/stage-function.ts';
import { mayRead } from '../constructs/stage-secrets.ts';
import { mayEnqueue } from '../permissions.ts';
import type { LaneSending } from '../sending.ts';
import type { StageContext } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';

/** Adds the function that serves the command line. It is the only one that lists addresses. */
export function addOperator(
  { stack, durations, bundles, distribution, table, secrets, front }: StageContext,
  compose: IQueue,
  { to }: Pick<LaneSending, 'to'>,
): void {
  const { identity, suppression, firstKey } = secrets;
  const { fn } = new StageFunction(stack, 'Operator', {
    name: 'operator',
    description: 'Serves the command line: people, configuration, keys, editions.',
    bundle: bundles.operator,
    timeoutSeconds: durations.timeout.operator,
    // A person is waiting. Work of the processor costs the same at any size, because a larger
    // function ends sooner.
    memoryMb: aProcessorMb,
    environment: {
      TABLE_NAME: table.name,
      COMPOSE_QUEUE_URL: compose.queueUrl,
      PUBLIC_URL: front.url,
      MAY_MAIL: to.join(','),
      IDENTITY_SECRET_ARN: identity.secretArn,
      SUPPRESSION_SECRET_ARN: suppression.secretArn,
      FIRST_KEY_ARN: firstKey.secretArn,
      DEPLOYED_DISTRIBUTION: deployedHash(distribution),
      STACK_NAME: stack.stackName,
    } satisfies EnvValues,
    may: [...mayUse(table, 'operator'), mayEnqueue(compose), mayRead(identity, suppression, firstKey)],
  });
  front.serve('Operator', fn, [{ path: '/operator/{proxy+}', methods: [HttpMethod.ANY] }]);
}
