import { type Document, isScalar, LineCounter, parseAllDocuments, visit } from 'yaml';
import { positionOf } from '../../distribution/yaml-positions.ts';
import type { CatalogRemark, Place, PlaceOf } from '../remark.ts';

/** A Backstage entity of a kind that the catalogue reads. */
export interface Entity {
  readonly kind: EntityKind;
  /** `metadata` and `spec` are in here, unchecked. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly at: PlaceOf;
}
export const entityKinds = ['Component', 'Resource', 'API', 'System', 'Group'] as const;
export type EntityKind = (typeof entityKinds)[number];

export interface ReadEntities {
  readonly entities: readonly Entity[];
  readonly remarks: readonly CatalogRemark[];
  /** How many entities of other kinds were left out, by kind. */
  readonly otherKinds: ReadonlyMap<string, number>;
  /** How many documents are no entities, or templates of some. */
  readonly foreign: number;
}

/** Backstage's file format: YAML, of which each document is an entity. */
export function readYamlEntities(file: string, text: string): ReadEntities {
  const lines = new LineCounter();
  const documents = parsed(() => parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false }), file);
  if ('level' in documents) return none([documents]);
  const found = (Array.isArray(documents) ? documents : []).map((document): ReadEntities => {
    const [broken = doubledKey(document) ?? crowdOfAliases(document)] = document.errors;
    if (broken) return none([unreadable({ file, ...place(lines, broken.pos[0]) }, broken.message)]);
    const value = parsed<unknown>(() => document.toJS({ maxAliasCount: 100 }), file);
    if (isRemark(value)) return none([value]);
    const at =
      (above: readonly number[]): PlaceOf =>
      (path) => ({ file, ...positionOf(document, lines, [...above, ...path], 'value') });
    return sorted(listed(value).map(({ value: one, above }) => ({ value: one, at: at(above) })));
  });
  return together(found);
}

/** What Backstage's `/api/catalog/entities` answers, or the `items` of a page of it. */
export function readJsonEntities(file: string, text: string): ReadEntities {
  const value = parsed<unknown>(() => JSON.parse(text), file);
  if (isRemark(value)) return none([value]);
  const items = isRecord(value) && Array.isArray(value.items) ? value.items : value;
  return sorted(listed(items).map(({ value: one }) => ({ value: one, at: () => ({ file }) })));
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listed = (value: unknown): { value: unknown; above: number[] }[] =>
  Array.isArray(value) ? value.map((one, n) => ({ value: one, above: [n] })) : [{ value, above: [] }];

const kindOf = (kind: unknown) => entityKinds.find((known) => typeof kind === 'string' && known.toLowerCase() === kind.toLowerCase());

/** What has no `apiVersion` is an entity by its kind. Kubernetes has neither. */
function sorted(values: readonly { readonly value: unknown; readonly at: PlaceOf }[]): ReadEntities {
  const entities: Entity[] = [];
  const otherKinds = new Map<string, number>();
  let foreign = 0;
  for (const { value, at } of values) {
    if (value === null || value === undefined) continue;
    const { apiVersion, kind, metadata } = isRecord(value) ? value : {};
    const known = kindOf(kind);
    const isEntity = typeof apiVersion === 'string' ? apiVersion.startsWith('backstage.io/') : known !== undefined;
    if (!isRecord(value) || !isEntity || isTemplate(metadata)) foreign += 1;
    else if (known) entities.push({ kind: known, value, at });
    else otherKinds.set(String(kind), (otherKinds.get(String(kind)) ?? 0) + 1);
  }
  return { entities, remarks: [], otherKinds, foreign };
}

/** A file that makes such files, with `${{ values.name }}` where the name will be. */
const isTemplate = (metadata: unknown) => isRecord(metadata) && typeof metadata.name === 'string' && metadata.name.includes('{{');

const none = (remarks: readonly CatalogRemark[]): ReadEntities => ({ entities: [], remarks, otherKinds: new Map(), foreign: 0 });

export function together(all: readonly ReadEntities[]): ReadEntities {
  const otherKinds = new Map<string, number>();
  for (const { otherKinds: own } of all) for (const [kind, count] of own) otherKinds.set(kind, (otherKinds.get(kind) ?? 0) + count);
  return {
    entities: all.flatMap(({ entities }) => entities),
    remarks: all.flatMap(({ remarks }) => remarks),
    otherKinds,
    foreign: all.reduce((sum, { foreign }) => sum + foreign, 0),
  };
}

/** The parsers throw for what is nested too deeply and for aliases that would fill the memory. */
function parsed<T>(parse: () => T, file: string): T | CatalogRemark {
  try {
    return parse();
  } catch (error) {
    return unreadable({ file }, error instanceof Error ? error.message : String(error));
  }
}

const isRemark = (value: unknown): value is CatalogRemark => isRecord(value) && value.level === 'error' && 'remedy' in value;

const unreadable = (at: Place, message: string): CatalogRemark => ({
  level: 'error',
  ...at,
  field: '',
  problem: /call stack/.test(message) ? 'is nested too deeply' : `cannot be read: ${message.split('\n')[0] ?? ''}`,
  remedy: 'Correct the file, or leave it out.',
});

const place = (lines: LineCounter, offset: number) => {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
};

/** Each alias is looked for in the whole document, so that 100,000 of them take minutes. */
const mostAliases = 100;

function crowdOfAliases(document: Document): { message: string; pos: readonly [number] } | undefined {
  let aliases = 0;
  let found: { message: string; pos: readonly [number] } | undefined;
  visit(document, {
    Alias(_key, { range }) {
      aliases += 1;
      if (aliases <= mostAliases) return undefined;
      found = { message: `more than ${mostAliases} aliases`, pos: [range?.[0] ?? 0] };
      return visit.BREAK;
    },
  });
  return found;
}

/**
 * The parser's own look for doubled keys compares each key with each: too slow for a map of
 * 100,000.
 */
function doubledKey(document: Document): { message: string; pos: readonly [number] } | undefined {
  let found: { message: string; pos: readonly [number] } | undefined;
  visit(document, {
    Map(_key, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name)) {
          found = { message: `the key ${name.slice(0, 80)} stands there twice`, pos: [key.range?.[0] ?? 0] };
          return visit.BREAK;
        }
        seen.add(name);
      }
    },
  });
  return found;
}
