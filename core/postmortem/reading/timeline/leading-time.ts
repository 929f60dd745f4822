import { folded } from '../moments/calendar-words.ts';
import { zoneNamed, zonePattern, zoneWrittenOut } from '../moments/zones.ts';
import * as words from './time-words.ts';

/** A time at the beginning of a text. */
export interface LeadingTime {
  /** As written, without markup. */
  readonly written: string;
  /** The day in it, as written. */
  readonly day?: string;
  /** Minutes after midnight of its first clock. */
  readonly clock?: number;
  /** Whether it names a zone. */
  readonly zoned: boolean;
  /** Where it begins, behind signs such as emoji and brackets. */
  readonly from: number;
  /** Where the words behind it begin. */
  readonly to: number;
  /** May also be a number. It counts as a time only among others. */
  readonly weak: boolean;
}

/** Characters. A time is never longer. */
const longest = 120;

/** The time that a text begins with. Looks at its first line and its first characters only. */
export function leadingTime(whole: string): LeadingTime | undefined {
  const text = whole.slice(0, longest + 40);
  const scan = new Scan(text);
  scan.take(words.opening);
  const from = scan.at;
  const found = scan.time();
  if (found === undefined || scan.at - from > longest || scan.sees(words.amount)) return undefined;
  const written = text.slice(from, scan.at).trim();
  const end = scan.at;
  scan.take(words.closing);
  let separated = scan.at >= whole.length;
  for (let i = 0; i < 2 && scan.take(words.separator); i++) separated = true;
  const apart = separated || scan.at > end || /[^\p{ASCII}]$/u.test(written);
  if (!apart || (found.needsSeparator && !separated)) return undefined;
  const { day, clock, zoned, weak } = found;
  return { written, zoned, from, to: scan.at, weak, ...(day !== undefined && { day }), ...(clock !== undefined && { clock }) };
}

interface Found {
  readonly day?: string | undefined;
  readonly clock?: number | undefined;
  readonly zoned: boolean;
  readonly weak: boolean;
  readonly needsSeparator: boolean;
}

/** Takes one form after another from a text. */
class Scan {
  at = 0;
  private readonly text: string;
  private readonly low: string;
  constructor(text: string) {
    this.text = text;
    this.low = folded(text);
  }

