import { objectOf, objectsOf, statusNamed, textOf } from '../../core/connector/event.ts';
import { type Facts, factOf } from '../../core/connector/inbound-incident.ts';
import type { Looked, Vendor, VendorAction } from '../../core/connector/ports.ts';
import { severityName, unreal } from '../../core/connector/rootly/read-event.ts';
import { ask, type Reach } from './ask.ts';
import { readMoment } from './read-moment.ts';

export const rootlyUrl = 'https://api.rootly.com';
const pageSize = 100;
type Thing = Record<string, unknown>;

/**
 * The API of Rootly (docs.rootly.com/api-reference), in JSON:API. An incident, its retrospective
 * with its text in HTML, and its action items: three calls. Only the incident says whether it is
 * private.
 */
export const rootly = (reach: Reach): Vendor => ({
  async look(ref) {
    const id = encodeURIComponent(ref);
    const found = await ask(`/v1/incidents/${id}`, reach);
    if (found.kind !== 'found') return found;
    const incident = attributesOf(objectOf(objectOf(found.value)?.data));
    if (!incident) return { kind: 'gone' };
    const documents = await ask(`/v1/post_mortems?filter%5Bincident_id%5D=${id}`, reach);
    if (documents.kind !== 'found' && documents.kind !== 'gone') return documents;
    const listed = documents.kind === 'found' ? resourcesOf(documents.value) : [];
    // A filter that the API does not know could answer the documents of all incidents.
    const own = listed.filter(({ incident_id }) => incident_id === ref);
    const document = own.find(({ status }) => statusNamed(textOf(status) ?? '') === 'published') ?? own.at(-1);
    const facts = factsOf(incident, document);
    const looked: Looked = { facts, services: namesOf(incident.services), times: timesOf(incident), actions: [] };
    if (facts.status?.value !== 'published' || facts.private?.value !== false) return { kind: 'found', value: looked };
    const items = await ask(`/v1/incidents/${id}/action_items`, reach);
    if (items.kind === 'later' || items.kind === 'refused') return items;
    const actions = items.kind === 'found' ? resourcesOf(items.value).flatMap(actionOf) : [];
    const body = textOf(document?.content);
    return { kind: 'found', value: { ...looked, actions, ...(body !== undefined && { body }) } };
  },
  async changedSince(since) {
    const refs = new Set<string>();
    for (const [path, ref] of [
      ['incidents', 'id'],
      ['post_mortems', 'incident_id'],
    ] as const) {
      for (let page = 1; ; page += 1) {
        const query = `filter%5Bupdated_at%5D%5Bgt%5D=${encodeURIComponent(since)}&page%5Bsize%5D=${pageSize}&page%5Bnumber%5D=${page}`;
        const answer = await ask(`/v1/${path}?${query}`, reach);
        if (answer.kind !== 'found') return answer;
        const listed = resourcesOf(answer.value);
        for (const one of listed) {
          const changed = textOf(one[ref]);
          if (changed !== undefined && Date.parse(String(one.updated_at)) >= Date.parse(since)) refs.add(changed);
        }
        if (listed.length < pageSize || page >= mostPages) break;
      }
    }
    return { kind: 'found', value: [...refs] };
  },
});

const mostPages = 50;

/** The attributes of a resource, with its id among them. */
const attributesOf = (resource: Thing | undefined): Thing | undefined => {
  const attributes = objectOf(resource?.attributes);
  return attributes && { ...attributes, id: resource?.id };
};
const resourcesOf = (value: unknown): Thing[] =>
  objectsOf(objectOf(value)?.data)
    .map(attributesOf)
    .filter((one) => one !== undefined);

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
