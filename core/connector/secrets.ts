import * as z from 'zod';
import type { Source } from './source.ts';

const Secret = z.object({
  /** What the vendor signs with. Two while one is replaced. */
  keys: z.array(z.string().min(1)).max(10).default([]),
  /** What its API takes. */
  token: z.string().min(1).optional(),
});
export type ConnectorSecret = z.infer<typeof Secret>;

/**
 * What the secret of the connectors says of one source. Undefined: nothing, or nothing that can be
 * read. The text of the secret is in no error.
 */
export function secretOf(text: string, source: Source): ConnectorSecret | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const all = z.record(z.string(), z.unknown()).safeParse(value);
  return all.success ? Secret.safeParse(all.data[source]).data : undefined;
}
