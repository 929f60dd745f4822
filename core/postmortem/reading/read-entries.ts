/**
 * Readers of the fields that are lists of objects. Each returns entries in our form. The schema
 * checks their lengths later.
 */

import { readerHash } from '../../shared/address.ts';
import { hasControls } from '../hidden-characters.ts';
import { readActionLine } from './actions/read-action-line.ts';
import { readState } from './actions/read-state.ts';
import { newAction, setField, withUnit } from './actions/written-action.ts';
import { readFlag } from './classification-words.ts';
import { instantOfCount } from './likely-names.ts';
import { eachOf, readDue, readLine, readPeople, readText, short } from './read-values.ts';
import type { Reading, SentField } from './reading.ts';
import { isRecord, type SentFields, takeInner } from './sent-fields.ts';

const entriesOf = (sent: readonly SentField[]): SentField[] => sent.flatMap(eachOf);
const first = (fields: SentFields, name: string): SentField | undefined => fields.get(name)?.[0];
const lineOf = (fields: SentFields, name: string, reading: Reading): string | undefined => {
  const sent = first(fields, name);
  return sent === undefined ? undefined : readLine(sent, reading);
};

/** A string is an event without a time. The person who acted is added to the event. */
export const readTimeline = (sent: readonly SentField[], reading: Reading) =>
  entriesOf(sent).flatMap(({ value, as }) => {
    if (!isRecord(value)) return { event: readText({ value, as }, reading) };
    const fields = takeInner('timeline', value, as, reading);
    const told = readText(first(fields, 'event') ?? { value: '', as }, reading);
    const by = lineOf(fields, 'by', reading);
    const event = told !== undefined && by !== undefined ? `${told} (${by})` : told;
    if (event === undefined) reading.flaws.push({ field: as, problem: 'has no event', remedy: 'Say what happened in `event`.' });
    const at = lineOf(fields, 'at', reading);
    return { at: instantOfCount(at) ?? at, event };
  });

/** A string is read like a line of a list. A tracker's key without a URL becomes the id. */
export const readActions = (sent: readonly SentField[], reading: Reading) =>
  entriesOf(sent).flatMap(({ value, as }) => {
    if (!isRecord(value)) return actionOfLine(readLine({ value, as }, reading), reading);
    const fields = takeInner('action', value, as, reading);
    const title = lineOf(fields, 'title', reading);
    if (title === undefined) reading.flaws.push({ field: as, problem: 'has no title', remedy: 'Say what is promised in `title`.' });
    const tracker = lineOf(fields, 'link', reading);
    const isUrl = tracker !== undefined && /^https?:/i.test(tracker);
    const id = lineOf(fields, 'id', reading) ?? (isUrl ? undefined : tracker);
    const link = isUrl ? keptLink(tracker, reading, /^https?:$/) : undefined;
    const { owner: called, assigneeHash } = assignedIn(fields);
    const owner = nameOf(called, reading);
    const [team, priority, kind] = ['team', 'priority', 'kind'].map((name) => nameOf(first(fields, name), reading));
    const due = first(fields, 'due');
    return {
      id,
      title,
      owner,
      team,
      priority,
      kind,
      link,
      due: due === undefined ? undefined : readDue(due, reading),
      status: readActionStatus(first(fields, 'status'), reading),
      cost: proseOf(fields, 'cost', reading),
      consequence: proseOf(fields, 'consequence', reading),
      assigneeHash,
    };
  });

/**
 * Who owns it, and the hash of the address by which a program names them. The address itself is
 * kept nowhere. Text below `owner` is what the author calls them, also where it is an address.
 */
function assignedIn(fields: SentFields): { readonly owner: SentField | undefined; readonly assigneeHash: string | undefined } {
  const [owner, assignee] = [first(fields, 'owner'), first(fields, 'assignee')];
  const address = addressIn(assignee?.value) ?? (typeof owner?.value === 'object' ? addressIn(owner.value) : undefined);
  const isAddress = typeof assignee?.value === 'string' && address !== undefined;
  return { owner: owner ?? (isAddress ? undefined : assignee), assigneeHash: address === undefined ? undefined : readerHash(address) };
}
function addressIn(value: unknown): string | undefined {
  if (typeof value === 'string') return readerHash(value) === undefined ? undefined : value;
  if (Array.isArray(value)) return value.length === 1 ? addressIn(value[0]) : undefined;
  if (!isRecord(value)) return undefined;
  const found = [value.email, value.emailAddress, value.email_address].map((one) => (typeof one === 'string' ? addressIn(one) : undefined));
  return found.find((one) => one !== undefined) ?? addressIn(value.user);
}

