import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { EnvValues } from '../../lambdas/web/env.ts';
import { StageFunction } from '../constructs/stage-function.ts';
import { mayRead } from '../constructs/stage-secrets.ts';
import type { House } from '../house.ts';
import { mayUse } from '../table-permissions.ts';

/** Every page starts with a token: unsubscribe, preferences, view in browser, one audience's archive and a postmortem in it. */
const pages = ['/u/{token}', '/p/{token}', '/view/{token}', '/r/{token}', '/r/{token}/{postmortem}'];

/** Serves the pages behind the links in mails, to any method: scanners ask with HEAD and OPTIONS, mail clients post, people press buttons. */
export function addWeb({ stack, durations, bundles, table, secrets, front }: House): void {
  const { fn } = new StageFunction(stack, 'Web', {
    name: 'web',
    description: 'Serves the pages behind the links in mails.',
    bundle: bundles.web,
    timeoutSeconds: durations.timeout.web,
    environment: { TABLE_NAME: table.name, TOKEN_KEYS_ARN: secrets.tokenKeys.secretArn } satisfies EnvValues,
    may: [...mayUse(table, 'web'), mayRead(secrets.tokenKeys)],
  });
  const routes = pages.map((path) => ({ path, methods: [HttpMethod.ANY] }));
  front.serve('Web', fn, routes);
}
