import { objectOf, objectsOf, textOf } from '../../core/connector/event.ts';
import { type Facts, factOf } from '../../core/connector/inbound-incident.ts';
import type { Answer, ChangedPage, Looked, Vendor, VendorAction } from '../../core/connector/ports.ts';
import { minuteMs } from '../../core/shared/duration.ts';
import { type Instant, toInstant } from '../../core/shared/instant.ts';
import { ask, askForPart, notNow, type Reach } from './ask.ts';
import { pageOfLists } from './lists.ts';
import { readMoment } from './read-moment.ts';

export const fireHydrantUrl = 'https://api.firehydrant.io';
type Thing = Record<string, unknown>;

export interface FireHydrantOptions {
  /** The key sees public incidents alone, so what it sees is public. */
  readonly seesPublicOnly: boolean;
  readonly now: () => Date;
}

/**
 * The API of FireHydrant (docs.firehydrant.com/reference). An incident, its retrospective report
 * and its contributing factors: three calls. The report has a summary and questions with answers,
 * from which the text is made.
 */
export const fireHydrant = (reach: Reach, { seesPublicOnly, now }: FireHydrantOptions): Vendor => ({
  async look(ref) {
    const at = toInstant(new Date(now().getTime() - behindMs));
    const id = encodeURIComponent(ref);
    const found = await ask(`/v1/incidents/${id}`, reach);
    if (found.kind !== 'found') return found;
    const incident = objectOf(found.value);
    // Half an answer says nothing of the incident.
    if (textOf(incident?.id) !== ref || !incident) return notNow;
    const reports = await askForPart(`/v1/post_mortems/reports?incident_id=${id}`, reach);
    if (reports.kind !== 'found') return reports;
    const listed = listOf(reports.value);
    if (!listed) return notNow;
    // A filter that the API does not know could answer the reports of all incidents.
    const own = listed.filter((one) => incidentOf(one) === ref);
    const report = own.at(-1);
    const facts = factsOf(incident, { hasReport: report !== undefined, seesPublicOnly, at });
    const finishedAt = finishedOf(incident);
    const declaredAt = readMoment(incident.created_at);
    const looked: Looked = {
      facts,
      ...(finishedAt && { finishedAt }),
      services: namesOf(incident.services),
      times: timesOf(incident),
      ...(declaredAt && { declaredAt }),
      actions: [],
    };
    if (facts.status?.value !== 'published' || facts.private?.value !== false || !report) return { kind: 'found', value: looked };
    return withText(looked, incident, report, reach);
  },
  changedSince: (since, page) => pageOfLists(page, Object.keys(lists), (list, place) => changed(list, since, Number(place) || 1, reach)),
});

/**
 * An incident has no instant of its last change, so what the API says counts for when it is asked,
 * less a minute: a copy of FireHydrant's may be half a minute behind. An event that hides then
 * outlives an answer that was given before it.
 */
const behindMs = minuteMs;

function incidentOf(report: Thing): string | undefined {
  return textOf(report.incident_id) ?? textOf(objectOf(report.incident)?.id);
}

/** Archived incidents are in a list of their own, and a report may change without its incident. */
const lists: Readonly<Record<string, { path: string; refOf: (entry: Thing) => string | undefined }>> = {
  incidents: { path: '/v1/incidents?updated_after=', refOf: ({ id }) => textOf(id) },
  archived: { path: '/v1/incidents?archived=true&updated_after=', refOf: ({ id }) => textOf(id) },
  reports: { path: '/v1/post_mortems/reports?updated_since=', refOf: incidentOf },
};
/** Reports bring their texts along. */
const pageSize = 50;

async function changed(list: string, since: string, page: number, reach: Reach): Promise<Answer<ChangedPage>> {
  const { path, refOf } = lists[list] ?? { path: '', refOf: () => undefined };
  const answer = await ask(`${path}${encodeURIComponent(since)}&per_page=${pageSize}&page=${page}`, reach);
  if (answer.kind !== 'found') return answer;
  const entries = listOf(answer.value);
  if (!entries) return notNow;
  const refs = entries.flatMap((entry) => refOf(entry) ?? []);
  return { kind: 'found', value: { refs, ...(entries.length >= pageSize && { next: String(page + 1) }) } };
}

/** Undefined: it is no list. */
function listOf(value: unknown): Thing[] | undefined {
  const data = objectOf(value)?.data;
  return Array.isArray(data) ? objectsOf(data) : undefined;
}
const namesOf = (things: unknown): string[] => objectsOf(things).flatMap(({ name }) => textOf(name) ?? []);

/** FireHydrant lets companies name milestones. These are its own for what is finished. */
const finished = ['postmortem_completed', 'retrospective_completed', 'closed'];
/** Severities of incidents that never happened, or that somebody planned. */
const unreal = ['gameday', 'maintenance'];

interface Seen {
  readonly hasReport: boolean;
  readonly seesPublicOnly: boolean;
  readonly at: string;
}

