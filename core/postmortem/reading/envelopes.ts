import { unreadable } from './reading.ts';
import { findField, isRecord, type Level } from './sent-fields.ts';

const squeezed = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '');
const squeezedAll = (...names: readonly string[]): ReadonlySet<string> => new Set(names.map(squeezed));

/** Names under which tools put the postmortem itself. What it says outweighs all else. */
const documents = squeezedAll(
  ...['postmortem', 'postmortems', 'postmortem document', 'post mortem', 'incident post mortem', 'retrospective', 'post incident review'],
  ...['postmortem report', 'post mortem report', 'post incident report', 'retro', 'review', 'incident review', 'outage review'],
  ...['incident report', 'pir', 'rca', 'root cause analysis', 'after action review', 'incident postmortem', 'incident retrospective'],
);
/** Other names under which tools and site generators put fields of it. */
const wrappers = squeezedAll(
  ...['document', 'report', 'extra', 'params', 'taxonomies', 'data', 'attributes', 'fields', 'payload', 'result', 'results', 'records'],
  ...['record', 'items', 'object attributes', 'issue', 'incident', 'incidents', 'root incident', 'event'],
);
/** Objects that only group some of its fields. Lists of these names are something else. */
const groups = squeezedAll(
  ...[
    'metadata',
    'header',
    'overview',
    'info',
    'general',
    'details',
    'analysis',
    'classification',
    'times',
    'timestamps',
    'dates',
    'timing',
  ],
  ...['window', 'time window', 'impact window', 'incident window', 'outage window', 'period', 'incident period', 'key times'],
);
/** Objects about a delivery, an account or an interface. They say nothing about the incident. */
const deliveries = squeezedAll(
  ...['webhook', 'meta', 'page', 'agent', 'client', 'included', 'relationships', 'repository', 'project', 'expand', 'rendered fields'],
);

/** More objects inside one another than any tool sends. */
const deepest = 5;

/**
 * The objects of a postmortem as tools send it: inside `incident`, inside `data` with an `event`
 * beside it, or in a list of one. Of two that have the same field the first one takes precedence:
 * the postmortem itself, then the outer one. Throws `Refused` if there are several postmortems.
 */
export function openEnvelopes(value: unknown): Level[] {
  const levels = levelsIn(onlyOf(value, ''), '', 0);
  const isDocument = ({ path }: Level) => documents.has(squeezed(path.split('.').at(-1) ?? ''));
  return [...levels.filter(isDocument), ...levels.filter((level) => !isDocument(level))];
}

function levelsIn(value: unknown, path: string, depth: number): Level[] {
  if (!isRecord(value)) return [];
  const own: Record<string, unknown> = {};
  const inner: Level[] = [];
  const saysMore = Object.keys(value).some((key) => ['title', 'summary', 'severity'].includes(findField(key) ?? ''));
  for (const [key, member] of Object.entries(value)) {
    const within = path === '' ? key : `${path}.${key}`;
    const opened = depth === deepest ? undefined : openedOf(key, member, value, saysMore ? '' : within);
    if (isRecord(opened)) inner.push(...levelsIn(opened, within, depth + 1));
    else if (typeof member !== 'object' || !deliveries.has(squeezed(key))) own[key] = member;
  }
  const isDelivery = path.split('.').at(-1) === 'event' && inner.length > 0;
  return [...(isDelivery ? [] : [{ path, record: own }]), ...inner.toSorted((a, b) => depthOf(a) - depthOf(b))];
}
const depthOf = ({ path }: Level): number => path.split('.').length;

/** What is opened of a member. `where`: set if several objects there are several postmortems. */
function openedOf(key: string, member: unknown, around: Readonly<Record<string, unknown>>, where: string): unknown {
  if (isEnvelope(key, around)) return where === '' ? soleOf(member) : onlyOf(member, where);
  if (!isRecord(member)) return undefined;
  const isAlone = Object.keys(around).length === 1 && findField(key) === undefined;
  return isAlone || groups.has(squeezed(key)) ? member : undefined;
}

/** incident.io names the member after the type of the event. */
const isEnvelope = (key: string, around: Readonly<Record<string, unknown>>): boolean =>
  documents.has(squeezed(key)) || wrappers.has(squeezed(key)) || around.event_type === key;

/** The one object in a list. Anything else is returned as it is. */
const soleOf = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value);

/** As `soleOf`, but a list of several objects is refused. */
function onlyOf(value: unknown, path: string): unknown {
  if (!Array.isArray(value) || value.length < 2 || !value.every(isRecord)) return soleOf(value);
  const where = path === '' ? 'is a list' : `holds a list ("${path}")`;
  throw unreadable(`${where} of ${value.length} objects`, 'Send one postmortem at a time, each as an object of its own.');
}
