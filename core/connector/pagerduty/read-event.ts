import { aboutIncident, type EventReader, objectOf, parseEvent, textOf } from '../event.ts';

/**
 * Reads an event of PagerDuty (webhooks V3): which incident to ask about, and nothing else. Events
 * of notes, tasks, custom fields and the like name their incident in a member of its own.
 */
export const readPagerDuty: EventReader = (text) =>
  parseEvent(text, (whole) => {
    const event = objectOf(whole.event);
    const type = textOf(event?.event_type);
    if (type === undefined) return { kind: 'unreadable', why: 'It has no event.event_type.' };
    if (!type.startsWith('incident.')) return { kind: 'other' };
    const data = objectOf(event?.data);
    return aboutIncident(textOf(objectOf(data?.incident)?.id) ?? (data?.type === 'incident' ? textOf(data.id) : undefined), {});
  });
