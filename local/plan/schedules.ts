import * as z from 'zod';
import type { ResolvedResource } from '../template/load.ts';
import { read } from './read.ts';

export interface SchedulePlan {
  readonly name: string;
  readonly arn: string;
  /** `cron(…)` with six fields or `rate(…)`. */
  readonly expression: string;
  readonly zone: string;
  readonly enabled: boolean;
  readonly targetArn: string;
  readonly roleArn: string;
  /** What the target gets. AWS's placeholders are still in it. */
  readonly input: string;
}

const Properties = z.object({
  ScheduleExpression: z.string().regex(/^(cron|rate)\(.+\)$/, 'cron(…) or rate(…)'),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.object({
    Arn: z.string().regex(/^arn:aws:(sqs|lambda):/, 'a queue or a function'),
    RoleArn: z.string(),
    Input: z.string().default('{}'),
  }),
});

export function schedulePlanOf(resource: ResolvedResource): SchedulePlan {
  const { ScheduleExpression, ScheduleExpressionTimezone, State, Target } = read(resource, Properties);
  return {
    name: resource.name,
    arn: resource.identity.attributes.Arn ?? resource.name,
    expression: ScheduleExpression,
    zone: ScheduleExpressionTimezone,
    enabled: State === 'ENABLED',
    targetArn: Target.Arn,
    roleArn: Target.RoleArn,
    input: Target.Input,
  };
}
