/**
 * What incident tools call our fields in their JSON, beside the names in field-names.ts. Such names
 * are not read in Markdown, where they are ordinary words. `created_at` is nowhere among the
 * moments: tools set it when somebody opens the record.
 */
import type { Names } from './field-names.ts';

const fields: Names = {
  // Rootly, ServiceNow, PagerDuty, Jira, GitHub
  incidentId: ['reference', 'public id', 'number', 'key', 'iid', 'sequential id', 'incident number', 'incidentID'],
  title: ['short description', 'subject', 'message', 'titel', 'titre', 'título', 'titolo', 'タイトル', '标题', '標題', '제목'],
  status: ['incident status', 'current milestone'],
  services: [
    'business service',
    'cmdb ci',
    'impacts',
    'functionalities',
    'impacted components',
    'affected components',
    'services impacted',
  ],
  owningTeam: ['assignment group', 'owning team', 'teams', 'squad', 'responsible team'],
  authors: ['reporter', 'editors', 'user'],
  tags: ['tag list', 'labels'],
  startedAt: [
    ...['outage start', 'outage started', 'actual start'],
    ...['impact started at', 'impact started', 'customer impact start', 'work start', 'incident started at', 'incident began', 'start at'],
    ...['opened at'],
  ],
  detectedAt: ['detected on', 'reported at', 'reported'],
  mitigatedAt: ['mitigated on', 'fixed at'],
  resolvedAt: [
    'outage end',
    'outage ended',
    'actual end',
    'resolved on',
    'customer impact end',
    'impact ended at',
    'impact resolved at',
    'work end',
  ],
  publishedAt: ['postmortem published at'],
  summary: ['external desc'],
  impactText: ['customer impact summary', 'customer impact scope', 'impact summary', 'impact description', 'business impact'],
  detection: ['detection method'],
  regions: ['previously affected locations', 'currently affected locations', 'affected locations', 'locations'],
  rootCauses: ['cause notes'],
  resolution: ['fix notes', 'close notes', 'resolution notes', 'remediation'],
  timeline: [
    ...['incident updates', 'updates', 'status updates', 'timeline events', 'timeline items', 'timeline entries', 'incident timeline'],
    ...['chronology', 'log entries', 'events'],
  ],
  actionItems: [
    'problem tasks',
    'incident tasks',
    'tasks',
    'task list',
    'follow up items',
    'post incident actions',
    'remediations',
    'remediation items',
  ],
  links: ['html url', 'web url', 'permalink', 'document url', 'short url', 'shortlink'],
  document: [
    'body',
    'content',
    'markdown',
    'postmortem body',
    'postmortem',
    'retrospective',
    'report',
    'body markdown',
    'content markdown',
  ],
  /** Only read if there is no document in Markdown. */
  documentHtml: ['html', 'body html', 'content html', 'text', 'body text', 'details', 'additional details'],
  latestUpdate: ['most recent update', 'latest update'],
  noted: [
    'urgency',
    ...['seconds', 'secs', 'minutes', 'mins', 'hours', 'ms'].flatMap((unit) => [`duration ${unit}`, `duration in ${unit}`]),
  ],
  ignored: [
    ...[
      'created',
      'created on',
      'created time',
      'created at time',
      'modified time',
      'modified on',
      'closed at',
      'closed time',
      'closed by',
    ],
    ...['last status change at', 'postmortem body last updated at', 'resolution date', 'monitoring at', 'state', 'uri'],
    ...['type', 'issue type', 'incident type', 'mode', 'state reason', 'locked', 'comments', 'took', 'service key', 'service name'],
    ...[
      'showcase',
      'statuses',
      'time stats',
      'references',
      'refs',
      'has debrief',
      'workload minutes total',
      'milestone',
      'active',
      'assignments',
    ],
    ...['acknowledgements', 'watches', 'visible to', 'show timeline', 'show timeline trail', 'show action items', 'postmortem ignored'],
    ...['postmortem notified subscribers', 'postmortem notified twitter', 'auto transition to maintenance state', 'is drill'],
    ...['incident membership', 'incident channels', 'severity impact', 'close code', 'incident key', 'expand'],
  ].filter((name) => !['state', 'visible to'].includes(name)),
};

const entries = {
  timeline: {
    at: ['display at', 'when', 'occurred at', 'event time', 'started at', 'created at', 'created'],
    event: ['body', 'message', 'note', 'content', 'title', 'summary', 'name'],
    by: ['user', 'author', 'actor', 'created by'],
    ignored: ['status', 'state', 'updated at', 'modified', 'affected locations', 'affected components', 'deliver notifications'],
  },
  action: {
    id: ['number'],
    title: ['body', 'content', 'note', 'short description', 'titel', 'titre', 'título', 'titolo'],
    owner: ['assigned user', 'owner user', 'assigned to user', 'assignees', 'owners', 'responsible'],
    due: ['due on', 'due time'],
    ignored: ['immutable', 'created time', 'modified time', 'created by', 'created', 'updated'],
  },
  section: { heading: ['question', 'prompt', 'label', 'field'], body: ['answer', 'value', 'response', 'description', 'details', 'notes'] },
} as const satisfies Record<string, Names>;

/** By the kind of object. Empty: the postmortem itself. */
export const toolNames: Readonly<Record<string, Names>> = { '': fields, ...entries };
