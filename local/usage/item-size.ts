import * as z from 'zod';

/** An attribute value in DynamoDB's wire format: one type letter and the value. */
export const Attribute: z.ZodType<Attribute> = z.lazy(() =>
  z.object({
    S: z.string().optional(),
    N: z.string().optional(),
    B: z.string().optional(),
    BOOL: z.boolean().optional(),
    NULL: z.boolean().optional(),
    SS: z.array(z.string()).optional(),
    NS: z.array(z.string()).optional(),
    BS: z.array(z.string()).optional(),
    L: z.array(Attribute).optional(),
    M: z.record(z.string(), Attribute).optional(),
  }),
);
export interface Attribute {
  readonly S?: string | undefined;
  readonly N?: string | undefined;
  readonly B?: string | undefined;
  readonly BOOL?: boolean | undefined;
  readonly NULL?: boolean | undefined;
  readonly SS?: string[] | undefined;
  readonly NS?: string[] | undefined;
  readonly BS?: string[] | undefined;
  readonly L?: Attribute[] | undefined;
  readonly M?: Record<string, Attribute> | undefined;
}
export const Item = z.record(z.string(), Attribute);
export type Item = z.infer<typeof Item>;

const utf8 = (text: string) => Buffer.byteLength(text);
const digits = (text: string) => Math.ceil(text.replace(/^-?0*|\./g, '').length / 2) + 1;
const bytes = (base64: string) => Buffer.from(base64, 'base64').length;
const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);

function valueSize({ S, N, B, SS, NS, BS, L, M }: Attribute): number {
  if (S !== undefined) return utf8(S);
  if (N !== undefined) return digits(N);
  if (B !== undefined) return bytes(B);
  if (SS !== undefined) return sum(SS.map(utf8));
  if (NS !== undefined) return sum(NS.map(digits));
  if (BS !== undefined) return sum(BS.map(bytes));
  if (L !== undefined) return 3 + sum(L.map((entry) => 1 + valueSize(entry)));
  if (M !== undefined) return 3 + sum(Object.entries(M).map(([name, entry]) => 1 + utf8(name) + valueSize(entry)));
  return 1;
}

/** The bytes that DynamoDB counts for an item: names and values. */
export const itemSize = (item: Item): number => sum(Object.entries(item).map(([name, value]) => utf8(name) + valueSize(value)));

/**
 * One write unit for each started kilobyte, at least one, also for a write whose condition failed.
 */
export const writeUnits = (size: number): number => Math.max(1, Math.ceil(size / 1024));
