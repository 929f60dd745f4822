import type { Distribution } from '../distribution/distribution.ts';
import type { Flaw } from '../shared/errors.ts';
import { nearest } from '../shared/nearest.ts';
import { isOneLine } from '../shared/text.ts';
import { isZone } from '../shared/zone.ts';
import { offeredStreams, type Realm, realmOfStream, StreamName, streams, streamsOf } from '../stream/stream.ts';
import { Handle, mostHandles, type SubscriberId } from '../subscriber/subscriber.ts';
import { type Address, parseAddress, subscriberId } from '../subscriber/subscriber-id.ts';

/** One line of people.csv as it was written. */
export interface PersonLine {
  readonly line: number;
  readonly address: string;
  readonly name?: string | undefined;
  readonly team?: string | undefined;
  readonly role?: string | undefined;
  readonly zone?: string | undefined;
  /** Their names in chats and repositories, separated like streams, with or without an @. */
  readonly handles?: string | undefined;
  /**
   * Stream names separated by blanks, commas, semicolons or bars. Empty: by role. `none`: no
   * stream.
   */
  readonly streams?: string | undefined;
}

/** One line of people.csv after it was read and checked. */
export interface Person {
  readonly line: number;
  readonly sid: SubscriberId;
  readonly realm: Realm;
  readonly address: Address;
  /** Only what the line says. What it leaves empty stays as it is. */
  readonly about: Readonly<Partial<Record<'name' | 'team' | 'role' | 'zone', string>>>;
  /** Absent: the line names none, and those that are stored stay. */
  readonly handles?: readonly string[];
  /** 'by role': the line leaves it to the distribution file. */
  readonly streams: readonly StreamName[] | 'by role';
}

/** The most characters that a cell may have, not counting surrounding blanks. */
export const longestCells = { address: 254, name: 120, team: 120, role: 120, zone: 60, handles: 500, streams: 500 } as const;
const texts = ['name', 'team', 'role'] as const;

/**
 * The cells of a line that are longer than any that is accepted. Checked before a line is sent
 * anywhere.
 */
export const lengthFlaws = (row: Partial<PersonLine>): Flaw[] =>
  Object.entries(longestCells).flatMap(([field, longest]) => {
    const text: unknown = Reflect.get(row, field);
    return typeof text === 'string' && text.trim().length > longest
      ? [{ field, problem: `is longer than ${longest} characters`, remedy: 'Shorten it.' }]
      : [];
  });

/**
 * Identifies a person without any secret: realm and normalised address. Two lines with the same
 * identity are one person. Undefined if the address is invalid.
 */
export function identityOf(row: Pick<PersonLine, 'address' | 'streams'>): string | undefined {
  const address = parseAddress(row.address);
  return address && `${realmOf(readStreams(row.streams).streams)} ${address.normalised}`;
}

const realmOf = (chosen: Person['streams']): Realm =>
  chosen !== 'by role' && chosen.some((stream) => realmOfStream(stream) === 'customers') ? 'customers' : 'staff';

/**
 * Reads one line, or lists everything that is wrong with it. Customers have a realm of their own.
 * Everyone else must have an address in a domain of the organisation.
 */
export function readPerson(
  row: PersonLine,
  organisation: Distribution['organisation'],
  identitySecret: string,
): Person | { flaws: Flaw[] } {
  const tooLong = lengthFlaws(row);
  if (tooLong.length > 0) return { flaws: tooLong };
  const address = parseAddress(row.address);
  const chosen = readStreams(row.streams);
  const realm = realmOf(chosen.streams);
  const flaws = [...(address ? domainFlaws(address, realm, organisation) : [addressFlaw]), ...aboutFlaws(row), ...chosen.flaws];
  const handles = readHandles(row.handles);
  if (!address || flaws.length > 0) return { flaws };
  return {
    line: row.line,
    sid: subscriberId(realm, address, identitySecret),
    realm,
    address,
    about: aboutOf(row),
    ...(handles.length > 0 && { handles }),
    streams: chosen.streams,
  };
}

