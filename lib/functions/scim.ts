import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { type EnvValues, scimBase } from '../../lambdas/scim/env.ts';
import { aProcessorMb, StageFunction } from '../constructs/stage-function.ts';
import { mayRead } from '../constructs/stage-secrets.ts';
import type { StageContext } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';

/** Entra asks for 25 requests a second (its guide to SCIM). A directory waits when told to. */
const oneDirectory = { rateLimit: 25, burstLimit: 50 };

/**
 * Adds the function that serves the organisation's directory. It is one of its own because it may
 * do far less than `operator`: whoever has the directory's key reaches no postmortem.
 */
export function addScim({ stack, durations, bundles, table, secrets: { identity, suppression }, front }: StageContext): void {
  const { fn } = new StageFunction(stack, 'Scim', {
    name: 'scim',
    description: 'Serves the directory of the organisation: people who join, move and leave.',
    bundle: bundles.scim,
    timeoutSeconds: durations.timeout.scim,
    // Finding somebody among 10,000 is work of the processor.
    memoryMb: aProcessorMb,
    environment: {
      TABLE_NAME: table.name,
      PUBLIC_URL: front.url,
      IDENTITY_SECRET_ARN: identity.secretArn,
      SUPPRESSION_SECRET_ARN: suppression.secretArn,
    } satisfies EnvValues,
    may: [...mayUse(table, 'scim'), mayRead(identity, suppression)],
  });
  front.serve('Scim', fn, [{ path: `${scimBase}/{proxy+}`, methods: [HttpMethod.ANY], throttle: oneDirectory }]);
}
