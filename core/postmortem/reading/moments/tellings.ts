import type { Piece, WrittenClock, WrittenDay } from './pieces.ts';
import type { WrittenZone } from './zones.ts';

/** One end of a range, or a time: what is written of it, with the place of its words. */
export interface Side {
  readings?: readonly WrittenDay[];
  days?: { readonly from: WrittenDay; readonly to: WrittenDay };
  year?: number;
  isMonth?: true;
  weekday?: number;
  clock?: WrittenClock;
  /** The day stands before the time of day. */
  isDayFirst?: true;
  /** A clock is written that cannot be: 25:00. */
  isNoClock?: true;
  zone?: WrittenZone;
  index: number;
  end: number;
}
/** One way to tell a time: a side, or the two of a range. */
export interface Telling {
  readonly sides: readonly Side[];
  /** "13:05 – ongoing". */
  readonly isOpen: boolean;
  /** Told again in brackets behind an end: "13:05 UTC (14:05 CET)". */
  readonly asides: readonly { readonly side: Side; readonly isOfEnd: boolean }[];
  /** Divided from the one before by nothing but a slash: an interval of ISO 8601. */
  readonly isClose: boolean;
}

interface GrowingTelling extends Telling {
  sides: Side[];
  isOpen: boolean;
  readonly asides: { readonly side: Side; readonly isOfEnd: boolean }[];
}
const newTelling = (isClose: boolean): GrowingTelling => ({ sides: [newSide()], isOpen: false, asides: [], isClose });

const isEmpty = (side: Side): boolean => side.end === -1;
const newSide = (): Side => ({ index: -1, end: -1 });

/** How much of a side is written. */
const hasDay = (side: Side): boolean => side.readings !== undefined || side.days !== undefined || side.isMonth === true;
const hasClock = (side: Side): boolean => side.clock !== undefined || side.isNoClock === true;

/** Adds a piece to a side. False if the side has one of this kind already. */
function added(side: Side, piece: Piece): boolean {
  if (!fits(side, piece)) return false;
  switch (piece.kind) {
    case 'day':
      side.readings = piece.readings;
      break;
    case 'days':
      side.days = { from: piece.from, to: piece.to };
      break;
    case 'month':
      side.isMonth = true;
      break;
    case 'year':
      side.year = piece.year;
      break;
    case 'weekday':
      side.weekday = piece.weekday;
      break;
    case 'clock':
      if (hasDay(side)) side.isDayFirst = true;
      if (piece.clock === undefined) side.isNoClock = true;
      else side.clock = piece.clock;
      break;
    case 'zone':
      side.zone = exacter(side.zone, piece.zone);
      break;
  }
  if (side.index === -1) side.index = piece.index;
  side.end = piece.end;
  return true;
}
function fits(side: Side, piece: Piece): boolean {
  if (piece.kind === 'day' || piece.kind === 'days' || piece.kind === 'month') return !hasDay(side);
  if (piece.kind === 'clock') return !hasClock(side);
  if (piece.kind === 'weekday') return side.weekday === undefined;
  if (piece.kind === 'year')
    return side.year === undefined && (side.readings?.every(({ year }) => year === undefined) ?? side.clock !== undefined);
  return true;
}
/** "UTC+1 (CET)" tells the zone twice. */
function exacter(before: WrittenZone | undefined, zone: WrittenZone): WrittenZone {
  return before?.kind === 'offset' || (before?.kind === 'place' && zone.kind !== 'offset') ? before : zone;
}

/**
 * The tellings in the pieces of a text that is nothing but a time. Undefined if it is something
 * else.
 */
export function tellingsOf(pieces: readonly Piece[]): Telling[] | undefined {
  const tellings = [newTelling(false)];
  const isOpened = pieces.some(({ kind }) => kind === 'opener');
  for (let i = 0; i < pieces.length; i++) {
    const [piece, next, telling] = [pieces[i], pieces[i + 1], tellings.at(-1)];
    if (piece === undefined || telling === undefined) break;
    if (piece.kind === 'bracket') {
      const close = piece.opens ? closeOf(pieces, i) : -1;
      if (close === -1 || !tookBracket(telling, pieces.slice(i + 1, close))) return undefined;
      i = close;
    } else if (piece.kind === 'again') {
      // "UTC/GMT" is one zone in two words.
      if (next?.kind === 'zone' && pieces[i - 1]?.kind === 'zone') i++;
      else if (!isEmpty(lastSide(telling))) tellings.push(newTelling(lastSide(telling).end === piece.index && next?.index === piece.end));
    } else if (!took(telling, piece, pieces.slice(i + 1), isOpened)) {
      return undefined;
    }
  }
  return finished(tellings);
}

