import { type CatalogTeam, longestAbout, longestName, longestRef, mostInList, type Service } from '../catalog.ts';
import { type CatalogRemark, type PlaceOf, remarksOn } from '../remark.ts';
import { fullRef } from './entity-ref.ts';
import { lineOf, linesOf, techWords } from './entity-texts.ts';
import { type Entity, isRecord } from './read-entities.ts';

/** A reference of an entity to another. */
export interface Reference {
  readonly ref: string;
  readonly path: readonly (string | number)[];
}
const edgeFields = {
  dependsOn: { field: 'dependsOn' },
  dependencyOf: { field: 'dependencyOf' },
  provides: { field: 'providesApis', kind: 'api' },
  consumes: { field: 'consumesApis', kind: 'api' },
} as const;
type Edges = Readonly<Record<keyof typeof edgeFields, readonly Reference[]>>;

/** Without what only the whole catalogue can tell: its team and its edges. */
export interface FoundService {
  readonly service: Service;
  readonly owner: Reference | undefined;
  readonly edges: Edges;
  readonly at: PlaceOf;
}
export interface FoundTeam {
  readonly ref: string;
  readonly team: CatalogTeam;
  readonly parent: Reference | undefined;
  readonly children: readonly string[];
  readonly at: PlaceOf;
}
export interface Taken {
  readonly service?: FoundService;
  readonly team?: FoundTeam;
  readonly remarks: readonly CatalogRemark[];
}

/**
 * Letters, digits and single `-`, `_` or `.` between them, at most 63 [source: Backstage's
 * descriptor format].
 */
const usualName = /^(?=.{1,63}$)[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*$/;

/**
 * Reads one entity as far as the catalogue needs it. What is missing loses no service, only what
 * it would have said.
 */
export function takeEntity({ kind, value, at }: Entity): Taken {
  const metadata = isRecord(value.metadata) ? value.metadata : {};
  const spec = isRecord(value.spec) ? value.spec : {};
  const name = lineOf(metadata.name, longestName + 1);
  if (name === undefined || name.length > longestName || /[:/]/.test(name)) {
    const { error } = remarksOn(kind, at);
    const problem =
      name === undefined ? 'is missing' : name.length > longestName ? `is longer than ${longestName} characters` : 'has a : or a /';
    return { remarks: [error(['metadata', 'name'], problem, 'Give the entity a name such as payments-db.')] };
  }
  const namespace = lineOf(metadata.namespace, longestName) ?? 'default';
  const ref = `${kind}:${namespace}/${name}`.toLowerCase();
  const { warning } = remarksOn(ref, at);
  const remarks = usualName.test(name)
    ? []
    : [warning(['metadata', 'name'], 'is no name by the rules of Backstage', 'It is taken as it stands.')];
  if (kind === 'Group') return { team: takeTeam({ ref, name, namespace }, metadata, spec, at), remarks };

  const read = referencesIn(spec, namespace);
  const bad = read.bad.map((path) =>
    warning(path, 'is no reference to an entity', 'Write kind:namespace/name, for example resource:default/orders-db.'),
  );
  const type = lineOf(spec.type, longestName);
  const about = lineOf(metadata.description, longestAbout);
  const lifecycle = lineOf(spec.lifecycle, longestName);
  const system = read.one('system', 'system')?.ref.slice(0, longestRef);
  const aliases = [...linesOf(metadata.title, longestName), ...aliasesIn(metadata)].filter((alias) => alias !== name);
  const service: Service = {
    ref,
    name,
    aliases: [...new Set(aliases)].slice(0, mostInList),
    kind: kind === 'Component' ? (type ?? 'service').toLowerCase() : kind.toLowerCase(),
    tech: techWords(metadata, type).slice(0, mostInList),
    dependsOn: [],
    provides: [],
    consumes: [],
    ...(system !== undefined && { system }),
    ...(lifecycle !== undefined && { lifecycle }),
    ...(about !== undefined && { about }),
  };
  return { service: { service, owner: read.one('owner', 'group'), edges: read.edges, at }, remarks: [...remarks, ...bad] };
}

/** `afterword/aliases: pay, checkout backend`, for what people call it. */
const aliasesIn = ({ annotations }: Readonly<Record<string, unknown>>): string[] => {
  const written = isRecord(annotations) ? annotations['afterword/aliases'] : undefined;
  return typeof written === 'string' ? linesOf(written.split(','), longestName) : [];
};

function takeTeam(
  { ref, name, namespace }: { readonly ref: string; readonly name: string; readonly namespace: string },
  metadata: Readonly<Record<string, unknown>>,
  spec: Readonly<Record<string, unknown>>,
  at: PlaceOf,
): FoundTeam {
  const { displayName } = isRecord(spec.profile) ? spec.profile : {};
  const aliases = [...new Set([displayName, metadata.title].flatMap((one) => lineOf(one, longestName) ?? []))].filter(
    (one) => one !== name,
  );
  const read = referencesIn(spec, namespace);
  const children = linesOf(spec.children, longestRef).flatMap((text) => fullRef(text, { kind: 'group', namespace }) ?? []);
  return { ref, team: { name, ...(aliases.length > 0 && { aliases }) }, parent: read.one('parent', 'group'), children, at };
}

/** `bad`: the paths of those that are none. */
function referencesIn(spec: Readonly<Record<string, unknown>>, namespace: string) {
  const bad: (string | number)[][] = [];
  const read = (text: unknown, path: (string | number)[], kind?: string): Reference[] => {
    const line = lineOf(text, longestRef);
    const ref = line === undefined ? undefined : fullRef(line, { namespace, ...(kind !== undefined && { kind }) });
    if (ref === undefined) bad.push(path);
    return ref === undefined ? [] : [{ ref, path }];
  };
  const list = ({ field, kind }: { readonly field: string; readonly kind?: string }): Reference[] => {
    const value = spec[field];
    if (value === undefined || value === null) return [];
    return Array.isArray(value) ? value.flatMap((one, n) => read(one, ['spec', field, n], kind)) : read(value, ['spec', field], kind);
  };
  const edges: Edges = {
    dependsOn: list(edgeFields.dependsOn),
    dependencyOf: list(edgeFields.dependencyOf),
    provides: list(edgeFields.provides),
    consumes: list(edgeFields.consumes),
  };
  const one = (field: string, kind: string): Reference | undefined =>
    spec[field] === undefined || spec[field] === null || spec[field] === '' ? undefined : read(spec[field], ['spec', field], kind)[0];
  return { edges, one, bad };
}
