import { parseAddress } from '../../shared/address.ts';
import { hasTime, type Instant, type Moment, type PlainDate } from '../../shared/instant.ts';
import { cut } from '../../shared/text.ts';
import { cleanText, hasControls, withoutUnseen } from '../hidden-characters.ts';
import { keptId } from '../id-from-name.ts';
import { PostmortemId } from '../postmortem.ts';
import { readFlag } from './classification-words.ts';
import { instantOfCount } from './likely-names.ts';
import { readDay } from './moments/dates.ts';
import { readMoments } from './moments/read-moments.ts';
import type { Reading, SentField } from './reading.ts';
import { isRecord } from './sent-fields.ts';
import { nameIn, naming } from './tool-values.ts';

/**
 * Returns the value in our form, or undefined if there is none. A faulty value is noted as a flaw,
 * and the result is undefined.
 */
type Reader<T> = (sent: SentField, reading: Reading) => T | undefined;

const asText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;

/** Text on one line, trimmed, without invisible characters. */
export const readLine: Reader<string> = ({ value, as }, reading) => {
  const text = asText(reading.source === 'json' && isRecord(value) ? (nameIn(value) ?? value) : value);
  if (text === undefined) {
    if (value !== null) reading.flaws.push({ field: as, problem: `is ${kindOf(value)}`, remedy: 'Give one line of text.' });
    return undefined;
  }
  const line = withoutUnseen(text.trim().replaceAll('\t', ' '));
  if (hasControls(line)) {
    reading.flaws.push({ field: as, problem: 'holds a line break or another control character', remedy: 'Write it on one line.' });
    return undefined;
  }
  return line.trim() === '' ? undefined : line.trim();
};

/** Markdown of several lines, trimmed, without control characters and invisible ones. */
export const readText: Reader<string> = ({ value, as }, reading) => {
  const text = asText(value);
  if (text === undefined) {
    if (value !== null) reading.flaws.push({ field: as, problem: `is ${kindOf(value)}`, remedy: 'Give Markdown text.' });
    return undefined;
  }
  const clean = cleanText(text)
    .replace(/^[ \t]*\n/, '')
    .trimEnd();
  return clean.trim() === '' ? undefined : clean;
};

/**
 * The members of a list, each with its own path. A single value in place of a list is a list of
 * one.
 */
export function eachOf({ value, as }: SentField): SentField[] {
  return Array.isArray(value) ? value.map((member, i) => ({ value: member, as: `${as}.${i}` })) : [{ value, as }];
}

/** What people write for a date that they do not know. */
const notKnown = /^(?:unknown|not known|n\/?a|none|tb[acd]|ongoing|[?–—-]+)$/i;

const present = <T>(value: T | undefined): value is T => value !== undefined;

/**
 * Names in order, each once, whatever its case. For an object in the list its `name` (or `title`,
 * `text`) is used.
 */
