import * as z from 'zod';

/** The keys that a schema knows at a path; empty where it takes no keys. */
export function knownKeys(schema: unknown, path: readonly PropertyKey[]): string[] {
  const [step, ...rest] = path;
  return forms(schema)
    .flatMap((form) => {
      if (step === undefined) return keysOf(form);
      if (form instanceof z.ZodArray) return knownKeys(form.element, rest);
      if (form instanceof z.ZodRecord) return knownKeys(form.valueType, rest);
      return form instanceof z.ZodObject ? knownKeys(form.shape[String(step)], rest) : [];
    })
    .filter((key, i, all) => all.indexOf(key) === i);
}

/** A schema without what only wraps it; each of its options where it is a choice. */
function forms(schema: unknown): unknown[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return forms(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(forms);
  return [schema];
}

function keysOf(schema: unknown): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) return schema.keyType.options.map(String);
  return [];
}
