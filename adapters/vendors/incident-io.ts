import { objectOf, objectsOf, statusNamed, textOf } from '../../core/connector/event.ts';
import { type Facts, factOf } from '../../core/connector/inbound-incident.ts';
import { unreal } from '../../core/connector/incident-io/read-event.ts';
import type { Answer, Looked, Vendor, VendorAction } from '../../core/connector/ports.ts';
import { ask, type Reach } from './ask.ts';
import { readMoment } from './read-moment.ts';

export const incidentIoUrl = 'https://api.incident.io';
const pageSize = 100;

/**
 * The API of incident.io (docs.incident.io/api-reference). An incident, its post-mortem document
 * with its text, and its follow-ups: four calls. Severities, services and instants come from the
 * incident, and services from the custom field that the distribution file names.
 */
export const incidentIo = (reach: Reach, services: string | undefined): Vendor => ({
  async look(ref) {
    const found = await ask(`/v2/incidents/${encodeURIComponent(ref)}`, reach);
    if (found.kind !== 'found') return found;
    const incident = objectOf(objectOf(found.value)?.incident);
    if (!incident) return { kind: 'gone' };
    const documents = await ask(`/v1/postmortem_documents?incident_id=${encodeURIComponent(ref)}`, reach);
    if (documents.kind !== 'found' && documents.kind !== 'gone') return documents;
    const document = documents.kind === 'found' ? finishedFirst(objectsOf(objectOf(documents.value)?.postmortem_documents)) : undefined;
    const facts = factsOf(incident, document);
    const looked = { facts, services: servicesOf(incident, services), times: timesOf(incident), actions: [] };
    // The text is read only where it may be shown.
    if (facts.status?.value !== 'published' || facts.private?.value !== false) return { kind: 'found', value: looked };
    return withText(looked, { ref, document: textOf(document?.id) ?? '' }, reach);
  },
  async changedSince(since) {
    const incidents = await changed(`/v2/incidents?updated_at%5Bgte%5D=${since.slice(0, 10)}`, ['incidents', 'id'], since, reach);
    if (incidents.kind !== 'found') return incidents;
    // A document that is finished may leave its incident as it was.
    const documents = await changed('/v1/postmortem_documents?', ['postmortem_documents', 'incident_id'], since, reach);
    if (documents.kind === 'later' || documents.kind === 'refused') return documents;
    return { kind: 'found', value: [...new Set([...incidents.value, ...(documents.kind === 'found' ? documents.value : [])])] };
  },
});

const mostPages = 50;

/** The incidents of all pages of a list whose entries changed since then. */
async function changed(list: string, [entries, ref]: readonly [string, string], since: string, reach: Reach): Promise<Answer<string[]>> {
  const refs: string[] = [];
  let after = '';
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await ask(`${list}&page_size=${pageSize}${after && `&after=${encodeURIComponent(after)}`}`, reach);
    if (answer.kind !== 'found') return answer;
    const listed = objectsOf(objectOf(answer.value)?.[entries]);
    for (const one of listed) {
      const id = textOf(one[ref]);
      if (id !== undefined && Date.parse(String(one.updated_at)) >= Date.parse(since)) refs.push(id);
    }
    const next = textOf(objectOf(objectOf(answer.value)?.pagination_meta)?.after);
    if (listed.length < pageSize || next === undefined || next === after) break;
    after = next;
  }
  return { kind: 'found', value: refs };
}

/** An incident may have several documents. One that is finished counts, else the last one. */
const finishedFirst = (documents: readonly Record<string, unknown>[]) =>
  documents.find(({ status }) => statusNamed(textOf(status) ?? '') === 'published') ?? documents.at(-1);

function factsOf(incident: Record<string, unknown>, document: Record<string, unknown> | undefined): Facts {
  const at = incident.updated_at;
  const visibility = textOf(incident.visibility);
  const facts: Record<string, unknown> = {
    title: factOf(textOf(incident.name), at, 'api'),
    severity: factOf(textOf(objectOf(incident.severity)?.name), at, 'api'),
    private: visibility === undefined ? undefined : factOf(visibility !== 'public', at, 'api'),
    permalink: factOf(textOf(incident.permalink), at, 'api'),
    status: factOf(document && statusNamed(textOf(document.status) ?? ''), document?.updated_at, 'api'),
    ignored: unreal.includes(textOf(incident.mode) ?? '') ? factOf('It is an exercise.', at, 'api') : undefined,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}

async function withText(looked: Looked, { ref, document }: { ref: string; document: string }, reach: Reach): Promise<Answer<Looked>> {
  const [content, followUps] = await Promise.all([
    ask(`/v1/postmortem_documents/${encodeURIComponent(document)}/content`, reach),
    ask(`/v2/follow_ups?incident_id=${encodeURIComponent(ref)}`, reach),
  ]);
  if (content.kind === 'later' || content.kind === 'refused') return content;
  if (followUps.kind === 'later' || followUps.kind === 'refused') return followUps;
  const body = content.kind === 'found' ? textOf(objectOf(content.value)?.markdown) : undefined;
  const actions = followUps.kind === 'found' ? objectsOf(objectOf(followUps.value)?.follow_ups).flatMap(actionOf) : [];
  return { kind: 'found', value: { ...looked, actions, ...(body !== undefined && { body }) } };
}

const states: Readonly<Record<string, VendorAction['status']>> = { completed: 'done', not_doing: 'declined', deleted: 'declined' };

function actionOf(followUp: Record<string, unknown>): VendorAction[] {
  const title = textOf(followUp.title);
  if (title === undefined) return [];
  const id = textOf(followUp.id);
  const assignee = textOf(objectOf(followUp.assignee)?.email);
  const link = textOf(objectOf(followUp.external_issue_reference)?.issue_permalink);
  const status = states[textOf(followUp.status) ?? ''] ?? 'open';
  return [
    { title: title.slice(0, 500), status, ...(id && { id }), ...(assignee && { assignee }), ...(link?.startsWith('http') && { link }) },
  ];
}

function servicesOf(incident: Record<string, unknown>, field: string | undefined): string[] {
  const wanted = field?.trim().toLowerCase();
  return objectsOf(incident.custom_field_entries)
    .filter(({ custom_field }) => wanted !== undefined && textOf(objectOf(custom_field)?.name)?.toLowerCase() === wanted)
    .flatMap(({ values }) => objectsOf(values))
    .flatMap(
      ({ value_option, value_catalog_entry, value_text }) =>
        textOf(objectOf(value_catalog_entry)?.name) ?? textOf(objectOf(value_option)?.value) ?? textOf(value_text) ?? [],
    );
}

/** incident.io lets companies name their timestamps. These are its own names. */
const timestamps: Readonly<Record<string, keyof Looked['times']>> = {
  'impact started': 'startedAt',
  'identified at': 'detectedAt',
  'reported at': 'detectedAt',
  'fixed at': 'mitigatedAt',
  'impact ended': 'mitigatedAt',
  'resolved at': 'resolvedAt',
};

function timesOf(incident: Record<string, unknown>): Looked['times'] {
  const named = objectsOf(incident.incident_timestamp_values).flatMap(({ incident_timestamp, value }) => {
    const as = timestamps[textOf(objectOf(incident_timestamp)?.name)?.toLowerCase() ?? ''];
    const at = readMoment(objectOf(value)?.value);
    return as !== undefined && at !== undefined ? [[as, at] as const] : [];
  });
  return Object.fromEntries(named);
}
