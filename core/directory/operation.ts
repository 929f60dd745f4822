import * as z from 'zod';
import { DirectoryRefusal, invalidValue } from './refusal.ts';

/** One operation of a PatchOp (RFC 7644, section 3.5.2). */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path?: string | undefined;
  readonly value?: unknown;
}

/** The most operations in one request. */
const mostOperations = 1000;

const Patch = z.object({
  operations: z
    .array(
      z.object({
        // Entra writes Add and Replace.
        op: z
          .string()
          .toLowerCase()
          .pipe(z.enum(['add', 'replace', 'remove'])),
        path: z.string().min(1).nullish(),
        value: z.unknown().optional(),
      }),
    )
    .min(1),
});

/** The operations of a PATCH. Names of attributes may be written in any case. Throws a refusal. */
export function readOperations(body: unknown): Operation[] {
  const read = Patch.safeParse(lowered(body));
  if (!read.success) {
    throw new DirectoryRefusal(
      400,
      'This is no PatchOp.',
      'Send Operations, each with op (add, replace or remove), path and value.',
      'invalidSyntax',
    );
  }
  const { operations } = read.data;
  if (operations.length > mostOperations)
    throw new DirectoryRefusal(413, `At most ${mostOperations} operations are taken.`, 'Send the others in a further request.', 'tooMany');
  return operations.map(({ path, ...rest }) => ({ ...rest, path: path ?? undefined }));
}

const lowered = (body: unknown): unknown =>
  isRecord(body) ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value])) : body;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Some send a single value as a list of one object. */
export const opened = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 1 && isRecord(value[0]) && 'value' in value[0] ? value[0].value : value;

const longestText = 254;

/** Nothing and an empty text remove an attribute. */
export function readText(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalidValue(`${name} is not a text.`, 'Send a text, or null to remove it.');
  const text = value.trim().normalize('NFC');
  if (text.length > longestText)
    throw invalidValue(`${name} has more than ${longestText} characters.`, 'Shorten it, or map another attribute to it.');
  return text === '' ? undefined : text;
}

/** Entra sends the texts "True" and "False". */
export function readBoolean(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (text === 'true' || text === 'false') return text === 'true';
  throw invalidValue(`${name} is neither true nor false.`, 'Send one of the two.');
}