function factsOf(incident: Thing, { hasReport, seesPublicOnly, at }: Seen): Facts {
  const severity = textOf(incident.severity) ?? textOf(objectOf(incident.severity)?.slug);
  const isRestricted = incident.restricted ?? incident.private;
  const isPrivate = typeof isRestricted === 'boolean' ? isRestricted : seesPublicOnly ? false : undefined;
  const facts: Record<string, unknown> = {
    title: factOf(textOf(incident.name), at, 'api'),
    severity: factOf(severity?.toUpperCase() === 'UNSET' ? undefined : severity, at, 'api'),
    private: factOf(isPrivate, at, 'api'),
    permalink: factOf(textOf(incident.incident_url), at, 'api'),
    status: statusOf(incident, hasReport, at),
    ignored: unreal.includes(severity?.toLowerCase() ?? '') ? factOf('It is an exercise, or planned.', at, 'api') : undefined,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}

/** Closed without a retrospective is no postmortem: nobody wrote one. */
function statusOf(incident: Thing, hasReport: boolean, at: string): Facts['status'] {
  if (textOf(incident.discarded_at) !== undefined) return factOf('deleted', at, 'api');
  const milestone = textOf(incident.current_milestone)?.toLowerCase() ?? '';
  return factOf(!hasReport ? 'none' : finished.includes(milestone) ? 'published' : 'draft', at, 'api');
}

/**
 * Not the instant of the status: the report may be written, and an archived incident come back,
 * long after the milestone was reached.
 */
function finishedOf(incident: Thing): Instant | undefined {
  const milestone = textOf(incident.current_milestone)?.toLowerCase() ?? '';
  const reached = objectsOf(incident.milestones).find(({ type }) => textOf(type)?.toLowerCase() === milestone);
  return finished.includes(milestone) ? readMoment(reached?.updated_at ?? reached?.occurred_at) : undefined;
}

async function withText(looked: Looked, incident: Thing, report: Thing, reach: Reach): Promise<Answer<Looked>> {
  const reasons = await askForPart(`/v1/post_mortems/reports/${encodeURIComponent(textOf(report.id) ?? '')}/reasons?per_page=100`, reach);
  if (reasons.kind !== 'found') return reasons;
  const factors = listOf(reasons.value)?.flatMap(({ summary }) => textOf(summary) ?? []);
  if (!factors) return notNow;
  const parts = [
    ['Summary', textOf(report.summary) ?? textOf(incident.summary)],
    ['Impact', textOf(incident.customer_impact_summary)],
    ['Root causes', factors.map((factor) => `- ${factor.replace(/\s+/g, ' ')}`).join('\n')],
    ...objectsOf(report.questions).map(({ title, body }) => [textOf(title), textOf(body)]),
    ['Details', textOf(report.additional_details)],
  ];
  const body = parts.flatMap(([title, text]) => (title && text ? [`## ${title.replace(/\s+/g, ' ')}\n\n${text}`] : [])).join('\n\n');
  // The summary of an incident alone is what somebody wrote in the middle of it.
  const isWritten = factors.length > 0 || [report.summary, report.additional_details].some(textOf) || /\S/.test(answersOf(report));
  const actions = objectsOf(incident.incident_tickets).flatMap(actionOf);
  return { kind: 'found', value: { ...looked, actions, ...(isWritten && { body }) } };
}

const answersOf = (report: Thing): string =>
  objectsOf(report.questions)
    .map(({ body }) => textOf(body) ?? '')
    .join('');

const milestones: Readonly<Record<string, keyof Looked['times']>> = {
  started: 'startedAt',
  detected: 'detectedAt',
  mitigated: 'mitigatedAt',
  resolved: 'resolvedAt',
};

function timesOf(incident: Thing): Looked['times'] {
  const reached = objectsOf(incident.milestones).map(({ type, occurred_at }) => [milestones[textOf(type) ?? ''], readMoment(occurred_at)]);
  const started = ['startedAt', readMoment(incident.started_at)];
  return Object.fromEntries([started, ...reached].filter(([name, at]) => name !== undefined && at !== undefined));
}

const states: Readonly<Record<string, VendorAction['status']>> = { in_progress: 'in-progress', done: 'done', cancelled: 'declined' };

/** Tasks are for the incident itself; follow-ups outlive it. */
function actionOf(ticket: Thing): VendorAction[] {
  const title = textOf(ticket.summary);
  if (title === undefined || textOf(ticket.type) === 'task') return [];
  const [id, due] = [textOf(ticket.id), textOf(ticket.due_at)?.slice(0, 10)];
  const assignee = objectsOf(ticket.assignees).flatMap(({ email }) => textOf(email) ?? [])[0];
  return [
    {
      title: title.slice(0, 500),
      status: states[textOf(ticket.state) ?? ''] ?? 'open',
      ...(id && { id }),
      ...(due && /^\d{4}-\d\d-\d\d$/.test(due) && { due }),
      ...(assignee && { assignee }),
    },
  ];
}
