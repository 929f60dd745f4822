import { aboutIncident, type EventReader, objectOf, parseEvent, type ReadEvent, statusNamed, textOf } from '../event.ts';
import { factOf, severityFact } from '../inbound-incident.ts';

/** Incidents that never happened. */
export const unreal = ['test', 'tutorial'];

/**
 * Reads an event of incident.io. Its payload lies in a member that is named after the event.
 * Followed are postmortem documents and incidents, public and private. Of what is private the event
 * has an id alone, and the instant at which it was signed stands for the one that it lacks.
 */
export const readIncidentIo: EventReader = (text, at) =>
  parseEvent(text, (event) => {
    const type = textOf(event.event_type);
    const payload = type === undefined ? undefined : objectOf(event[type]);
    if (type === undefined) return { kind: 'unreadable', why: 'It has no event_type.' };
    if (payload === undefined) return { kind: 'unreadable', why: 'It has no member that is named after its event_type.' };
    const isPrivate = type.startsWith('private_');
    if (/_incident\.postmortem_document_/.test(type)) return ofDocument(payload, isPrivate, at);
    if (/_incident\.incident_/.test(type)) return ofIncident(payload, isPrivate, at);
    return { kind: 'other' };
  });

function ofDocument(payload: Record<string, unknown>, isPrivate: boolean, at: string): ReadEvent {
  const document = objectOf(payload.postmortem_document) ?? payload;
  // Of a private one there may be an id alone, and which id that is nobody says: either is hidden.
  const ref = textOf(document.incident_id) ?? (isPrivate ? textOf(document.id) : undefined);
  const word = textOf(payload.new_status) ?? textOf(document.status);
  return aboutIncident(ref, {
    private: isPrivate ? factOf(true, document.updated_at ?? at, 'event') : undefined,
    status: word === undefined ? undefined : factOf(statusNamed(word), document.updated_at ?? at, 'event'),
  });
}

function ofIncident(payload: Record<string, unknown>, isPrivate: boolean, at: string): ReadEvent {
  const incident = objectOf(payload.incident) ?? payload;
  if (unreal.includes(textOf(incident.mode) ?? '')) return { kind: 'other' };
  const when = incident.updated_at ?? at;
  const severity = objectOf(incident.severity);
  const hides = isPrivate || textOf(incident.visibility) === 'private';
  return aboutIncident(textOf(incident.id), {
    private: hides ? factOf(true, when, 'event') : undefined,
    severity: severityFact(textOf(severity?.name), severity?.rank, when, 'event'),
  });
}
