import { nearestOf } from '../shared/nearest.ts';
import type { SeverityAliases } from './intake-format.ts';
import { type Severity, severities } from './postmortem.ts';

/** What an organisation calls its severities, as its distribution file says. */
export type NamedSeverities = Readonly<
  Partial<Record<Severity, { readonly label?: string | undefined; readonly aliases: readonly string[] }>>
>;

/** What may be written for a severity, and what the organisation itself writes. */
export interface SeverityNames {
  readonly aliases: SeverityAliases;
  /** As in the distribution file; without it our own names are told. */
  readonly named?: NamedSeverities | undefined;
}

/** What most teams call a severity; an organisation's own names win over these. */
const usual: Readonly<Record<Severity, readonly string[]>> = {
  sev1: ['sev-1', 'sev-0', 's1', 's0', 'p1', 'p0', 'severity 1', 'severity 0', '1', 'critical', 'blocker', 'disaster'],
  sev2: ['sev-2', 's2', 'p2', 'severity 2', '2', 'major', 'high'],
  sev3: ['sev-3', 's3', 'p3', 'severity 3', '3', 'minor', 'medium', 'moderate'],
  sev4: ['sev-4', 'sev-5', 's4', 's5', 'p4', 'p5', 'severity 4', 'severity 5', '4', '5', 'low', 'trivial', 'cosmetic', 'informational'],
  unclassified: ['unknown', 'none', 'n/a', 'tbd', 'not set'],
};

/** Names are compared without regard to case, blanks, hyphens, underscores and what a label wears: ~"severity::2". */
export const severityWord = (name: string): string => name.toLowerCase().replace(/[\s_:~"'`-]+/g, '');

/** Every name that stands for a severity: the usual ones and over them those of the distribution file. */
export function severityAliases(configured: NamedSeverities): SeverityAliases {
  const names = new Map<string, Severity>();
  for (const severity of severities) for (const alias of usual[severity]) names.set(alias, severity);
  for (const severity of severities) {
    const own = configured[severity];
    for (const alias of [own?.label ?? [], own?.aliases ?? []].flat()) {
      for (const known of [...names.keys()]) if (severityWord(known) === severityWord(alias)) names.delete(known);
      names.set(alias.toLowerCase(), severity);
    }
  }
  return Object.fromEntries(names);
}

/** The severity that a name stands for, or nothing: never a guess. */
export function findSeverity(name: string, aliases: SeverityAliases): Severity | undefined {
  const wanted = severityWord(name);
  const alias = Object.entries(aliases).find(([known]) => severityWord(known) === wanted);
  return alias?.[1] ?? severities.find((severity) => severity === wanted);
}

/** For a refusal: what the organisation calls its severities, the gravest first, and ours where it has no word. */
export const knownSeverities = ({ named }: SeverityNames): string =>
  severities
    .filter((severity) => severity !== 'unclassified' || named?.unclassified?.label !== undefined)
    .map((severity) => ownName(severity, named))
    .join(', ');

/** For a refusal: the name that a misspelt one most likely means. Nothing where names of several severities are equally close. */
export function guessSeverity(name: string, { aliases, named }: SeverityNames): string | undefined {
  const wanted = severityWord(name);
  const known = Object.keys(aliases);
  const alike = known.filter((alias) => lookalike(severityWord(alias)) === lookalike(wanted));
  const near = alike.length > 0 ? alike : known.filter((alias) => nearestOf(wanted, known.map(severityWord)).includes(severityWord(alias)));
  const [meant, ...others] = new Set(near.map((alias) => aliases[alias]));
  const [alias = ''] = near;
  if (meant === undefined || others.length > 0) return undefined;
  const own = ownName(meant, named);
  return severityWord(own) === severityWord(alias) ? own : `${alias} (${own})`;
}

const ownName = (severity: Severity, named: NamedSeverities | undefined): string => named?.[severity]?.label ?? severity;
/** PO is P0, and SEV-l is SEV-1. */
const lookalike = (name: string): string => name.replaceAll('o', '0').replace(/[il]/g, '1');
