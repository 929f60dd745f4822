import { aboutIncident, type EventReader, objectOf, parseEvent, type ReadEvent, statusNamed, textOf } from '../event.ts';
import { factOf } from '../inbound-incident.ts';

/** Kinds of incidents that never happened, or did not yet. */
export const unreal = ['test', 'test_sub', 'example', 'example_sub', 'scheduled', 'scheduled_sub'];

/**
 * Reads an event of Rootly. Its events of post-mortems never say whether the incident is private;
 * those of incidents do.
 */
export const readRootly: EventReader = (text, at) =>
  parseEvent(text, (whole) => {
    const [event, data] = [objectOf(whole.event), objectOf(whole.data)];
    const type = textOf(event?.type);
    if (type === undefined) return { kind: 'unreadable', why: 'It has no event.type.' };
    const [thing, what = ''] = type.split('.');
    if (thing !== 'incident' && thing !== 'incident_post_mortem') return { kind: 'other' };
    if (data === undefined) return { kind: 'unreadable', why: 'It has no data.' };
    const when = data.updated_at ?? event?.issued_at ?? at;
    return thing === 'incident' ? ofIncident(data, what, when) : ofPostMortem(data, what, event?.issued_at ?? when);
  });

function ofIncident(data: Record<string, unknown>, what: string, at: unknown): ReadEvent {
  if (what === 'scheduled' || unreal.includes(textOf(data.kind) ?? '')) return { kind: 'other' };
  return aboutIncident(textOf(data.id), {
    private: data.private === true ? factOf(true, at, 'event') : undefined,
    severity: factOf(severityName(data.severity), at, 'event'),
    // What was deleted is not asked for again, so nothing later takes this back.
    status: what === 'deleted' ? factOf('deleted', at, 'event') : undefined,
  });
}

function ofPostMortem(data: Record<string, unknown>, what: string, at: unknown): ReadEvent {
  const status = what === 'deleted' ? 'deleted' : statusNamed(textOf(data.status) ?? what);
  return aboutIncident(textOf(data.incident_id), { status: factOf(status, what === 'deleted' ? at : (data.updated_at ?? at), 'event') });
}

/** Rootly sends a name, an object with a name, a resource of JSON:API, or null. */
export function severityName(severity: unknown): string | undefined {
  const one = objectOf(severity);
  if (one === undefined) return textOf(severity);
  const inner = objectOf(one.attributes) ?? objectOf(objectOf(one.data)?.attributes) ?? one;
  return textOf(inner.name) ?? textOf(inner.slug);
}