/** The words of a cell. Streams and handles are written alike. */
const wordsOf = (text: string): string[] => text.split(/[\s,;|]+/).filter(Boolean);

/** Each once, without an @ before it. */
export const readHandles = (text = ''): string[] => [...new Set(wordsOf(text.normalize('NFC')).map((word) => word.replace(/^@/, '')))];

/** What is wrong with the name, team, role, zone and handles of a line. */
export const aboutFlaws = (row: Pick<PersonLine, 'name' | 'team' | 'role' | 'zone' | 'handles'>): Flaw[] => [
  ...texts.flatMap((field) => textFlaws(field, row[field])),
  ...(row.zone?.trim() && !isZone(row.zone.trim()) ? [zoneFlaw] : []),
  ...handleFlaws(readHandles(row.handles)),
];

function aboutOf(row: PersonLine): Person['about'] {
  const filled = ([...texts, 'zone'] as const).flatMap((field) =>
    row[field]?.trim() ? [[field, row[field].trim().normalize('NFC')]] : [],
  );
  return Object.fromEntries(filled);
}

function readStreams(text = ''): { streams: readonly StreamName[] | 'by role'; flaws: Flaw[] } {
  const words = wordsOf(text.toLowerCase());
  if (words.length === 0) return { streams: 'by role', flaws: [] };
  if (words.join() === 'none') return { streams: [], flaws: [] };
  const known = streams.filter((stream) => words.includes(stream));
  const unknown = words.filter((word) => !StreamName.safeParse(word).success);
  const isMixed = new Set(known.map(realmOfStream)).size > 1;
  return { streams: known, flaws: [...unknown.map(unknownStream), ...(isMixed ? [mixedFlaw] : [])] };
}

const addressFlaw: Flaw = {
  field: 'address',
  problem: 'is not an address that mail can be sent to',
  remedy: 'Write one plain address such as ada@example.com: no name, quotes or list around it.',
};
const zoneFlaw: Flaw = {
  field: 'zone',
  problem: 'is not an IANA time zone',
  remedy: 'Write for example Europe/Berlin, or leave it empty.',
};
const mixedFlaw: Flaw = {
  field: 'streams',
  problem: `puts ${streamsOf('customers').join(' or ')}, which is for customers, beside streams for staff`,
  remedy: 'Write one line for the customer and one for the member of staff.',
};

function handleFlaws(handles: readonly string[]): Flaw[] {
  const wrong = handles.find((handle) => !Handle.safeParse(handle).success);
  if (wrong !== undefined)
    return [
      {
        field: 'handles',
        problem: `${JSON.stringify(wrong.slice(0, 60))} is no name of somebody in a chat or a repository`,
        remedy: 'Write names such as amara or amara-o, separated by blanks. An address and a whole name need no handle.',
      },
    ];
  return handles.length > mostHandles
    ? [{ field: 'handles', problem: `has more than ${mostHandles} of them`, remedy: 'Keep those by which action items name them.' }]
    : [];
}

const domainFlaws = (address: Address, realm: Realm, { domains }: Distribution['organisation']): Flaw[] =>
  realm === 'customers' || domains.includes(address.domain)
    ? []
    : [
        {
          field: 'address',
          problem: 'is outside the organisation, where internal mail must not go',
          remedy: `Use an address in ${domains.join(' or ')}, or add its domain to organisation.domains in the distribution file.`,
        },
      ];

function textFlaws(field: string, text = ''): Flaw[] {
  return isOneLine(text.trim())
    ? []
    : [{ field, problem: 'has control characters or a line break in it', remedy: 'Write it on one line.' }];
}

function unknownStream(word: string): Flaw {
  const meant = word === 'none' ? undefined : nearest(word, offeredStreams);
  const shown = JSON.stringify(word.slice(0, 60));
  if (word === 'none')
    return { field: 'streams', problem: '"none" stands beside a stream', remedy: 'Write none alone, or the streams alone.' };
  return {
    field: 'streams',
    problem: `${shown} is no stream`,
    remedy: `${meant ? `Did you mean ${meant}? ` : ''}Streams are ${offeredStreams.join(', ')}; none for no stream; empty for what the role gets.`,
  };
}
