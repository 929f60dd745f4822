import type { Distribution } from '../distribution/distribution.ts';
import { type Severity, severities } from '../postmortem/postmortem.ts';
import { foldedName } from '../shared/text.ts';
import type { Source } from './source.ts';

/** Severities by a vendor's names, as the distribution file maps them for one source. */
export type SeverityMap = Readonly<Record<string, Severity>>;

/**
 * The severity of a vendor's name: that of the source's map, else the one that the file gives this
 * name as label or alias. Undefined: nobody said it, and nothing is guessed, because an unknown
 * severity must never become a low one.
 */
export function severityOf(name: string, map: SeverityMap, named: Distribution['severities'] = {}): Severity | undefined {
  const wanted = foldedName(name);
  const isNamed = (one: Severity) => [named[one]?.label ?? '', ...(named[one]?.aliases ?? [])].some((own) => foldedName(own) === wanted);
  return Object.entries(map).find(([written]) => foldedName(written) === wanted)?.[1] ?? severities.find(isNamed);
}

/** What the file maps for one source. Empty: it does not name the source. */
export const severityMapOf = (distribution: Pick<Distribution, 'connectors'> | undefined, source: Source): SeverityMap =>
  distribution?.connectors?.[source]?.severities ?? {};
