import { objectOf, objectsOf, statusNamed, textOf } from '../../core/connector/event.ts';
import { type Facts, factOf, severityFact } from '../../core/connector/inbound-incident.ts';
import { unreal } from '../../core/connector/incident-io/read-event.ts';
import type { Answer, ChangedPage, Looked, Vendor, VendorAction } from '../../core/connector/ports.ts';
import { ask, askForPart, notNow, type Reach } from './ask.ts';
import { pageOfLists } from './lists.ts';
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
    // Half an answer says nothing of the incident.
    if (!incident) return notNow;
    const documents = await askForPart(`/v1/postmortem_documents?incident_id=${encodeURIComponent(ref)}`, reach);
    if (documents.kind !== 'found') return documents;
    const listed = objectOf(documents.value)?.postmortem_documents;
    if (!Array.isArray(listed)) return notNow;
    // A filter that the API does not know could answer the documents of all incidents.
    const document = finishedFirst(objectsOf(listed).filter(({ incident_id }) => incident_id === ref));
    const facts = factsOf(incident, document);
    const looked: Looked = {
      facts,
      services: servicesOf(incident, services),
      times: timesOf(incident),
      ...declaredOf(incident),
      actions: [],
    };
    // The text is read only where it may be shown.
    if (facts.status?.value !== 'published' || facts.private?.value !== false) return { kind: 'found', value: looked };
    return withText(looked, { ref, document: textOf(document?.id) ?? '' }, reach);
  },
  // A document that is finished may leave its incident as it was.
  changedSince: (since, page) => pageOfLists(page, Object.keys(lists), (list, after) => changed(list, { since, after }, reach)),
});

/** Lists of what may have changed, and where each entry says which incident it is of. */
const lists: Readonly<Record<string, { path: (since: string) => string; ref: string }>> = {
  incidents: { path: (since) => `/v2/incidents?updated_at%5Bgte%5D=${since.slice(0, 10)}`, ref: 'id' },
  postmortem_documents: { path: () => '/v1/postmortem_documents?', ref: 'incident_id' },
};

/** The incidents of one page of a list whose entries changed since then. */
async function changed(list: string, { since, after }: { since: string; after: string }, reach: Reach): Promise<Answer<ChangedPage>> {
  const { path, ref } = lists[list] ?? { path: () => '', ref: '' };
  const answer = await ask(`${path(since)}&page_size=${pageSize}${after && `&after=${encodeURIComponent(after)}`}`, reach);
  if (answer.kind !== 'found') return answer;
  const whole = objectOf(answer.value);
  if (!Array.isArray(whole?.[list])) return notNow;
  const listed = objectsOf(whole[list]);
  const refs = listed.flatMap((one) => (Date.parse(String(one.updated_at)) < Date.parse(since) ? [] : (textOf(one[ref]) ?? [])));
  const next = textOf(objectOf(whole.pagination_meta)?.after);
  return { kind: 'found', value: { refs, ...(listed.length > 0 && next !== undefined && next !== after && { next }) } };
}

/** An incident may have several documents. One that is finished counts, else the last one. */
const finishedFirst = (documents: readonly Record<string, unknown>[]) =>
  documents.find(({ status }) => statusNamed(textOf(status) ?? '') === 'published') ?? documents.at(-1);

function factsOf(incident: Record<string, unknown>, document: Record<string, unknown> | undefined): Facts {
  const at = incident.updated_at;
  const visibility = textOf(incident.visibility);
  const severity = objectOf(incident.severity);
  const facts: Record<string, unknown> = {
    title: factOf(textOf(incident.name), at, 'api'),
    severity: severityFact(textOf(severity?.name), severity?.rank, at, 'api'),
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
    askForPart(`/v2/follow_ups?incident_id=${encodeURIComponent(ref)}`, reach),
  ]);
  if (content.kind === 'later' || content.kind === 'refused') return content;
  if (followUps.kind !== 'found') return followUps;
  const body = content.kind === 'found' ? textOf(objectOf(content.value)?.markdown) : undefined;
  const listed = objectOf(followUps.value)?.follow_ups;
  if (!Array.isArray(listed)) return notNow;
  const actions = objectsOf(listed).flatMap(actionOf);
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

/** An incident that was imported as a retrospective was created long after it was over. */
function declaredOf({ mode, created_at }: Record<string, unknown>): Pick<Looked, 'declaredAt'> {
  const declaredAt = mode === 'retrospective' ? undefined : readMoment(created_at);
  return declaredAt ? { declaredAt } : {};
}

function timesOf(incident: Record<string, unknown>): Looked['times'] {
  const named = objectsOf(incident.incident_timestamp_values).flatMap(({ incident_timestamp, value }) => {
    const as = timestamps[textOf(objectOf(incident_timestamp)?.name)?.toLowerCase() ?? ''];
    const at = readMoment(objectOf(value)?.value);
    return as !== undefined && at !== undefined ? [[as, at] as const] : [];
  });
  return Object.fromEntries(named);
}
