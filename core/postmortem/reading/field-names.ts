/**
 * Every name that a field may have: in JSON, in front matter, as the label of a line or a table
 * cell. The first name in a row is the wire name. Names are compared by their letters and digits
 * only, without regard to case. If a document uses several names of one field, the one that is
 * earlier in the row wins; lists are joined.
 */
const rows = {
  id: ['id', 'uuid', 'postmortem id'],
  incidentId: ['incident id', 'incident number', 'incident'],
  title: ['title', 'name', 'headline', 'incident title'],
  severity: ['severity', 'sev', 'incident severity', 'severity level', 'priority'],
  status: ['status', 'state', 'report status', 'postmortem status', 'current status'],
  draft: ['draft', 'is draft'],
  restricted: [
    'restricted',
    'private',
    'confidential',
    'is private',
    'is restricted',
    'is confidential',
    'vertraulich',
    'confidentiel',
    'confidencial',
    'riservato',
    'vertrouwelijk',
  ],
  visibility: [
    'visibility',
    'confidentiality',
    'confidentiality level',
    'Sichtbarkeit',
    'Vertraulichkeit',
    'visibilité',
    'confidentialité',
    'visibilidad',
    'confidencialidad',
  ],
  services: [
    'services',
    'service',
    'affected services',
    'services affected',
    'impacted services',
    'affected products',
    'components',
    'product',
  ],
  owningTeam: ['owningTeam', 'team', 'owner team', 'owned by'],
  authors: ['authors', 'author', 'author name', 'names', 'by', 'written by', 'owner', 'postmortem owner', 'postmortem lead'],
  tags: ['tags', 'keywords', 'categories', 'labels', 'company'],
  startedAt: [
    'startedAt',
    'started',
    'start',
    'start time',
    'start date time',
    'begin',
    'occurred at',
    'incident start',
    'impact start',
    'start date',
    'incident date',
    'date',
  ],
  detectedAt: ['detectedAt', 'detected', 'detection time', 'time detected'],
  mitigatedAt: ['mitigatedAt', 'mitigated', 'mitigation time', 'time mitigated'],
  resolvedAt: [
    'resolvedAt',
    'resolved',
    'resolution time',
    'resolve time',
    'time resolved',
    'end',
    'ended',
    'ended at',
    'end time',
    'end date time',
    'incident end',
    'impact end',
    'end date',
  ],
  publishedAt: ['publishedAt', 'published', 'source published at', 'published on', 'publication date', 'date published'],
  summary: ['summary', 'executive summary', 'incident summary', 'tldr', 'exec summary', 'description', 'abstract'],
  impactText: ['customerImpact', 'impact', 'customer impact', 'impact text'],
  customersAffected: [
    'customersAffected',
    'customers impacted',
    'users affected',
    'accounts affected',
    'affected customers',
    'affected users',
  ],
  regions: ['regions', 'region'],
  externallyVisible: ['externallyVisible', 'customer visible', 'customer facing'],
  rootCauses: ['rootCauses', 'root cause', 'causes', 'cause'],
  contributingFactors: ['contributingFactors', 'contributing factor', 'contributing conditions'],
  fiveWhys: ['five whys'],
  trigger: ['trigger', 'triggers'],
  detection: ['detection'],
  resolution: ['resolution', 'recovery'],
  timeline: ['timeline'],
  lessons: ['lessons', 'lessons learned', 'lessons learnt'],
  wentWell: ['wentWell', 'what went well'],
  wentWrong: ['wentWrong', 'what went wrong', 'went badly'],
  gotLucky: ['gotLucky', 'where we got lucky'],
  actionItems: ['actionItems', 'actions', 'action item', 'follow ups', 'corrective actions'],
  support: ['support'],
  say: ['say'],
  doNotSay: ['doNotSay', 'dont say'],
  workaround: ['workaround'],
  doing: ['doing'],
  contact: ['supportContact'],
  nextNewsAt: ['nextNewsAt', 'next news'],
  external: ['external', 'external message', 'external summary'],
  externalTitle: ['external title'],
  externalBody: ['external body'],
  externalChange: ['external change', 'external changes'],
  externalProducts: ['external products', 'external product'],
  externalWriters: ['external written by', 'external writer', 'external writers'],
  externalReady: ['external ready'],
  mergedInto: ['mergedInto', 'duplicate of'],
  links: ['links', 'link', 'url', 'urls', 'archive url', 'references', 'tickets', 'source url'],
  sections: ['sections'],
  /** Known, and no field of ours. Kept as text without a warning. */
  noted: [
    'version',
    'revision',
    'created at',
    'updated at',
    'created',
    'updated',
    'last updated',
    'last modified',
    'modified',
    'duration',
    'reviewers',
    'meeting scheduled for',
  ],
  /** What a site generator or a collector needs for itself. Left out without a warning. */
  ignored: ['$schema', 'source fetched at', 'layout', 'permalink', 'weight', 'toc', 'lastmod'],
} as const satisfies Record<string, readonly string[]>;