/** What no line can hold is kept as text, because tools have keys of the same name. */
function proseOf(fields: SentFields, name: 'cost' | 'consequence', reading: Reading): string | undefined {
  const sent = first(fields, name);
  if (sent === undefined) return undefined;
  const { as, value } = sent;
  const action = newAction();
  const isLine = typeof value === 'number' || (typeof value === 'string' && !hasControls(value) && value.length <= longestProse);
  const key = as.slice(as.lastIndexOf('.') + 1);
  const line = isLine ? readLine(sent, reading) : undefined;
  const said = line === undefined || name === 'consequence' || key === 'cost' ? line : withUnit(line, key);
  if (said !== undefined && setField(action, name, said, { since: reading.now, isDayFirst: undefined })) return action[name];
  if (!isLine || line !== undefined) reading.noted.push({ ...sent, shape: 'action' });
  return undefined;
}
const longestProse = 300;

function actionOfLine(line: string | undefined, { now }: Reading) {
  if (line === undefined) return { title: undefined };
  const link = /https?:\/\/[^\s<>()]+/.exec(line)?.[0];
  const flat = { text: line, link, key: undefined, isStruck: false, struck: [], reason: undefined };
  const { notes, ...action } = readActionLine(flat, { since: now, isDayFirst: undefined });
  return action.title === '' || notes.length > 0 ? { title: line } : { ...action, status: action.status };
}

/** A person or team may be an object with a name. */
const nameOf = (sent: SentField | undefined, reading: Reading): string | undefined =>
  sent === undefined
    ? undefined
    : typeof sent.value === 'object' && reading.source === 'json'
      ? readPeople([sent], reading).join(', ') || undefined
      : readLine(isRecord(sent.value) ? { value: sent.value.name ?? null, as: sent.as } : sent, reading);

function readActionStatus(sent: SentField | undefined, reading: Reading): string | undefined {
  if (sent === undefined) return undefined;
  const flag = readFlag(sent.value);
  if (flag !== undefined) return flag ? 'done' : 'open';
  const text = readLine(sent, reading);
  const status = text === undefined ? undefined : readState(text)?.status;
  if (text !== undefined && status === undefined) {
    reading.flaws.push({
      field: sent.as,
      problem: `"${short(text)}" is not a known state`,
      remedy: 'Use open, in-progress, done or declined.',
    });
  }
  return status;
}

/** A string is an address. A link that is not http, https or mailto is left out, with a warning. */
export const readLinks = (sent: readonly SentField[], reading: Reading) => {
  const links = entriesOf(sent).flatMap(({ value, as }) => {
    const fields = isRecord(value) ? takeInner('link', value, as, reading) : new Map([['url', [{ value, as }]]]);
    const url = keptLink(lineOf(fields, 'url', reading), reading, /^(https?|mailto):$/);
    return url === undefined ? [] : [{ title: lineOf(fields, 'title', reading), url }];
  });
  return links.filter((link, i) => links.findIndex((other) => other.url === link.url) === i);
};

export function keptLink(text: string | undefined, reading: Reading, protocols: RegExp): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url !== null && protocols.test(url.protocol) && text.length <= 2000 && !/\s/.test(text)) return text;
  reading.warnings.push(`The link "${short(text)}" was left out: it is not one address that begins with https://, http:// or mailto:.`);
  return undefined;
}

/** A string is a text under no heading. */
export const readSections = (sent: readonly SentField[], reading: Reading) =>
  entriesOf(sent).flatMap(({ value, as }) => {
    const fields = isRecord(value) ? takeInner('section', value, as, reading) : new Map([['body', [{ value, as }]]]);
    const body = readText(first(fields, 'body') ?? { value: '', as }, reading);
    return body === undefined ? [] : [{ heading: lineOf(fields, 'heading', reading) ?? '', body }];
  });
