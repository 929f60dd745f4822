import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { holdActs } from '../../core/intake/hold-postmortem.ts';
import type { EnvValues } from '../../lambdas/intake/env.ts';
import { aProcessorMb, StageFunction } from '../constructs/stage-function.ts';
import { mayEnqueue } from '../permissions.ts';
import { addressesOf, type StageContext, thoseOf, type WorkQueues } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';

/** Adds the function that takes postmortems from producers. */
export function addIntake({ stack, durations, bundles, table, front }: StageContext, queues: WorkQueues): void {
  const { fn } = new StageFunction(stack, 'Intake', {
    name: 'intake',
    description: 'Takes postmortems from producers.',
    bundle: bundles.intake,
    timeoutSeconds: durations.timeout.intake,
    memoryMb: aProcessorMb,
    isKeptReady: true,
    environment: { TABLE_NAME: table.name, ...addressesOf(queues) } satisfies EnvValues,
    may: [...mayUse(table, 'intake', queues), mayEnqueue(...thoseOf(queues))],
  });
  front.serve('Intake', fn, [
    { path: '/postmortems/{id}', methods: [HttpMethod.PUT, HttpMethod.GET] },
    { path: '/postmortems', methods: [HttpMethod.POST, HttpMethod.GET] },
    ...holdActs.map((act) => ({ path: `/postmortems/{id}/${act}`, methods: [HttpMethod.POST] })),
    { path: '/postmortems/{id}/revisions', methods: [HttpMethod.GET] },
    { path: '/postmortems/{id}/relevance', methods: [HttpMethod.GET] },
    { path: '/postmortems/{id}/similar/{earlier}', methods: [HttpMethod.POST] },
  ]);
}