/** Names of the fields inside lists and objects, by the same rule. */
export const innerNames = {
  impact: {
    impactText: ['text', 'notes', 'description', 'summary'],
    scope: ['scope'],
    services: ['services'],
    customersAffected: ['customersAffected', 'customers impacted', 'users affected'],
    regions: ['regions', 'region'],
    externallyVisible: ['externallyVisible', 'customer visible'],
  },
  rootCause: {
    rootCauses: ['summary', 'text', 'description', 'rootCauses', 'causes'],
    trigger: ['trigger'],
    contributingFactors: ['contributingFactors', 'factors'],
    fiveWhys: ['five whys'],
  },
  detection: { detection: ['method', 'text', 'description', 'summary'], detectedAt: ['detectedAt', 'at', 'time'] },
  lessons: {
    wentWell: ['wentWell', 'what went well'],
    wentWrong: ['wentWrong', 'what went wrong', 'went badly'],
    gotLucky: ['gotLucky', 'where we got lucky'],
  },
  support: {
    say: ['say'],
    doNotSay: ['doNotSay', 'dont say'],
    workaround: ['workaround'],
    doing: ['doing', 'what we are doing'],
    contact: ['contact', 'support contact'],
    nextNewsAt: ['nextNewsAt', 'next news', 'next update at', 'next update'],
  },
  external: {
    externalTitle: ['title', 'subject'],
    externalBody: ['body', 'text', 'message', 'content'],
    externalChange: ['change', 'changes', 'what changed'],
    externalProducts: ['products', 'product'],
    externalWriters: ['writtenBy', 'writer', 'writers'],
    externalReady: ['ready'],
  },
  timeline: {
    at: ['at', 'time', 'timestamp', 'date', 'occurred at'],
    event: ['event', 'description', 'text', 'what', 'action'],
    by: ['by', 'who'],
    ignored: ['kind', 'type', 'id'],
  },
  action: {
    id: ['id', 'key'],
    title: ['title', 'summary', 'description', 'task', 'action', 'name', 'text'],
    owner: ['owner', 'who', 'assigned to'],
    assignee: ['assignee', 'assignee email', 'owner email'],
    team: ['team', 'owning team', 'assignee team'],
    due: ['due', 'due date', 'deadline', 'due at'],
    priority: ['priority'],
    kind: ['kind', 'type', 'category'],
    status: ['status', 'state', 'done', 'completed'],
    link: ['link', 'url', 'ticket', 'bug', 'issue', 'jira issue url'],
    cost: ['cost', 'estimated cost', 'effort', 'estimated effort', 'estimate', 'price', 'budget'],
    consequence: ['consequence', 'consequences', 'if not done', 'risk if not done', 'risk'],
    ignored: ['created at', 'updated at', 'completed at', 'assigneeHash'],
  },
  link: { title: ['title', 'name', 'text', 'label'], url: ['url', 'href', 'link'], ignored: ['type'] },
  section: { heading: ['heading', 'title', 'name'], body: ['body', 'text', 'content', 'markdown'], ignored: ['id'] },
} as const;

/**
 * The letters and digits of a name in lower case: `Start Date/Time` and `start_date_time` are the
 * same name.
 */
export const squeezeName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}$]+/gu, '');

/**
 * Members of a tool's JSON that only a program uses: identifiers, addresses of its interface,
 * pictures, counters. They are no words about the incident.
 */
export const isTechnical = (name: string): boolean => technical.test(name) || technicalNames.has(squeezeName(name));
const technical =
  /(?:^|_)(?:uu|gu|o|node_|sys_)?ids?$|I[dD]s?$|_urls?$|Urls?$|URLs?$|^(?:avatar|gravatar|icon|image|hero)|(?:_by|By|ByUser)$|_count$|^sys_/;
const technicalNames = new Set(
  `self slug rank etag uri href color colour api_version event_type object_kind webhook_event issued_at resource_type iid reactions
  author_association performed_via_github_app active_lock_reason sender installation assignees user_notes_count upvotes downvotes
  task_completion_status discussion_locked is_test is_drill archived first_commit action event creator`
    .split(/\s+/)
    .map(squeezeName),
);

export type Names = Readonly<Record<string, readonly string[]>>;
/** Maps any name to its field, and to its rank among the names of that field. */
export function nameLookup(names: Names): ReadonlyMap<string, { field: string; rank: number }> {
  const found = new Map<string, { field: string; rank: number }>();
  for (const [field, aliases] of Object.entries(names)) {
    for (const [rank, alias] of aliases.entries()) if (!found.has(squeezeName(alias))) found.set(squeezeName(alias), { field, rank });
  }
  return found;
}

export const fieldNames: Names = rows;
export const wireName = (field: string): string => fieldNames[field]?.[0] ?? field;
