import * as z from 'zod';
import type { ResolvedResource } from '../template/load.ts';
import { read } from './read.ts';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) })).min(1);
const Properties = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.object({
          ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
          NonKeyAttributes: z.array(z.string()).optional(),
        }),
      }),
    )
    .default([]),
  LocalSecondaryIndexes: z.undefined().optional(),
  StreamSpecification: z.undefined().optional(),
});

/** A table's keys and indexes, by the names of the template. */
export type TablePlan = z.infer<typeof Properties> & { readonly name: string };

export const tableOf = (resource: ResolvedResource): TablePlan => ({ name: resource.name, ...read(resource, Properties) });