  /** Takes what the pattern finds here. False, and nothing is taken, if that is nothing. */
  take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const end = pattern.test(this.low) ? pattern.lastIndex : this.at;
    const taken = end > this.at;
    this.at = end;
    return taken;
  }

  sees(pattern: RegExp): boolean {
    const { at } = this;
    const seen = this.take(pattern);
    this.at = at;
    return seen;
  }

  time(): Found | undefined {
    const bare = { zoned: false, weak: false, needsSeparator: false };
    if (this.take(words.offset)) {
      const end = this.at;
      if (!this.take(words.range) || !this.take(words.offset)) this.at = end;
      return bare;
    }
    if (this.take(words.relative)) return bare;
    const start = this.at;
    for (let i = 0; i < 3 && this.take(words.before); i++);
    const found = this.moment();
    if (found !== undefined) return this.withRest(found);
    this.at = start;
    return this.take(words.loose) ? { ...bare, needsSeparator: true } : undefined;
  }

  /** A day, a clock, or a day and a clock in either order. */
  private moment(): Found | undefined {
    const from = this.at;
    const exact = this.take(words.day);
    const short = !exact && this.take(words.shortDay);
    const named = !exact && !short && this.take(words.namedDay);
    const dayEnd = this.at;
    const hasDay = exact || short || named;
    const day = hasDay ? this.text.slice(from, dayEnd).replace(/,$/, '') : undefined;
    if (hasDay) this.take(words.dayAndClock);
    const clock = this.clock();
    if (clock === undefined && hasDay) {
      this.at = dayEnd;
      const written = this.low.slice(from, dayEnd);
      const maybeWord = !/\d{4}/.test(written) && words.wordMonth.test(written);
      return { day, zoned: false, weak: false, needsSeparator: !exact || maybeWord };
    }
    if (clock === undefined) return undefined;
    if (hasDay) return { ...clock, day, weak: false, needsSeparator: false };
    const afterClock = this.at;
    if (this.take(words.clockAndDay)) {
      const dayFrom = this.at;
      if (this.take(words.day) && (/\d{4}/.test(this.low.slice(dayFrom, this.at)) || /[,n]\s*$/.test(this.low.slice(afterClock, dayFrom))))
        return { ...clock, day: this.text.slice(dayFrom, this.at), weak: false };
    }
    this.at = afterClock;
    return clock;
  }

  private clock(): Found | undefined {
    const from = this.at;
    const needsSeparator = !this.take(words.clock) && this.take(words.shortClock);
    const weak = this.at === from && this.take(words.bareClock);
    if (this.at === from) return undefined;
    const minutes = minutesOf(this.low.slice(from, this.at));
    const zoned = this.zone() || /z$/.test(this.low.slice(from, this.at));
    return { clock: minutes, zoned, weak: weak && !zoned, needsSeparator };
  }

  private zone(): boolean {
    if (this.take(words.utcOffset)) return true;
    const { at } = this;
    this.take(/\s{0,2}[([]?/y);
    const bracket = /[([]/.test(this.low.slice(at, this.at));
    const end = zoneEnd(this.text, this.low, this.at);
    const isWord =
      end !== undefined && /^\p{L}+$/u.test(this.text.slice(this.at, end)) && zoneNamed(this.text.slice(this.at, end)) === undefined;
    if (end !== undefined) {
      this.at = end;
      this.take(/\s?[+-]\d{1,2}(?::?\d\d)?(?![\d:])/y);
      const isClosed = bracket ? this.take(/[)\]]/y) : !isWord || this.at >= this.text.length || this.sees(/\s?(?:[:|,=→]|-\D)/y);
      if (isClosed) return true;
    }
    this.at = at;
    return false;
  }

  /** The end of a range, the same time in another zone, and remarks. */
  private withRest(first: Found): Found {
    let found = first;
    this.take(words.remark);
    const { at } = this;
    if (this.take(words.range)) {
      const end = this.moment();
      const isEnd = end !== undefined && !end.needsSeparator && !end.weak && (end.clock !== undefined || first.clock === undefined);
      if (isEnd) found = { ...first, zoned: first.zoned || end.zoned, needsSeparator: false };
      else this.at = at;
    }
    for (let i = 0; i < 3; i++) {
      const before = this.at;
      if (!this.take(words.otherZone)) break;
      const other = this.moment();
      const opened = /\(/.test(this.low.slice(before, before + 3));
      if (other?.zoned === true && (!opened || this.take(/\s?\)/y))) found = { ...found, zoned: true };
      else {
        this.at = before;
        break;
      }
    }
    this.take(words.remark);
    return found;
  }
}

/** Where the zone's name at a position ends. Undefined for any other word. */
export function zoneEnd(text: string, low: string, at: number): number | undefined {
  zonePattern.lastIndex = at;
  const match = zonePattern.exec(low);
  if (match === null) return undefined;
  const written = text.slice(at, zonePattern.lastIndex);
  if (match[1] !== undefined) return zoneNamed(written) === undefined ? undefined : at + written.length;
  const shorter = [written, /^[\w+-]+(?:\/[\w+-]+)+/.exec(written)?.[0] ?? ''];
  const name = shorter.find((one) => one !== '' && zoneWrittenOut(low.slice(at, at + one.length), one) !== undefined);
  return name === undefined ? undefined : at + name.length;
}

/** Minutes after midnight of a clock as written. Undefined for "noon" and the like. */
function minutesOf(written: string): number | undefined {
  const [, hours, minutes] =
    /(\d{1,2})(?:\D{0,2}(\d\d))?/.exec(/^\d{4}/.test(written) ? `${written.slice(0, 2)}:${written.slice(2)}` : written) ?? [];
  if (hours === undefined) return undefined;
  const isLate = /p\.?\s?m|午後|下午|晚上|오후|저녁/.test(written);
  const hour = (Number(hours) % (isLate || /a\.?\s?m|午前|上午|오전/.test(written) ? 12 : 24)) + (isLate ? 12 : 0);
  return hour * 60 + Number(minutes ?? 0);
}
