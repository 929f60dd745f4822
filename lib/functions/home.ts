import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { base, type EnvValues, homePaths } from '../../lambdas/home/env.ts';
import { aProcessorMb, StageFunction } from '../constructs/stage-function.ts';
import type { LaneSending } from '../sending.ts';
import type { StageContext, WorkQueues } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';
import { operating } from './operator.ts';

/** Some tens of people press here. No link of a mail leads there, so no scanner follows one. */
const fewPeople = { rateLimit: 20, burstLimit: 40 };

/**
 * Adds the function that serves the pages for operators and authors. It may do what the operator's
 * and the producers' routes do, because its pages act through them (docs/adr/053).
 */
export function addHome(stage: StageContext, queues: WorkQueues, sending: Pick<LaneSending, 'to'>): void {
  const { stack, durations, bundles, table, front } = stage;
  const { environment, may } = operating(stage, queues, sending);
  const { fn } = new StageFunction(stack, 'Home', {
    name: 'home',
    description: 'Serves the pages for operators and authors.',
    bundle: bundles.home,
    timeoutSeconds: durations.timeout.home,
    // A person is waiting. Work of the processor costs the same at any size, because a larger
    // function ends sooner.
    memoryMb: aProcessorMb,
    environment: environment satisfies EnvValues,
    may: [...mayUse(table, 'home'), ...may],
  });
  front.serve(
    'Home',
    fn,
    homePaths.map((path) => ({ path: `${base}${path}`, methods: [HttpMethod.ANY], throttle: fewPeople })),
  );
}
