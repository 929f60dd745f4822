import { objectOf, objectsOf, statusNamed, textOf } from '../../core/connector/event.ts';
import { type Facts, factOf } from '../../core/connector/inbound-incident.ts';
import type { Answer, ChangedPage, Looked, Vendor, VendorAction } from '../../core/connector/ports.ts';
import { severityName, unreal } from '../../core/connector/rootly/read-event.ts';
import { ask, askForPart, notNow, type Reach } from './ask.ts';
import { pageOfLists } from './lists.ts';
import { readMoment } from './read-moment.ts';

export const rootlyUrl = 'https://api.rootly.com';
type Thing = Record<string, unknown>;

/**
 * The API of Rootly (docs.rootly.com/api-reference), in JSON:API. An incident with its
 * retrospective and its text in HTML, and its action items: two calls, or four. Only the incident
 * says whether it is private.
 */
export const rootly = (reach: Reach): Vendor => ({
  async look(ref) {
    const id = encodeURIComponent(ref);
    const found = await ask(`/v1/incidents/${id}?include=incident_post_mortem`, reach);
    if (found.kind !== 'found') return found;
    const incident = attributesOf(objectOf(objectOf(found.value)?.data));
    // Half an answer says nothing of the incident.
    if (!incident) return notNow;
    const documents = await documentsOf(ref, found.value, reach);
    if (documents.kind !== 'found') return documents;
    const own = documents.value;
    const document = own.find(({ status }) => statusNamed(textOf(status) ?? '') === 'published') ?? own.at(-1);
    const facts = factsOf(incident, document);
    const looked: Looked = { facts, services: namesOf(incident.services), times: timesOf(incident), ...declaredOf(incident), actions: [] };
    if (facts.status?.value !== 'published' || facts.private?.value !== false) return { kind: 'found', value: looked };
    const items = await itemsOf(id, reach);
    if (items.kind !== 'found') return items;
    const body = textOf(document?.content);
    return { kind: 'found', value: { ...looked, actions: items.value.flatMap(actionOf), ...(body !== undefined && { body }) } };
  },
  changedSince: (since, page) => pageOfLists(page, Object.keys(lists), (list, place) => changed(list, since, Number(place) || 1, reach)),
});

/**
 * The retrospectives of an incident: what its answer includes, else what the list has. A list that
 * does not know the filter answers those of all incidents.
 */
async function documentsOf(ref: string, incident: unknown, reach: Reach): Promise<Exclude<Answer<Thing[]>, { kind: 'gone' }>> {
  const included = objectsOf(objectOf(incident)?.included).filter(({ type }) => type === 'incident_post_mortems');
  const named = included.map(attributesOf).filter((one) => one !== undefined);
  const own = named.filter(({ incident_id }) => incident_id === undefined || incident_id === ref);
  if (own.length > 0) return { kind: 'found', value: own };
  const documents = await askForPart(`/v1/post_mortems?filter%5Bincident_id%5D=${encodeURIComponent(ref)}`, reach);
  if (documents.kind !== 'found') return documents;
  const listed = resourcesOf(documents.value);
  return listed ? { kind: 'found', value: listed.filter(({ incident_id }) => incident_id === ref) } : notNow;
}

/** The action items of the first two pages. Intake reads two hundred of a document. */
async function itemsOf(incident: string, reach: Reach): Promise<Exclude<Answer<Thing[]>, { kind: 'gone' }>> {
  const size = 100;
  const items: Thing[] = [];
  for (const page of [1, 2]) {
    const answer = await askForPart(`/v1/incidents/${incident}/action_items?page%5Bsize%5D=${size}&page%5Bnumber%5D=${page}`, reach);
    if (answer.kind !== 'found') return answer;
    const listed = resourcesOf(answer.value);
    if (!listed) return notNow;
    items.push(...listed);
    if (!hasNext(answer.value, listed.length, size)) break;
  }
  return { kind: 'found', value: items };
}

/**
 * Lists of what changed, and where each entry says which incident it is of. Retrospectives bring
 * their text along. Pages go by number, so the order is one in which what comes or changes while we
 * read moves others back: they are seen twice, and none is missed.
 */
const lists: Readonly<Record<string, { size: number; ref: string; sort: string }>> = {
  incidents: { size: 100, ref: 'id', sort: '-updated_at' },
  post_mortems: { size: 20, ref: 'incident_id', sort: '-created_at' },
};

