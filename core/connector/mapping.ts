import type { Distribution } from '../distribution/distribution.ts';
import { type Severity, severities } from '../postmortem/postmortem.ts';
import { foldedName } from '../shared/text.ts';
import type { Source } from './source.ts';

/** Severities by a vendor's names, as the distribution file maps them for one source. */
export type SeverityMap = Readonly<Record<string, Severity>>;

/** What a vendor says of a severity. `rank`: its place among the vendor's severities. */
export interface VendorSeverity {
  readonly value: string;
  readonly rank?: number | undefined;
}

/**
 * The severity of a vendor's name: that of the source's map, else the one that the file gives this
 * name as label or alias, else the one of the map's line `rank <n>`. Undefined: nobody said it, and
 * nothing is guessed, because an unknown severity must never become a low one.
 */
export function severityOf(
  { value, rank }: VendorSeverity,
  map: SeverityMap,
  named: Distribution['severities'] = {},
): Severity | undefined {
  const wanted = foldedName(value);
  const inMap = (name: string) => Object.entries(map).find(([written]) => foldedName(written) === name)?.[1];
  const isNamed = (one: Severity) => [named[one]?.label ?? '', ...(named[one]?.aliases ?? [])].some((own) => foldedName(own) === wanted);
  return inMap(wanted) ?? severities.find(isNamed) ?? (rank === undefined ? undefined : inMap(`rank ${rank}`));
}

/** What the file maps for one source. Empty: it does not name the source. */
export const severityMapOf = (distribution: Pick<Distribution, 'connectors'> | undefined, source: Source): SeverityMap =>
  distribution?.connectors?.[source]?.severities ?? {};
