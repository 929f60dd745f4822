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
  /** Divided from the one before by nothing but a slash: an interval of ISO 8601. */
  readonly isClose: boolean;
}

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
  if (piece.kind === 'year') return side.year === undefined && side.readings?.every(({ year }) => year === undefined) === true;
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
  const tellings: { sides: Side[]; isOpen: boolean; isClose: boolean }[] = [{ sides: [newSide()], isOpen: false, isClose: false }];
  const current = () => tellings.at(-1)?.sides.at(-1) ?? newSide();
  let opened = false;
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i];
    if (piece === undefined) break;
    const telling = tellings.at(-1);
    if (telling === undefined || piece.kind === 'word') return undefined;
    if (piece.kind === 'opener') opened = true;
    if (piece.kind === 'filler' || piece.kind === 'opener') continue;
    if (piece.kind === 'bracket') {
      const close = piece.opens ? closeOf(pieces, i) : -1;
      if (close === -1) return undefined;
      const inside = pieces.slice(i + 1, close);
      // Brackets around everything, and remarks behind a time.
      if (isEmpty(current()) && telling.sides.length === 1) {
        const within = tellingsOf(inside);
        const first = within?.length === 1 ? within[0] : undefined;
        if (first === undefined) return undefined;
        telling.sides = [...first.sides];
      } else if (!takeAll(current(), inside)) {
        const within = tellingsOf(inside);
        const range = within?.length === 1 ? within[0]?.sides : undefined;
        if (range?.every((side) => hasClock(side) && !hasDay(side)) && !hasClock(current()) && telling.sides.length === 1) {
          telling.sides = [...joined([current(), ...range])];
        } else if (within?.every(({ sides }) => sides.every((side) => hasClock(side))))
          tellings.push(...within.map((one) => ({ ...one, sides: [...one.sides] })));
      }
      i = close;
      continue;
    }
    if (piece.kind === 'again') {
      if (isEmpty(current())) continue;
      const isClose = current().end === piece.index && pieces[i + 1]?.index === piece.end;
      tellings.push({ sides: [newSide()], isOpen: false, isClose });
      continue;
    }
    if (piece.kind === 'open') {
      if (telling.sides.length < 2 || !isEmpty(current())) return undefined;
      telling.sides.pop();
      telling.isOpen = true;
      continue;
    }
    if (piece.kind === 'to') {
      if (isEmpty(current())) continue;
      const next = pieces.slice(i + 1).find(({ kind }) => kind !== 'filler' && kind !== 'opener');
      const divides =
        next !== undefined && (piece.isLoose === undefined || ((opened || piece.isLoose === 'sign') && startsSecond(current(), next)));
      if (divides && telling.sides.length === 3) return undefined;
      if (divides) telling.sides.push(newSide());
      continue;
    }
    if (telling.isOpen || !added(current(), piece)) return undefined;
  }
  const whole = tellings.filter(({ sides }) => sides.some((side) => !isEmpty(side)));
  if (whole.length === 0 || whole.some(({ sides }) => sides.some((side, i) => isEmpty(side) && i === 0))) return undefined;
  const told = whole.map((telling) => ({ ...telling, sides: joined(telling.sides.filter((side) => !isEmpty(side))) }));
  return told.every(({ sides }) => sides.length <= 2) ? told : undefined;
}

const startsSecond = (side: Side, next: Piece): boolean =>
  (next.kind === 'clock' && hasClock(side)) || ((next.kind === 'day' || next.kind === 'weekday') && hasDay(side));

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