const lastSide = ({ sides }: GrowingTelling): Side => sides.at(-1) ?? newSide();

/** Adds a piece to a telling. False if it is no time with it. */
function took(telling: GrowingTelling, piece: Piece, rest: readonly Piece[], isOpened: boolean): boolean {
  const side = lastSide(telling);
  switch (piece.kind) {
    case 'word':
      return false;
    case 'filler':
    case 'opener':
      return true;
    case 'open':
      if (telling.sides.length < 2 || !isEmpty(side)) return false;
      telling.sides.pop();
      telling.isOpen = true;
      return true;
    case 'to': {
      if (isEmpty(side)) return true;
      const next = rest.find(({ kind }) => kind !== 'filler' && kind !== 'opener');
      if (next === undefined || (piece.isLoose !== undefined && !startsSecond(side, next, isOpened || piece.isLoose === 'sign')))
        return true;
      telling.sides.push(newSide());
      return telling.sides.length <= 3;
    }
    default:
      return !telling.isOpen && added(side, piece);
  }
}

/** Adds what is written in brackets to a telling. A remark says nothing. False if it is no time. */
function tookBracket(telling: GrowingTelling, inside: readonly Piece[]): boolean {
  const side = lastSide(telling);
  const within = tellingsOf(inside);
  const [first, ...others] = within ?? [];
  if (isEmpty(side) && telling.sides.length === 1) {
    if (first === undefined || others.length > 0) return false;
    telling.sides = [...first.sides];
    return true;
  }
  if (takeAll(side, inside) || within === undefined) return true;
  const isOfHours = first?.sides.every((one) => hasClock(one) && !hasDay(one)) === true;
  if (first !== undefined && isOfHours && !hasClock(side) && telling.sides.length === 1) {
    telling.sides = [...joined([side, ...first.sides])];
    return true;
  }
  const isOfEnd = telling.sides.length > 1;
  telling.asides.push(
    ...within
      .flatMap(({ sides }) => sides.slice(0, 1))
      .filter(hasClock)
      .map((one) => ({ side: one, isOfEnd })),
  );
  return true;
}

function finished(tellings: readonly GrowingTelling[]): Telling[] | undefined {
  const told = tellings
    .map((telling) => ({ ...telling, sides: joined(telling.sides.filter((side) => !isEmpty(side))) }))
    .filter(({ sides }) => sides.length > 0);
  return told.length > 0 && told.every(({ sides }) => sides.length <= 2) ? told : undefined;
}

/** Whether a piece begins the second end of a range behind a word that may divide or not. */
const startsSecond = (side: Side, next: Piece, isRange: boolean): boolean =>
  (next.kind === 'clock' && isRange && hasClock(side)) || ((next.kind === 'day' || next.kind === 'weekday') && hasDay(side));

function closeOf(pieces: readonly Piece[], open: number): number {
  let depth = 0;
  for (let i = open; i < pieces.length; i++) {
    const piece = pieces[i];
    if (piece?.kind === 'bracket') depth += piece.opens ? 1 : -1;
    if (depth === 0) return i;
  }
  return -1;
}

/** Adds the pieces in brackets to a side, all of them or none: "(UTC)", "(Tuesday)". */
function takeAll(side: Side, inside: readonly Piece[]): boolean {
  const told = inside.filter(({ kind }) => kind !== 'filler');
  const trial = { ...side };
  if (told.length === 0 || !told.every((piece) => isSlot(piece) && added(trial, piece))) return false;
  Object.assign(side, trial);
  return true;
}
const isSlot = ({ kind }: Piece): boolean => ['day', 'year', 'weekday', 'clock', 'zone'].includes(kind);

/** "2026-11-17 – 13:05" is a day and its hour, and no range. */
function joined(sides: readonly Side[]): readonly Side[] {
  const [day, clock, ...rest] = sides;
  if (day === undefined || clock === undefined || hasClock(day) || hasDay(clock) || !hasDay(day) || !hasClock(clock)) return sides;
  return [{ ...clock, ...day, end: clock.end }, ...rest];
}
