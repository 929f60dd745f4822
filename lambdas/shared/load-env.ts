import type * as z from 'zod';

/**
 * A function's variables, checked once per cold start: a missing one stops the function with its
 * name, not with `undefined` later.
 */
export const loadEnv = <Schema extends z.ZodType>(schema: Schema): z.output<Schema> => {
  const read = schema.safeParse(process.env);
  if (read.success) return read.data;
  const wrong = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new Error(`environment of this function: ${wrong}`);
};
