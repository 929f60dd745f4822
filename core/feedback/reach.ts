import { type Evidence, type MailState, openLabels, openOf, stateOf } from '../delivery/evidence.ts';

/** What SES reported about one reader's mail. */
export interface ReaderEvidence {
  readonly team: string | undefined;
  readonly evidence: Evidence;
}
export type Opens = Record<(typeof openLabels)[number], number>;
/** How many mails there are, and an estimate of how many were opened, by label. */
export interface OpenEstimate {
  readonly mails: number;
  readonly opens: Opens;
}

/** What SES reported about an edition's mails, without saying whose they are. */
export interface Reach {
  /** Mails that SES reported anything about. */
  readonly mails: number;
  readonly states: Readonly<Partial<Record<MailState, number>>>;
  /** Absent if so few got it that a count would reveal who opened it. */
  readonly opens?: Opens;
  /** Largest first. Teams too small to show are combined as `others`, last. */
  readonly teams: readonly (OpenEstimate & { readonly team: string })[];
}

/**
 * docs/adr/011: every count covers at least this many people, and no difference between published
 * counts leaves fewer.
 */
export const smallestGroup = 5;
export const others = 'others';

/**
 * Adds up one reader after another, so that memory grows with the teams of an edition and not with
 * its readers.
 */
export function reachCounter(): { add(reader: ReaderEvidence): void; reach(): Reach } {
  const states: Partial<Record<MailState, number>> = {};
  const groups = new Map<string | undefined, OpenEstimate>();
  return {
    add({ team, evidence }) {
      const state = stateOf(evidence);
      states[state] = (states[state] ?? 0) + 1;
      const open = openOf(evidence);
      const one = { mails: 1, opens: { ...none, ...(open && { [open]: 1 }) } };
      groups.set(team, sumOf([groups.get(team) ?? nobody, one]));
    },
    reach() {
      const all = sumOf([...groups.values()]);
      if (all.mails < smallestGroup) return { mails: all.mails, states, teams: [] };
      return { mails: all.mails, states, opens: all.opens, teams: tellableTeams(groups) };
    },
  };
}

const none: Opens = { 'likely human': 0, machine: 0, unknown: 0 };
const nobody: OpenEstimate = { mails: 0, opens: none };

function sumOf(groups: readonly OpenEstimate[]): OpenEstimate {
  const opens = { ...none };
  for (const group of groups) for (const label of openLabels) opens[label] += group.opens[label];
  return { mails: groups.reduce((sum, { mails }) => sum + mails, 0), opens };
}

/**
 * Combines small teams, and people without a team. If even these are too few, the smallest of the
 * large teams joins them.
 */
function tellableTeams(groups: ReadonlyMap<string | undefined, OpenEstimate>): Reach['teams'] {
  const named = [...groups].flatMap(([team, group]) => (team === undefined || team === others ? [] : [{ team, ...group }]));
  const told = named.filter(({ mails }) => mails >= smallestGroup).toSorted((a, b) => b.mails - a.mails || (a.team < b.team ? -1 : 1));
  const toldNames = new Set<string | undefined>(told.map(({ team }) => team));
  const rest = [...groups].filter(([team]) => !toldNames.has(team)).map(([, group]) => group);
  while (rest.length > 0 && sumOf(rest).mails < smallestGroup) {
    const smallest = told.pop();
    if (!smallest) return [];
    rest.push(smallest);
  }
  return rest.length > 0 ? [...told, { team: others, ...sumOf(rest) }] : told;
}
