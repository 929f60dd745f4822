import * as z from 'zod';
import { printDay, printPlainDate, printTime } from '../../core/calendar/print.ts';
import { Postmortem } from '../../core/postmortem/postmortem.ts';
import { toInstant } from '../../core/shared/instant.ts';
import type { Audience } from '../../core/stream/audience.ts';

/** The zone in which times are printed, and when. */
const zone = 'Europe/Berlin';
const now = new Date('2026-12-08T10:00:00Z');

type Schema = z.core.$ZodType;

/** What an optional, a default and other wrappers have inside. */
function inside(schema: Schema): Schema | undefined {
  const def: object = schema._zod.def;
  const inner = 'innerType' in def ? def.innerType : 'in' in def ? def.in : undefined;
  return inner instanceof z.core.$ZodType ? inner : undefined;
}
const within = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

interface Leaf {
  /** `support.say.0`: of a list it is the first entry. */
  readonly path: string;
  readonly schema: Schema;
}
function leavesOf(schema: Schema, path = ''): Leaf[] {
  if (schema instanceof z.ZodObject)
    return Object.entries<Schema>(schema.shape).flatMap(([name, member]) => leavesOf(member, within(path, name)));
  if (schema instanceof z.ZodArray) return leavesOf(schema.element, within(path, '0'));
  const inner = inside(schema);
  return inner ? leavesOf(inner, path) : [{ path, schema }];
}

/** Leaves that are one of a few words, so no canary fits. */
const chosen: Readonly<Record<string, unknown>> = {
  id: 'a-canary',
  severity: 'sev1',
  status: 'published',
  restricted: false,
  'customerImpact.externallyVisible': true,
  'actionItems.0.status': 'open',
  'external.ready': true,
};
/** Leaves that take addresses of the organisation alone. */
const addresses = new Set(['external.writtenBy.0']);
/** In every document. */
const always = new Set(['id', 'title', 'severity', 'status', 'restricted']);

/** A value that can be found wherever it gets to, in one of these forms. */
interface Canary {
  readonly value: unknown;
  readonly forms: readonly RegExp[];
}

/** Not within a longer word or number. */
const alone = (text: string) => new RegExp(`(?<![\\p{L}\\p{N}])${text}(?![\\p{L}\\p{N}])`, 'u');

function canaryOf({ path, schema }: Leaf, n: number): Canary {
  const word = `zq${String(n).padStart(3, '0')}canary`;
  const at = toInstant(new Date(Date.parse('2026-12-07T01:07:00Z') + n * 23 * 60_000));
  const day = `2031-07-${String(1 + (n % 28)).padStart(2, '0')}`;
  const count = 7_000_000 + n * 1009;
  const candidates: readonly Canary[] = [
    { value: addresses.has(path) ? `${word}@example.com` : word, forms: [new RegExp(word, 'i')] },
    { value: `https://${word}.example.com/`, forms: [new RegExp(word, 'i')] },
    { value: at, forms: [new RegExp(at.slice(0, 16)), new RegExp(`${printDay(at, zone)}.{0,20}${printTime(at, zone)}`)] },
    { value: day, forms: [new RegExp(day), alone(printPlainDate(day, now, zone))] },
    { value: String(n).padStart(32, 'c'), forms: [new RegExp(String(n).padStart(32, 'c'))] },
    { value: count, forms: [alone(String(count)), alone(count.toLocaleString('en-GB'))] },
  ];
  const fitting = candidates.find(({ value }) => z.core.safeParse(schema, value).success);
  if (!fitting) throw new Error(`${path}: no canary fits. Teach canaries.ts a value of this kind, or choose one.`);
  return fitting;
}

/** One for every leaf that takes one, by its path. A field that is added has one by itself. */
const canaries: ReadonlyMap<string, Canary> = new Map(
  leavesOf(Postmortem)
    .filter(({ path }) => !(path in chosen))
    .map((leaf, n) => [leaf.path, canaryOf(leaf, n)]),
);
export const plantedPaths: readonly string[] = [...canaries.keys()];

const isRequired = (schema: Schema): boolean => !z.core.safeParse(schema, undefined).success;

function plant(schema: Schema, path: string, isWanted: (path: string) => boolean): unknown {
  if (schema instanceof z.ZodObject) {
    const members = Object.entries<Schema>(schema.shape);
    const planted = (name: string, member: Schema, wanted = isWanted) => plant(member, within(path, name), wanted);
    if (path !== '' && members.every(([name, member]) => planted(name, member) === undefined)) return undefined;
    const all = members.map(([name, member]) => [
      name,
      planted(name, member) ?? (isRequired(member) ? planted(name, member, () => true) : undefined),
    ]);
    return Object.fromEntries(all.filter(([, value]) => value !== undefined));
  }
  if (schema instanceof z.ZodArray) {
    const only = plant(schema.element, within(path, '0'), isWanted);
    return only === undefined ? undefined : [only];
  }
  const inner = inside(schema);
  if (inner) return plant(inner, path, isWanted);
  return isWanted(path) || always.has(path) ? (canaries.get(path)?.value ?? chosen[path]) : undefined;
}

/** A published Sev-1 with a canary in each wanted leaf, and in what has to stand beside it. */
export const withCanaries = (isWanted: (path: string) => boolean = () => true): Postmortem =>
  Postmortem.parse(plant(Postmortem, '', isWanted));

/** The leaves whose canaries stand in a text. */
export function canariesIn(text: string): string[] {
  const line = text.replace(/\s+/g, ' ');
  return plantedPaths.filter((path) => canaries.get(path)?.forms.some((form) => form.test(line)));
}

const times = ['startedAt', 'detectedAt', 'mitigatedAt', 'resolvedAt'];
const impact = ['customerImpact.text', 'customerImpact.customersAffected', 'customerImpact.regions.0'];

/**
 * Every field that an audience may see, by name. Whoever shows it one more adds it here, and has
 * thought of what its readers may do with it.
 */
export const seenBy: Readonly<Record<Audience, readonly string[]>> = {
  engineering: [
    ...['title', 'services.0', 'owningTeam', 'authors.0', 'tags.0', ...times, 'publishedAt', 'summary', ...impact],
    ...['rootCauses.0', 'contributingFactors.0', 'trigger', 'detection', 'resolution', 'timeline.0.at', 'timeline.0.event'],
    ...['lessons.wentWell.0', 'lessons.wentWrong.0', 'lessons.gotLucky.0'],
    ...['id', 'title', 'owner', 'team', 'due', 'priority', 'kind', 'link', 'cost', 'consequence'].map((name) => `actionItems.0.${name}`),
    ...['support.doing.0', 'links.0.title', 'links.0.url', 'sections.0.heading', 'sections.0.body'],
  ],
  leadership: [
    ...['title', 'services.0', 'owningTeam', ...times, 'publishedAt', 'summary', ...impact, 'rootCauses.0'],
    ...['title', 'owner', 'team', 'due', 'cost', 'consequence'].map((name) => `actionItems.0.${name}`),
    // The first section only where there is no summary.
    ...['support.say.0', 'sections.0.body'],
  ],
  'cross-functional': [
    ...['title', 'services.0', ...times, ...impact],
    ...['say.0', 'doNotSay.0', 'workaround', 'doing.0', 'contact', 'nextNewsAt'].map((name) => `support.${name}`),
    // Of the archive's entry, not of the rendition.
    'publishedAt',
  ],
};
