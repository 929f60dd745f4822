import { aboutIncident, type EventReader, objectOf, parseEvent, textOf } from '../event.ts';

/**
 * Reads what Statuspage posts to a subscriber. Nobody signs it, so it says which incident to ask
 * about and nothing else: not even that something is hidden.
 */
export const readStatuspage: EventReader = (text) =>
  parseEvent(text, (whole) => {
    if (objectOf(whole.component_update) !== undefined) return { kind: 'other' };
    const incident = objectOf(whole.incident);
    if (incident === undefined) return { kind: 'unreadable', why: 'It has no incident.' };
    return aboutIncident(textOf(incident.id), {});
  });
