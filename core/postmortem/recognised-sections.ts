/** The section of a postmortem that a field belongs to, for telling the author what was recognised. */
const sectionOfField: Readonly<Record<string, string>> = {
  summary: 'summary',
  impactText: 'impact',
  scope: 'impact',
  customersAffected: 'impact',
  rootCauses: 'cause',
  contributingFactors: 'cause',
  fiveWhys: 'cause',
  trigger: 'cause',
  detection: 'detection',
  resolution: 'resolution',
  timeline: 'timeline',
  lessons: 'lessons',
  wentWell: 'lessons',
  wentWrong: 'lessons',
  gotLucky: 'lessons',
  actionItems: 'actions',
  say: 'support',
  doNotSay: 'support',
  workaround: 'support',
  external: 'external',
  externalBody: 'external',
};

/** Canonical section names, each once, in the order in which their fields came. */
export const sectionsOf = (fields: Iterable<string>): string[] => [...new Set([...fields].flatMap((field) => sectionOfField[field] ?? []))];
