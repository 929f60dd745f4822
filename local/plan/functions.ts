import * as z from 'zod';
import type { ResolvedResource } from '../template/load.ts';
import { TemplateError } from '../template/template.ts';
import { count, read } from './read.ts';

export interface FunctionPlan {
  readonly name: string;
  readonly arn: string;
  /**
   * Folder of the bundle, relative to the assets. A function with its code in the template is
   * refused.
   */
  readonly asset: string;
  readonly handler: string;
  /** The function may do what this role may do. */
  readonly roleArn: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number;
  /**
   * Whether its calls may return to it through a queue without limit: `RecursiveLoop` is `Allow`.
   */
  readonly mayLoop: boolean;
}

const Properties = z.object({
  Handler: z.string(),
  Role: z.string(),
  Runtime: z.string().startsWith('nodejs'),
  Timeout: count.default(3),
  MemorySize: count.default(128),
  ReservedConcurrentExecutions: count.optional(),
  RecursiveLoop: z.enum(['Allow', 'Terminate']).default('Terminate'),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).default({ Variables: {} }),
});

export function functionOf(resource: ResolvedResource): FunctionPlan {
  const properties = read(resource, Properties);
  const asset = resource.metadata['aws:asset:path'];
  if (typeof asset !== 'string') throw new TemplateError(`${resource.logicalId}: its metadata names no folder with the function's bundle`);
  const reserved = properties.ReservedConcurrentExecutions;
  return {
    name: resource.name,
    arn: resource.identity.attributes.Arn ?? resource.name,
    asset,
    handler: properties.Handler,
    roleArn: properties.Role,
    timeoutMs: properties.Timeout * 1000,
    memoryMb: properties.MemorySize,
    environment: properties.Environment.Variables,
    mayLoop: properties.RecursiveLoop === 'Allow',
    ...(reserved === undefined ? {} : { reservedConcurrency: reserved }),
  };
}

/** A queue whose messages are handed to a function. */
export interface MappingPlan {
  readonly queueArn: string;
  /** Name or ARN, as the template has it. */
  readonly functionName: string;
  readonly batchSize: number;
  readonly batchWindowMs: number;
  readonly maximumConcurrency?: number;
  readonly reportsBatchItemFailures: boolean;
  readonly enabled: boolean;
}

const MappingProperties = z.strictObject({
  EventSourceArn: z.string().startsWith('arn:aws:sqs:'),
  FunctionName: z.string(),
  BatchSize: count.default(10),
  MaximumBatchingWindowInSeconds: count.default(0),
  Enabled: z.boolean().default(true),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: count.optional() }).default({}),
  Tags: z.unknown().optional(),
});

export function mappingOf(resource: ResolvedResource): MappingPlan {
  const properties = read(resource, MappingProperties);
  const most = properties.ScalingConfig.MaximumConcurrency;
  return {
    queueArn: properties.EventSourceArn,
    functionName: properties.FunctionName,
    batchSize: properties.BatchSize,
    batchWindowMs: properties.MaximumBatchingWindowInSeconds * 1000,
    reportsBatchItemFailures: properties.FunctionResponseTypes.length > 0,
    enabled: properties.Enabled,
    ...(most === undefined ? {} : { maximumConcurrency: most }),
  };
}
