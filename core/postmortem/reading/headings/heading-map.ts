/**
 * What a heading stands for, in any template. To add a dialect, add rows. Headings are compared by
 * letters and digits only: level, case, numbering, emoji, `?`, `:` and `(s)` do not matter.
 */
export interface HeadingMeaning {
  /**
   * The field that takes its text, or how it is read. `section` keeps it as a section of its own,
   * `facts` are names with values.
   */
  readonly to: string;
  /** The name of the section that is reported to the author as recognised. */
  readonly section?: string;
  /** All headings below it belong to it, whatever they are called. */
  readonly closed?: true;
}

const rows: readonly (HeadingMeaning & { readonly names: readonly string[] })[] = [
  {
    to: 'summary',
    names: [
      'Summary',
      'Executive Summary',
      'Issue Summary',
      'Incident Summary',
      'Exec Summary',
      'Overview',
      'TL;DR',
      'Summary of impact',
      'Summary for CMOC notice / Exec summary',
      'Exec summary / Summary for CMOC notice',
      'Description of problem and its impact',
      'Description of the problem and its impact',
      'Management summary',
    ],
  },
  {
    to: 'impactText',
    names: [
      'Impact',
      'Customer impact',
      'Affected users',
      'End User Impact',
      'User Impact',
      'Service Impact',
      'Customer / Service Impact',
      'Customer and Service Impact',
      'Business Impact',
      'Impact on customers',
    ],
  },
  { to: 'timeline', closed: true, names: ['Timeline', 'Incident Timeline', 'Chain of Events', 'Timeline of events', 'Event timeline'] },
  {
    to: 'rootCauses',
    names: [
      'Root Cause',
      'Root Causes',
      'What caused the incident',
      'Root cause and mitigation',
      'Root cause analysis',
      'Fault',
      'Leadup',
      'Cause',
      'Causes',
    ],
  },
  { to: 'trigger', names: ['Trigger', 'Triggers', 'Triggering event', 'Triggering events'] },
  {
    to: 'contributingFactors',
    names: [
      'Contributing Factors',
      'Contributing Conditions',
      'Contributing Conditions Analysis',
      'Process Breakdown',
      'Process Breakdowns',
    ],
  },
  { to: 'fiveWhys', names: ['Five Whys', '5 whys'] },
  { to: 'detection', names: ['Detection'] },
  {
    to: 'resolution',
    names: ['Resolution', 'Recovery', 'Mitigation', 'Mitigation & Resolution', 'Resolution and recovery', 'Mitigation and resolution'],
  },
  {
    to: 'actionItems',
    closed: true,
    names: [
      'Action Items',
      'Action Items & Followups',
      'Actions',
      'Corrective Actions',
      'Corrective and Preventative Measures',
      'Corrective and Preventive Measures',
      'Outcomes/Corrective Actions',
      'Recommendations',
      'Next steps',
      'Next Actions',
      'Follow-ups',
      'Action items & Prevention',
    ],
  },
  { to: 'lessons', names: ['Lessons', 'Lessons Learned', 'Lessons Learnt', 'Learning Opportunities', 'Takeaways', "How'd We Do?"] },
  { to: 'wentWell', names: ['What went well', 'Went well', 'Things that went well'] },
  {
    to: 'wentWrong',
    names: [
      'What went wrong',
      'Went wrong',
      'What went badly',
      'What could have gone better',
      "What didn't go so well",
      "What didn't go well",
      'What was difficult',
      'Things that went poorly',
    ],
  },
  { to: 'gotLucky', names: ['Where we got lucky', 'Where did we get lucky', 'Got lucky', 'Luck'] },
  { to: 'external', closed: true, names: ['External Message', 'External summary', 'External Email', 'Customer message', 'Public message'] },
  { to: 'section', section: 'internal', closed: true, names: ['Internal Email', 'Internal Message', 'Internal summary'] },
  { to: 'section', section: 'impact', names: ['Financial Impact', 'Security Impact'] },
  { to: 'section', names: ['Data Collected', 'Detailed Technical Summary', 'Technical Summary'] },
  { to: 'section', section: 'recurrence', names: ['Recurrence', 'Related incidents', 'Backlog check'] },
  { to: 'say', names: ['What to say', 'Talking points', 'Support talking points'] },
  { to: 'doNotSay', names: ['What not to say', 'Do not say'] },
  { to: 'workaround', names: ['Workaround', 'Workarounds'] },
  { to: 'links', section: 'links', names: ['Links', 'References', 'Supporting information', 'Supporting Documents', 'Further reading'] },
  { to: 'facts', names: ['Incident Timing', 'Key Information'] },
  { to: 'startedAt', names: ['Date', 'Incident date', 'Start Date/Time', 'Start time', 'Started'] },
  { to: 'resolvedAt', names: ['End Date/Time', 'End time', 'Resolved'] },
  { to: 'status', names: ['Status', 'Report Status', 'Current Status'] },
  { to: 'severity', names: ['Severity', 'Incident Severity'] },
  { to: 'authors', names: ['Authors', 'Author', 'Written by'] },
  { to: 'services', names: ['Services', 'Affected services', 'Services affected'] },
];

const squeezed = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/\(s\)|[’']|:[a-z][a-z0-9_+-]{1,30}:/g, '')
    .replace(/^[\s\p{P}\p{S}]*(?:(?:\d+|[ivx]+)[.)](?:\d+[.)]?)*|\d+\s*[-–—:])\s+/u, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');

const meanings = new Map(rows.flatMap(({ names, ...meaning }) => names.map((name) => [squeezed(name), meaning] as const)));

/**
 * The meaning of a heading. Ignores a remark in brackets at its end, as in "Timeline (UTC)", and
 * "Incident" before it.
 */
export const meaningOf = (heading: string): HeadingMeaning | undefined =>
  meaningOfName(squeezed(heading)) ?? meaningOfName(squeezed(heading.replace(/\s*\([^()]*\)\s*[:?]?\s*$/, '')));

function meaningOfName(name: string): HeadingMeaning | undefined {
  const bare = name.replace(/^(?:the)?incident/, '');
  return [name, bare]
    .flatMap((one) => [one, one.replace(/s$/, ''), `${one}s`])
    .map((one) => meanings.get(one))
    .find((found) => found !== undefined);
}

/** Titles that a template left for the author to replace. */
const placeholders = [
  'title',
  'titleincident',
  'titleoftheincident',
  'titleoftheincidentdate',
  'postmortemtemplate',
  'postmortem',
  'incidentpostmortem',
  'incidentreport',
  'incidentreview',
  'postincidentreview',
  'postincidentreport',
  'correctionoferror',
  'coe',
];
export const isPlaceholderTitle = (heading: string): boolean => placeholders.includes(squeezed(heading));

/**
 * The section of a postmortem that a field belongs to, for the report to the author of what was
 * recognised.
 */
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

/** Canonical section names, each once, in the order of the fields. */
export const sectionsOf = (fields: Iterable<string>): string[] => [...new Set([...fields].flatMap((field) => sectionOfField[field] ?? []))];
