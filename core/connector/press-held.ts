import { canonicalHash } from '../shared/canonical-hash.ts';
import { Instant } from '../shared/instant.ts';
import { isUnreadable } from './held-words.ts';
import type { FactName, Facts, InboundIncident } from './inbound-incident.ts';
import { IncidentChangedTooOften } from './known.ts';
import { merge } from './merge.ts';
import type { InboundStore } from './ports.ts';
import type { Source } from './source.ts';

/** How often a write that lost a race is tried. */
const tries = 8;

export interface PressDeps {
  readonly inbound: Pick<InboundStore, 'put' | 'read'>;
  readonly now: () => Instant;
}

/**
 * Keeps what an operator says of an incident, in whatever state it is. The next poll looks at it
 * and does what follows; one that is ignored is held no more at once. `of`: what is said, by what
 * is known. Said twice it comes to the same. Undefined: no tool told of it.
 */
export const pressHeld = (
  source: Source,
  ref: string,
  of: (incident: InboundIncident) => Facts,
  deps: PressDeps,
): Promise<InboundIncident | undefined> =>
  change(
    source,
    ref,
    (known) => {
      const said = overruling(known, merge(known, of(known)));
      const since = known.since ?? deps.now();
      if (!said.facts.ignored || known.state === 'hidden') return { ...said, since };
      // No vendor can be asked about what was not read, so it keeps its reason and no poll looks.
      if (isUnreadable(known)) return { ...said, state: 'ignored', since: undefined };
      return { ...said, state: 'ignored', since, why: undefined, detail: undefined };
    },
    deps,
  );

/** Keeps what the tool said of its visibility, where an operator says otherwise. */
function overruling({ facts: { private: before } }: InboundIncident, said: InboundIncident): InboundIncident {
  const isOverruled = said.facts.private?.seen === 'operator' && before && before.seen !== 'operator';
  return isOverruled ? { ...said, overruled: before } : said;
}

/** Whether an operator said all of it before, and it still counts. */
export const isSaidAlready = ({ facts }: Pick<InboundIncident, 'facts'>, said: Facts): boolean =>
  actNames.every((name) => {
    const [fact, known] = [said[name], facts[name]];
    return !fact || (known?.seen === 'operator' && canonicalHash({ value: known.value }) === canonicalHash({ value: fact.value }));
  });

/** What an operator can say of an incident, by the fact that keeps it. */
const acts = { countsAs: 'release', private: 'release', joins: 'map', ignored: 'ignore' } as const;
const actNames = ['countsAs', 'private', 'joins', 'ignored'] as const satisfies readonly FactName[];
type Act = (typeof acts)[(typeof actNames)[number]];

/** What operators said of it that still counts. */
export const saidOf = ({ facts }: Pick<InboundIncident, 'facts'>): Act[] => [
  ...new Set(actNames.filter((name) => facts[name]?.seen === 'operator').map((name) => acts[name])),
];

/**
 * As it is without what operators said. What the tool said of its visibility before counts again;
 * anything else that they overruled the tool says at the next look.
 */
export function unsaid(known: InboundIncident, at: Instant): InboundIncident {
  const facts = { ...known.facts };
  const before = facts.private?.seen === 'operator' ? known.overruled : undefined;
  for (const name of actNames) if (facts[name]?.seen === 'operator') delete facts[name];
  const isOver = known.state === 'joined' || known.state === 'ignored';
  return {
    ...merge({ ...known, facts }, before ? { private: before } : {}),
    overruled: undefined,
    ...(isOver && (isUnreadable(known) ? { state: 'held', why: known.why ?? 'unreadable' } : { state: 'waiting' })),
    since: known.since ?? dayOfEvents(known) ?? at,
    ...(saidOf(known).includes('release') && { takenBack: at }),
  };
}

/** The day on which they came, as their ref has it: what was put away keeps no instant. */
function dayOfEvents({ ref }: InboundIncident): Instant | undefined {
  const day = isUnreadable({ ref }) ? /\d{4}-\d{2}-\d{2}$/.exec(ref)?.[0] : undefined;
  return day === undefined ? undefined : Instant.safeParse(`${day}T00:00:00Z`).data;
}

/**
 * Takes back all that operators said of an incident. The next poll looks at it and does what
 * follows from the rest. `undone`: what was taken back. The second time that is nothing, and
 * nothing is written.
 */
export async function undoHeld(
  source: Source,
  ref: string,
  deps: PressDeps,
): Promise<{ readonly incident: InboundIncident; readonly undone: readonly Act[] } | undefined> {
  let undone: readonly Act[] = [];
  const incident = await change(
    source,
    ref,
    (known) => {
      undone = saidOf(known);
      return undone.length === 0 ? known : unsaid(known, deps.now());
    },
    deps,
  );
  return incident && { incident, undone };
}

async function change(
  source: Source,
  ref: string,
  to: (known: InboundIncident) => InboundIncident,
  { inbound }: PressDeps,
): Promise<InboundIncident | undefined> {
  for (let i = 0; i < tries; i += 1) {
    const known = await inbound.read(source, ref);
    if (!known) return undefined;
    const changed = to(known);
    if (changed === known || (await inbound.put(changed))) return changed;
  }
  throw new IncidentChangedTooOften(source);
}
