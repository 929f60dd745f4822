import { type Severity, severities } from '../postmortem/postmortem.ts';
import { alertStreams } from '../stream/stream.ts';
import type { Distribution } from './distribution.ts';

/** How each severity is printed. */
export type SeverityLabels = Readonly<Record<Severity, string>>;

/** Used if the distribution file names none. */
export const severityLabels: SeverityLabels = {
  sev1: 'Sev-1',
  sev2: 'Sev-2',
  sev3: 'Sev-3',
  sev4: 'Sev-4',
  unclassified: 'Unclassified',
};

/** The labels of the distribution file. */
export const labelsOf = ({ severities: named }: Pick<Distribution, 'severities'>): SeverityLabels => ({
  sev1: named.sev1?.label ?? severityLabels.sev1,
  sev2: named.sev2?.label ?? severityLabels.sev2,
  sev3: named.sev3?.label ?? severityLabels.sev3,
  sev4: named.sev4?.label ?? severityLabels.sev4,
  unclassified: named.unclassified?.label ?? severityLabels.unclassified,
});

/**
 * What the stream of alerts reports, in the organisation's words: `P0`, `P0 and P1`. If the file
 * leaves the stream out, the most severe.
 */
export function alertsOf(distribution: Pick<Distribution, 'severities' | 'streams'>): string {
  const [stream] = alertStreams;
  const told = (stream && distribution.streams[stream]?.severities) ?? ['sev1'];
  const labels = labelsOf(distribution);
  const named = severities.filter((severity) => told.includes(severity)).map((severity) => labels[severity]);
  const last = named.pop();
  return named.length > 0 ? `${named.join(', ')} and ${last}` : (last ?? severityLabels.sev1);
}

/**
 * The label within a sentence. Unclassified is spelled out unless the distribution file has a label
 * for it.
 */
export const spokenLabel = (severity: Severity, labels: SeverityLabels): string =>
  severity === 'unclassified' && labels.unclassified === severityLabels.unclassified ? 'not yet classified' : labels[severity];
