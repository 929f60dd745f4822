import { aboutIncident, type EventReader, objectOf, parseEvent, textOf } from '../event.ts';
import { factOf } from '../inbound-incident.ts';

/**
 * Reads an event of FireHydrant. It has no type and no instant of its own, so it says which
 * incident to ask about. Nothing dates its signature either: were a severity or a milestone taken
 * from it, an old body that is posted again would count as news. Only what hides is taken.
 */
export const readFireHydrant: EventReader = (text, at) =>
  parseEvent(text, (whole) => {
    const data = objectOf(whole.data);
    if (data === undefined) return { kind: 'unreadable', why: 'It has no data.' };
    const incident = objectOf(data.incident);
    // Changes and alerts come to the same address, if somebody subscribed to them.
    if (incident === undefined) return Object.keys(data).length > 0 ? { kind: 'other' } : { kind: 'unreadable', why: 'Its data is empty.' };
    const hides = incident.restricted === true || incident.private === true;
    const isArchived = textOf(incident.discarded_at) !== undefined;
    return aboutIncident(textOf(incident.id), {
      private: hides ? factOf(true, at, 'event') : undefined,
      status: isArchived ? factOf('deleted', incident.discarded_at, 'event') : undefined,
    });
  });
