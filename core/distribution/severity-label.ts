import type { Severity } from '../postmortem/postmortem.ts';
import type { Distribution } from './distribution.ts';

/** How each severity is printed. */
export type SeverityLabels = Readonly<Record<Severity, string>>;

/** Where the distribution file names none. What nobody classified says so. */
export const severityLabels: SeverityLabels = {
  sev1: 'Sev-1',
  sev2: 'Sev-2',
  sev3: 'Sev-3',
  sev4: 'Sev-4',
  unclassified: 'Unclassified',
};

/** As the distribution file has them. */
export const labelsOf = ({ severities }: Pick<Distribution, 'severities'>): SeverityLabels => ({
  sev1: severities.sev1?.label ?? severityLabels.sev1,
  sev2: severities.sev2?.label ?? severityLabels.sev2,
  sev3: severities.sev3?.label ?? severityLabels.sev3,
  sev4: severities.sev4?.label ?? severityLabels.sev4,
  unclassified: severities.unclassified?.label ?? severityLabels.unclassified,
});

/** In a sentence: what has no class is said in words, unless the distribution file has a word for it. */
export const spokenLabel = (severity: Severity, labels: SeverityLabels): string =>
  severity === 'unclassified' && labels.unclassified === severityLabels.unclassified ? 'not yet classified' : labels[severity];