async function changed(list: string, since: string, page: number, reach: Reach): Promise<Answer<ChangedPage>> {
  const { size, ref, sort } = lists[list] ?? { size: 1, ref: '', sort: '' };
  const query = `sort=${sort}&filter%5Bupdated_at%5D%5Bgt%5D=${encodeURIComponent(since)}&page%5Bsize%5D=${size}&page%5Bnumber%5D=${page}`;
  const answer = await ask(`/v1/${list}?${query}`, reach);
  if (answer.kind !== 'found') return answer;
  const listed = resourcesOf(answer.value);
  if (!listed) return notNow;
  const refs = listed.flatMap((one) => (Date.parse(String(one.updated_at)) < Date.parse(since) ? [] : (textOf(one[ref]) ?? [])));
  return { kind: 'found', value: { refs, ...(hasNext(answer.value, listed.length, size) && { next: String(page + 1) }) } };
}

/** By the links of JSON:API; without them a page that is not full is the last one. */
function hasNext(value: unknown, listed: number, size: number): boolean {
  const links = objectOf(objectOf(value)?.links);
  return listed > 0 && (links && 'next' in links ? textOf(links.next) !== undefined : listed >= size);
}

/** The attributes of a resource, with its id among them. */
const attributesOf = (resource: Thing | undefined): Thing | undefined => {
  const attributes = objectOf(resource?.attributes);
  return attributes && { ...attributes, id: resource?.id };
};
/** Undefined: it is no list. */
function resourcesOf(value: unknown): Thing[] | undefined {
  const data = objectOf(value)?.data;
  if (!Array.isArray(data)) return undefined;
  return objectsOf(data)
    .map(attributesOf)
    .filter((one) => one !== undefined);
}

/** Related things come as names, as objects, or as resources below `data`. */
function namesOf(related: unknown): string[] {
  const list = Array.isArray(related) ? related : objectOf(related)?.data;
  return Array.isArray(list) ? list.flatMap((one) => severityName(one) ?? []) : [];
}

function factsOf(incident: Thing, document: Thing | undefined): Facts {
  const at = incident.updated_at;
  const facts: Record<string, unknown> = {
    title: factOf(textOf(incident.title), at, 'api'),
    severity: factOf(severityName(incident.severity), at, 'api'),
    private: typeof incident.private === 'boolean' ? factOf(incident.private, at, 'api') : undefined,
    permalink: factOf(textOf(incident.url), at, 'api'),
    status: factOf(document && statusNamed(textOf(document.status) ?? ''), document?.updated_at, 'api'),
    ignored: unreal.includes(textOf(incident.kind) ?? '') ? factOf('It is an exercise, or only planned.', at, 'api') : undefined,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}

/** An incident that was backfilled was created long after it was over. */
function declaredOf({ kind, created_at }: Thing): Pick<Looked, 'declaredAt'> {
  const declaredAt = kind === 'backfilled' ? undefined : readMoment(created_at);
  return declaredAt ? { declaredAt } : {};
}

function timesOf(incident: Thing): Looked['times'] {
  const times = { startedAt: 'started_at', detectedAt: 'detected_at', mitigatedAt: 'mitigated_at', resolvedAt: 'resolved_at' };
  const read = Object.entries(times).map(([as, name]) => [as, readMoment(incident[name])] as const);
  return Object.fromEntries(read.filter(([, at]) => at !== undefined));
}

const states: Readonly<Record<string, VendorAction['status']>> = { in_progress: 'in-progress', done: 'done', cancelled: 'declined' };

function actionOf(item: Thing): VendorAction[] {
  const title = textOf(item.summary);
  if (title === undefined) return [];
  const [id, due, link] = [textOf(item.id), textOf(item.due_date)?.slice(0, 10), textOf(item.jira_issue_url)];
  const assignee = textOf(objectOf(item.assigned_to)?.email);
  return [
    {
      title: title.slice(0, 500),
      status: states[textOf(item.status) ?? ''] ?? 'open',
      ...(id && { id }),
      ...(due && /^\d{4}-\d\d-\d\d$/.test(due) && { due }),
      ...(assignee && { assignee }),
      ...(link?.startsWith('http') && { link }),
    },
  ];
}
