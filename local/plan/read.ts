import * as z from 'zod';
import type { ResolvedResource } from '../template/load.ts';
import { TemplateError } from '../template/template.ts';

/** The resource's properties in the given shape. The error names resource and property. */
export const read = <Schema extends z.ZodType>({ logicalId, type, properties }: ResolvedResource, schema: Schema): z.output<Schema> => {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return parsed.data;
  throw new TemplateError(`${logicalId} (${type}): ${z.prettifyError(parsed.error)}`);
};

/** In templates, a number may be written as text. */
export const count = z.coerce.number().int();