export function readNames(sent: readonly SentField[], reading: Reading): string[] {
  const names = new Map<string, string>();
  for (const { value, as } of sent.flatMap(eachOf)) {
    const name = readLine({ value: isRecord(value) ? (nameIn(value) ?? value) : value, as }, reading);
    if (name !== undefined && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}

/**
 * As `readNames`, but in front matter one text may list several: `services: cart, checkout`. Only
 * for a plural field name, because a company's name may contain a comma.
 */
export const readNameLists = (sent: readonly SentField[], reading: Reading): string[] =>
  readNames(
    sent.flatMap((one) => (reading.source === 'markdown' && /s$/i.test(one.as) ? parted(one) : one)),
    reading,
  );

/**
 * As `readNames`, for people in any form: "Ann Lee <ann@example.com>, @jo", objects with a name, a
 * handle or an address, or people by role.
 */
export const readPeople = (sent: readonly SentField[], reading: Reading): string[] => {
  const people = sent.flatMap(parted).flatMap(eachOf).flatMap(eachPerson);
  return [...new Set(readNames(people, reading).map(personIn))].filter((name) => name !== '');
};
const personIn = (name: string): string =>
  withoutAddresses(name)
    .replace(/^<?([^\s<>@]+)@[^\s@]+$/, '$1')
    .replace(/^@+(?=\S)/, '');

/**
 * `Ann Lee` of `Ann Lee <ann@example.com>`. Works from the end, because a pattern would take time
 * in proportion to the square of the text's length.
 */
function withoutAddresses(name: string): string {
  let rest = name;
  for (;;) {
    const open = rest.lastIndexOf('<');
    if (open <= 0 || rest.indexOf('>', open) !== rest.length - 1) return rest;
    rest = rest.slice(0, open).trimEnd();
  }
}

/** The names in one text, separated by commas or semicolons. */
const parted = ({ value, as }: SentField): SentField[] =>
  typeof value === 'string'
    ? value
        .split(/[,;]/)
        .filter((name, _, all) => all.length === 1 || name.trim() !== '')
        .map((name) => ({ value: name, as }))
    : [{ value, as }];

function eachPerson({ value, as }: SentField): SentField[] {
  if (!isRecord(value)) return [{ value, as }];
  const [first, last] = [value.first ?? value.first_name ?? value.firstName, value.last ?? value.last_name ?? value.lastName];
  const name = [first, last].filter((part) => typeof part === 'string').join(' ');
  const named = nameIn(value, naming.person) ?? (name === '' ? undefined : name) ?? nameIn(value, naming.account);
  return named !== undefined
    ? [{ value: named, as }]
    : Object.entries(value).flatMap(([role, who]) => eachOf({ value: who, as: `${as}.${role}` }));
}

/** Addresses of mailboxes in order, each once, in one form: "Ann Lee <ann@example.com>, jo@…". */
export function readAddresses(sent: readonly SentField[], reading: Reading): string[] {
  const addresses = sent
    .flatMap(eachOf)
    .flatMap(parted)
    .flatMap(({ value, as }) => {
      const written = readLine({ value: isRecord(value) ? (value.email ?? value.address ?? value) : value, as }, reading);
      if (written === undefined) return [];
      const bare = written.endsWith('>') ? written.slice(written.lastIndexOf('<') + 1, -1) : written;
      const address = parseAddress(bare.replace(/^mailto:/i, ''));
      const remedy = 'Write the address of a mailbox, such as ada@example.com.';
      if (address === undefined) reading.flaws.push({ field: as, problem: `"${short(written)}" is no address`, remedy });
      return address?.normalised ?? [];
    });
  return [...new Set(addresses)];
}

export const readTexts = (sent: readonly SentField[], reading: Reading): string[] =>
  sent
    .flatMap(eachOf)
    .map((one) => readText(one, reading))
    .filter(present);

/** A day stays a day. Of a range it is the start. */
export const readMoment: Reader<Moment> = (sent, reading) => readMomentsOf(sent, reading)?.start;

/** As `readMoment`, but of a range it is the end. */
export const readEnd: Reader<Moment> = (sent, reading) => {
  const read = readMomentsOf(sent, reading);
  return read?.end ?? read?.start;
};

const readMomentsOf: Reader<{ readonly start: Moment; readonly end?: Moment }> = (sent, reading) => {
  const line = readLine(sent, reading);
  if (line === undefined || notKnown.test(line)) return undefined;
  const text = instantOfCount(line) ?? line;
  const read = readMoments(text, { zone: reading.zone, ...reading.dates });
  if (read.kind === 'moments') {
    if (read.remark !== undefined) reading.warnings.push(read.remark);
    return read;
  }
  if (read.kind === 'unclear') {
    reading.flaws.push({ field: sent.as, problem: read.why.replace(/\.$/, ''), remedy: 'Leave it out where it is not known.' });
    return undefined;
  }
  const remedy = 'Write it as 2026-11-19T15:20:00Z, with an offset, or as 2026-11-19; leave it out where it is not known.';
  reading.flaws.push({ field: sent.as, problem: `"${short(text)}" is not a date that we understand, or is before 1600`, remedy });
  return undefined;
};

/**
 * When it was published. A day is its midnight in UTC. A yes or no is about the state, which is
 * read elsewhere.
 */
export const readPublication: Reader<Instant> = (sent, reading) => {
  const moment = readFlag(sent.value) === undefined ? readMoment(sent, reading) : undefined;
  return moment === undefined || hasTime(moment) ? moment : `${moment}T00:00:00Z`;
};

export const readDue: Reader<PlainDate> = (sent, reading) => {
  const text = readLine(sent, reading);
  if (text === undefined || notKnown.test(text)) return undefined;
  const day = instantOfCount(text)?.slice(0, 10) ?? readDay(text, reading.now);
  if (day === undefined)
    reading.flaws.push({ field: sent.as, problem: `"${short(text)}" is not a day`, remedy: 'Write it as 2026-12-04.' });
  return day;
};

/** The id of another postmortem, as an author wrote it. */
export const readOther: Reader<PostmortemId> = ({ value, as }, reading) => {
  const written = isRecord(value) ? (value.id ?? nameIn(value)) : value;
  if (typeof written === 'boolean') return undefined;
  const line = readLine({ value: written, as }, reading);
  if (line === undefined || notKnown.test(line)) return undefined;
  const id = PostmortemId.safeParse(line.toLowerCase()).data;
  if (id !== undefined) return id;
  const made = keptId(line);
  const remedy = `Give the id of the other postmortem${made === undefined ? '' : `, such as ${made}`}.`;
  reading.flaws.push({ field: as, problem: `"${short(line)}" is not an id`, remedy });
  return undefined;
};

export const readCount: Reader<number> = (sent, reading) => {
  const text = readLine(sent, reading);
  if (text === undefined) return undefined;
  const digits = text.replace(/(?<=\d)[,_ '’](?=\d{3})/g, '');
  if (/^\d{1,15}$/.test(digits)) return Number(digits);
  reading.flaws.push({ field: sent.as, problem: `"${short(text)}" is not a whole number`, remedy: 'Give a number such as 1200.' });
  return undefined;
};

export const readYesOrNo: Reader<boolean> = (sent, reading) => {
  const flag = readFlag(sent.value);
  if (flag === undefined && readLine(sent, reading) !== undefined) {
    reading.flaws.push({ field: sent.as, problem: 'is neither true nor false', remedy: 'Give true or false.' });
  }
  return flag;
};

/** A value as a message may quote it: short, on one line, without quotation marks of its own. */
export const short = (text: string): string => {
  const line = withoutUnseen(cleanText(text.slice(0, 1000)).replace(/\s+/g, ' ')).trim();
  return (line.length > 60 ? `${cut(line, 60)}…` : line).replaceAll('"', "'");
};

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'a list' : isRecord(value) ? 'an object' : `a ${typeof value}`);
