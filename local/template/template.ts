import * as z from 'zod';

const Properties = z.record(z.string(), z.unknown());

export const Resource = z.object({
  Type: z.string(),
  Properties: Properties.default({}),
  Metadata: Properties.default({}),
  Condition: z.string().optional(),
});
export type Resource = z.infer<typeof Resource>;

/** A synthesised CloudFormation template, as far as the local stack reads it. */
export const Template = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.union([z.string(), z.number()]).optional() })).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Resources: z.record(z.string(), Resource),
});
export type Template = z.infer<typeof Template>;

/**
 * Something in the template that the local stack cannot run as AWS would. The message says where.
 */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
