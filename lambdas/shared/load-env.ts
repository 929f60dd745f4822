import type * as z from 'zod';

/**
 * Checks a function's variables, once per cold start. A missing one stops the function and is
 * named, instead of causing an `undefined` later.
 */
export const loadEnv = <Schema extends z.ZodType>(schema: Schema): z.output<Schema> => {
  const read = schema.safeParse(process.env);
  if (read.success) return read.data;
  const wrong = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new Error(`environment of this function: ${wrong}`);
};
