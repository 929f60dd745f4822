import type { EntryTime, Piece } from './piece.ts';
import { statedZone } from './stated-zone.ts';

export interface TimelineEntry {
  readonly at?: string;
  readonly event: string;
}

/** A heading below the timeline, or its beginning, with what it is made of. */
export interface Part {
  readonly level: number;
  readonly heading: string;
  /** The source lines of the heading. */
  readonly source: string;
  readonly body: string;
  /** The time of the heading itself. */
  readonly own: Extract<Piece, { kind: 'time' }> | undefined;
  readonly pieces: readonly Piece[];
}

/** Characters. */
const longestAt = 120;

/** A heading that is no time, with times below it. */
interface Phase {
  readonly heading: string;
  readonly level: number;
  readonly source: string;
  isTold: boolean;
}

interface Draft {
  at?: string;
  event: string;
}

/**
 * Makes entries of the parts of a timeline. Each time is completed by the day above it, by the
 * zone that is stated for all, and by the name of the phase that it stands below.
 */
export function joinParts(
  parts: readonly Part[],
  zone: string | undefined,
): { entries: TimelineEntry[]; rest: string[]; others: { heading: string; body: string }[] } {
  const entries: Draft[] = [];
  const rest: string[] = [];
  const others: { heading: string; body: string }[] = [];
  const timeAt = completedTimes(zone);
  /** A day or a time that stands alone, and takes what is below it. */
  let open: { entry: Draft; level: number; isDay: boolean } | undefined;
  let phase: Phase | undefined;

  /** The name of a phase that no entry has is kept as text. */
  const begin = (next: Phase | undefined) => {
    if (phase?.isTold === false) rest.push(phase.source);
    phase = next;
  };
  const tell = (entry: Draft | undefined, source: string) => {
    if (entry !== undefined) entry.event = [entry.event, source].filter(Boolean).join('\n\n');
  };
  const addNote = (event: string) => {
    const at = open?.isDay === true ? open.entry.at : undefined;
    entries.push(at === undefined ? { event } : { at, event });
  };
  const addTime = ({ time, event, alone }: Extract<Piece, { kind: 'time' }>, level: number) => {
    const isBelowDay = open?.isDay === true && time.clock !== undefined && time.day === undefined;
    if (isBelowDay && open?.entry.event === '') entries.splice(entries.indexOf(open.entry), 1);
    const at = timeAt(time, alone);
    const marked = phase === undefined ? at : `${phase.heading}, ${at}`;
    const fits = marked.length <= longestAt;
    if (phase !== undefined && fits) phase.isTold = true;
    const entry = { at: fits ? marked : at.slice(0, longestAt), event };
    entries.push(entry);
    open = alone ? { entry, level, isDay: time.day !== undefined && time.clock === undefined } : undefined;
  };

  /** A heading that has no time, and nothing with a time below it. */
  const addSection = ({ level, heading, source, body, pieces }: Part) => {
    if (open !== undefined && level > open.level) {
      tell(open.entry, [source, body].filter(Boolean).join('\n\n'));
      return;
    }
    open = undefined;
    const events = pieces.flatMap((piece) => (piece.kind === 'list' ? piece.events : piece.kind === 'note' ? [piece.event] : []));
    const isTold = heading.length <= longestAt;
    entries.push(...events.map((event) => (isTold ? { at: heading, event } : { event })));
    if (events.length > 0 && !isTold) rest.push(source);
    const left = pieces.flatMap((piece) => (piece.kind === 'text' ? [piece.source] : [])).join('\n\n');
    begin(left === '' && events.length === 0 ? { heading, level, source, isTold: false } : undefined);
    if (left === '') return;
    if (events.length === 0) others.push({ heading, body: left });
    else rest.push(`${source}\n\n${left}`);
  };

  const addPieces = (pieces: readonly Piece[], level: number): string[] => {
    const first = pieces.findIndex(({ kind }) => kind === 'time');
    const last = pieces.findLastIndex(({ kind }) => kind === 'time');
    const left: string[] = [];
    for (const [i, piece] of pieces.entries()) {
      if (piece.kind === 'time') addTime(piece, level);
      else if (piece.kind === 'note') addNote(piece.event);
      else if (piece.kind === 'text' && statedZone(piece.source) !== undefined) left.push(piece.source);
      else if (open !== undefined) tell(open.entry, piece.source);
      else if (piece.kind === 'list') piece.events.forEach(addNote);
      else if (i > first && i < last && first >= 0) tell(entries.at(-1), piece.source);
      else left.push(piece.source);
    }
    return left;
  };

  for (const part of parts) {
    const { level, heading, source, own, pieces } = part;
    const isHeading = level > 0;
    if (isHeading && own === undefined && !pieces.some(({ kind }) => kind === 'time')) {
      addSection(part);
      continue;
    }
    if (isHeading) open = undefined;
    if (isHeading && own === undefined) begin({ heading, level, source, isTold: false });
    else if (isHeading && phase !== undefined && level <= phase.level) begin(undefined);
    if (own !== undefined) addTime(own, level);
    const left = addPieces(pieces, Math.max(level, deepestHeading));
    if (left.length > 0) rest.push([own === undefined && isHeading ? source : '', ...left].filter(Boolean).join('\n\n'));
  }
  begin(undefined);
  return { entries: entries.flatMap(finished), rest, others };
}
const deepestHeading = 6;

const finished = ({ at, event }: Draft): TimelineEntry[] =>
  event !== '' ? [at === undefined ? { event } : { at, event }] : at === undefined ? [] : [{ event: at }];

/**
 * Completes times in their order. The day of an entry goes on until the clock goes back. A day
 * that stands alone rules what is below it, until the clock goes back by half a day.
 */
function completedTimes(zone: string | undefined): (time: EntryTime, alone: boolean) => string {
  let above: { written: string; rules: boolean } | undefined;
  let lastClock: number | undefined;
  return ({ written, day, clock, zoned }, alone) => {
    if (day !== undefined) {
      above = { written: clock === undefined ? written : day, rules: alone && clock === undefined };
      lastClock = undefined;
    }
    const back = clock === undefined || lastClock === undefined ? 0 : lastClock - clock;
    if (back > 0 && !(above?.rules === true && back < halfDay)) above = undefined;
    lastClock = clock ?? lastClock;
    if (clock === undefined) return written;
    const whole = day === undefined && above !== undefined ? joinedDay(above.written, written) : written;
    return zoned || zone === undefined ? whole : `${whole} ${zone}`;
  };
}
/** Minutes. */
const halfDay = 12 * 60;

const joinedDay = (day: string, clock: string): string =>
  /^\d/.test(clock) && !/^[a-z]+ \d{1,3}$/i.test(day) ? `${day} ${clock}` : `${day}, ${clock}`;
