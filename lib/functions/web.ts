import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { type EnvValues, pagePaths } from '../../lambdas/web/env.ts';
import { StageFunction } from '../constructs/stage-function.ts';
import { mayRead } from '../constructs/stage-secrets.ts';
import type { House } from '../house.ts';
import { mayEnqueue } from '../permissions.ts';
import { mayUse } from '../table-permissions.ts';

/** Serves the pages behind the links in mails, to any method: scanners ask with HEAD and OPTIONS, mail clients post, people press buttons. */
export function addWeb({ stack, durations, bundles, table, secrets, front }: House, compose: IQueue): void {
  const { identity, suppression, tokenKeys } = secrets;
  const { fn } = new StageFunction(stack, 'Web', {
    name: 'web',
    description: 'Serves the pages behind the links in mails.',
    bundle: bundles.web,
    timeoutSeconds: durations.timeout.web,
    environment: {
      TABLE_NAME: table.name,
      TOKEN_KEYS_ARN: tokenKeys.secretArn,
      IDENTITY_SECRET_ARN: identity.secretArn,
      SUPPRESSION_SECRET_ARN: suppression.secretArn,
      COMPOSE_QUEUE_URL: compose.queueUrl,
      PUBLIC_URL: front.url,
    } satisfies EnvValues,
    may: [...mayUse(table, 'web'), mayRead(tokenKeys, identity, suppression), mayEnqueue(compose)],
  });
  front.serve(
    'Web',
    fn,
    pagePaths.map((path) => ({ path, methods: [HttpMethod.ANY] })),
  );
}
