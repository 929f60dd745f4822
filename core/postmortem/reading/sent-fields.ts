import { lazily } from '../../shared/lazily.ts';
import { fieldNames, innerNames, isTechnical, type Names, nameLookup, squeezeName as squeeze } from './field-names.ts';
import type { Reading, SentField, Shape } from './reading.ts';
import { toolNames } from './tool-names.ts';

/**
 * Values by our field name. If the sender used several names of one field, there are several; the
 * first one takes precedence.
 */
export type SentFields = ReadonlyMap<string, readonly SentField[]>;

/** The members of one object that was sent, and the path by which the sender knows it. */
export interface Level {
  /** Empty for the outermost object. */
  readonly path: string;
  readonly record: Readonly<Record<string, unknown>>;
}

const lookupsOf = (all: Readonly<Record<string, Names>>) =>
  lazily(() => new Map(Object.entries(all).map(([shape, names]) => [shape, nameLookup(names)])));
const toolLookups = lookupsOf(toolNames);
const lookups = lookupsOf({ '': fieldNames, ...innerNames });
/** The fields that may be written as one object, and the names inside it. */
const composite: Readonly<Record<string, keyof typeof innerNames>> = {
  impactText: 'impact',
  rootCauses: 'rootCause',
  detection: 'detection',
  lessons: 'lessons',
  support: 'support',
  external: 'external',
};

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value is more than an empty text or list. */
export const saysSomething = ({ value }: SentField): boolean =>
  !(typeof value === 'string' && value.trim() === '') && !(Array.isArray(value) && value.length === 0);

/** Whether a field says who may see the document. */
export const isFieldOfVisibility = (field: string | undefined): boolean => field === 'restricted' || field === 'visibility';

/** The top-level field that a label or key stands for. */
export const findField = (name: string): string | undefined => lookups().get('')?.get(squeeze(name))?.field;

/** Every name that is read in an object of this kind. */
export const namesIn = (shape: Shape): string[] =>
  Object.entries<readonly string[]>(shape === '' ? fieldNames : innerNames[shape]).flatMap(([field, names]) =>
    field === 'ignored' || field === 'noted' ? [] : names,
  );

/** The rank of a name among the names of its field. Lower is better. */
export const rankOf = (name: string): number => lookups().get('')?.get(squeeze(name))?.rank ?? 0;

/**
 * Sorts the members of objects by our names. Opens the objects inside, and notes unknown names in
 * the reading. Of several values of a field, those of an earlier object come first. The id of an
 * object inside another one is not the postmortem's own. It comes after the numbers of the
 * incident.
 */
export function takeFields(levels: readonly Level[], reading: Reading): SentFields {
  const fields = new Map<string, SentField[]>();
  const inner: SentField[] = [];
  for (const { path, record } of levels) {
    for (const [field, sent] of takeInner('', record, path, reading)) {
      if (field === 'id' && path !== '') inner.push(...sent);
      else for (const one of sent) put(fields, field, one, reading);
    }
  }
  if (inner.length > 0) fields.set('incidentId', [...(fields.get('incidentId') ?? []), ...inner]);
  return fields;
}

function put(fields: Map<string, SentField[]>, field: string, sent: SentField, reading: Reading): void {
  const shape = composite[field];
  if (shape === undefined || !isRecord(sent.value)) {
    const plain = field === 'support' ? 'say' : field;
    fields.set(plain, [...(fields.get(plain) ?? []), sent]);
    return;
  }
  for (const [inner, several] of takeInner(shape, sent.value, sent.as, reading)) {
    for (const one of several) fields.set(inner, [...(fields.get(inner) ?? []), one]);
  }
}

interface Known {
  readonly field: string;
  readonly rank: number;
  readonly isLikely?: true;
}

/**
 * The field that a name stands for. Names of tools come after our own. What only a program uses is
 * left out of a tool's JSON. ServiceNow writes `u_` before the names of a company's own fields.
 */
function knownAs(shape: Shape, name: string, value: unknown, reading: Reading): Known | undefined {
  const own = lookups().get(shape)?.get(squeeze(name));
  if (reading.source === 'markdown' || (own !== undefined && own.field !== 'noted')) return own;
  const tool = toolLookups().get(shape)?.get(squeeze(name));
  // Somebody may open a record long after the incident began.
  if (tool !== undefined) return { field: tool.field, rank: tool.rank + (/opened/i.test(name) ? 300 : 100) };
  const ofCompany = name.replace(/^u_(?=\w)/, '');
  if (ofCompany !== name) return knownAs(shape, ofCompany, value, reading);
  if (own !== undefined) return own;
  const likely = isNothing(value) ? undefined : reading.likelyField?.(shape, name, value, (one) => listedAs(shape, one));
  if (likely !== undefined) return { field: likely, rank: 200, isLikely: true };
  return isTechnical(name) ? { field: 'ignored', rank: 0 } : undefined;
}

const listedAs = (shape: Shape, name: string): string | undefined =>
  (lookups().get(shape)?.get(squeeze(name)) ?? toolLookups().get(shape)?.get(squeeze(name)))?.field;

/** The members of one object in a list, by our names. */
export function takeInner(shape: Shape, record: Readonly<Record<string, unknown>>, path: string, reading: Reading): SentFields {
  const found: (SentField & { field: string; rank: number })[] = [];
  for (const [name, value] of Object.entries(record)) {
    const as = path === '' ? name : `${path}.${name}`;
    const known = knownAs(shape, name, value, reading);
    if (known === undefined) reading.unknown.push({ value, as, shape });
    else if (known.field === 'noted') reading.noted.push({ value, as, shape });
    else if (known.field !== 'ignored' && !isNothing(value)) found.push({ ...known, value, as });
  }
  const fields = new Map<string, SentField[]>();
  for (const { field, value, as, isLikely } of found.toSorted((a, b) => a.rank - b.rank))
    fields.set(field, [...(fields.get(field) ?? []), { value, as, ...(isLikely && { isLikely }) }]);
  return fields;
}

/**
 * Templates leave fields empty, so these values count as absent. An empty string is kept: an empty
 * visibility was asked for and not answered.
 */
const isNothing = (value: unknown): boolean => value === null || value === undefined;
