import type { SeverityAliases } from '../postmortem/intake-format.ts';
import { severities } from '../postmortem/postmortem.ts';
import type { Distribution } from './distribution.ts';

/** The organisation's own names for severities, lower case; a label counts as a name unless it is an alias elsewhere. */
export const severityAliases = ({ severities: named }: Pick<Distribution, 'severities'>): SeverityAliases => {
  const known = severities.flatMap((severity) => (named[severity] ? [{ severity, ...named[severity] }] : []));
  return Object.fromEntries([
    ...known.flatMap(({ severity, label }) => (label ? [[label.toLowerCase(), severity] as const] : [])),
    ...known.flatMap(({ severity, aliases }) => aliases.map((alias) => [alias.toLowerCase(), severity] as const)),
  ]);
};
