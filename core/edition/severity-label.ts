import type { Severity } from '../postmortem/postmortem.ts';

/** How a severity is printed. What nobody classified says so. */
export const severityLabels: Readonly<Record<Severity, string>> = {
  sev1: 'Sev-1',
  sev2: 'Sev-2',
  sev3: 'Sev-3',
  sev4: 'Sev-4',
  unclassified: 'Unclassified',
};
