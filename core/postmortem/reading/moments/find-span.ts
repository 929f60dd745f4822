import { Temporal } from 'temporal-polyfill';
import { dayMs, weekMs } from '../../../shared/duration.ts';
import { type Moment, type PlainDate, toInstant } from '../../../shared/instant.ts';
import { folded } from './calendar-words.ts';
import { asProse, type FindContext, type FoundMoments, findMoments, foundIn, isDay, runsOf, sentencesWith } from './find-moments.ts';
import { piecesOf } from './pieces.ts';

/** Start and end as a text tells them, in one place or in several. */
export interface FoundSpan {
  readonly start: FoundMoments['found'];
  readonly end?: FoundMoments['found'];
}
const clocks = /[0-9]{1,2} ?(?:[:.h時时点시] ?[0-9]{2}|[ap]\.?m|uhr|[時时点시])/g;
/** Longer texts are not looked through for a second time. */
const longestSpan = 20_000;

/**
 * Finds when something began and ended in prose: "On 17 November nobody could log in. It began at
 * 13:05 and was resolved by 13:31." A time of day needs the words of a beginning or an end, or a
 * range. `context.day`: the day of a text that tells none.
 */
export function findSpan(text: string, context: FindContext): FoundSpan | undefined {
  const { day: knownDay, ...others } = context;
  const first = findMoments(text, others);
  const day = first === undefined ? knownDay : dayOf(first.found.start, context.zone);
  if (day === undefined) return undefined;
  if (first !== undefined && hasTime(first.found.end)) return asSpan(first.found);
  const timed = text.length > longestSpan ? [] : timesOn(day, text, others);
  const range = timed.find(({ role }) => role === 'range' || role === 'start');
  const start = first !== undefined && hasTime(first.found.start) ? first.found : (range?.found ?? first?.found);
  if (start === undefined) return undefined;
  if (hasTime(start.end)) return asSpan(start);
  const end = hasTime(start.start) ? endAfter(start.start, timed) : undefined;
  return end === undefined ? asSpan(start) : { start: withoutEnd(start), end };
}
const dayOf = (moment: Moment, zone: string): PlainDate =>
  hasTime(moment) ? Temporal.Instant.from(moment).toZonedDateTimeISO(zone).toPlainDate().toString() : moment;
const hasTime = (moment: string | undefined): boolean => moment?.includes('T') === true;
const withoutEnd = ({ end: _, ...found }: FoundMoments['found']): FoundMoments['found'] => found;
const asSpan = (found: FoundMoments['found']): FoundSpan =>
  found.end === undefined ? { start: found } : { start: withoutEnd(found), end: { ...withoutEnd(found), start: found.end } };

interface Timed {
  readonly found: FoundMoments['found'];
  readonly role: 'range' | 'start' | 'end';
  readonly hasDay: boolean;
  /** The number of its paragraph. */
  readonly paragraph: number;
}

/** The times of day in a text that tell a beginning, an end or a range, on a day or near it. */
function timesOn(day: PlainDate, text: string, context: FindContext): Timed[] {
  const near = { ...context, day, near: new Date(`${day}T12:00:00Z`) };
  return [...sentencesWith(clocks, text)].flatMap(({ sentence, index }) =>
    runsOf(asProse(piecesOf(sentence), sentence))
      .filter((run) => run.some(({ kind }) => kind === 'clock'))
      .flatMap((run): Timed[] => {
        const told = foundIn(run, sentence, near);
        if (told === undefined || !hasTime(told.found.start)) return [];
        if (context.latest !== undefined && told.found.start > context.latest) return [];
        const [from, behind] = [folded(sentence.slice(0, told.index)), folded(sentence.slice(told.index + told.text.length))];
        const role = roleOf(from, behind, told.found);
        const paragraph = text.slice(0, index).split(/\n[ \t]*\n/).length;
        return role === undefined ? [] : [{ found: told.found, role, hasDay: run.some(isDay), paragraph }];
      }),
  );
}

const about = String.raw`(?: +(?:at|by|around|about|approximately|roughly|shortly before|shortly after|just after|um|gegen|ca\.?|a|aux?|vers|environ|las|la|as|alle|ore|le|om|rond|the|on))*[ ~:,(]*$`;
const rangeLead = new RegExp(
  `(?:^|[^a-z])(?:from|between|von|zwischen|vom|de|des|entre|du|del|desde|das|dalle|dal|tra|van|tussen|window|period|zeitraum)${about}`,
);
const thing =
  '(?:^|[^a-z])(?:incident|outage|event|disruption|impact|issue|problem|degradation|failures?|faults?|trouble|errors?|it|storung|ausfall|vorfall|panne|incidente|interruption|caida|falha|disservizio|storing|fallos?|errores|erreurs?|fehler)(?![a-z])';
const startLead = new RegExp(
  `${thing}[^.;]{0,60}?(?:started|began|begins|commenced|begann|fing|commence|debute|empezo|comenzo|inicio|comecou|iniciou|iniziato|begon)(?: an)?${about}`,
);
const endLead = new RegExp(
  `(?:${thing}[^.;]{0,120}?(?:ended|stopped|ceased|was over|endete|beendet|terminee?|finalizo|termino|terminou|terminato|eindigde)|resolved|restored|recovered|back to normal|returned to normal|fully operational|last (?:errors?|failures?)(?: were| was)? seen|behoben|wiederhergestellt|retablie?s?|resolue?s?|restablecid[oa]s?|resuelt[oa]s?|resolvid[oa]s?|normalizad[oa]s?|restabelecid[oa]s?|risolt[oa]|ripristinat[oaie]|hersteld|opgelost)${about}`,
);
const endBehind =
  /^[ ,*)]*(?:(?:all|the|every)[a-z ]{0,40} )?(?:services?|systems?|everything|traffic|operations?|service levels?)[a-z ]{0,30} (?:normal|normally|restored|recovered|resolved|operational|healthy|back)(?![a-z])/;
const notYet =
  /(?:^|[^a-z])(?:not|expect(?:ed)?|should|would|will|planned|scheduled|before|previous|last time|earlier incident|nicht|pas|sera|sera|sin|nao|non|niet)(?![a-z])[^.;]{0,40}$/;

function roleOf(before: string, behind: string, found: FoundMoments['found']): Timed['role'] | undefined {
  if (notYet.test(before)) return undefined;
  if (hasTime(found.end)) return rangeLead.test(before) || /^[ (]{0,2}$/.test(before) ? 'range' : undefined;
  if (endLead.test(before) || (/(?:^|[^a-z])(?:as of|by|at) *$/.test(before) && endBehind.test(behind))) return 'end';
  return startLead.test(before) ? 'start' : undefined;
}

/** The last end in the paragraph of the first one. Within a week after the start. */
function endAfter(start: Moment, timed: readonly Timed[]): FoundMoments['found'] | undefined {
  const ends = timed.flatMap((one) => {
    if (one.role !== 'end') return [];
    const isBefore = Date.parse(one.found.start) < Date.parse(start);
    const at = isBefore && !one.hasDay ? toInstant(new Date(Date.parse(one.found.start) + dayMs)) : one.found.start;
    const isLater = Date.parse(at) > Date.parse(start) && Date.parse(at) - Date.parse(start) < weekMs;
    return isLater ? [{ ...one, found: { ...one.found, start: at } }] : [];
  });
  return ends
    .filter(({ paragraph }) => paragraph === ends[0]?.paragraph)
    .toSorted((a, b) => Date.parse(b.found.start) - Date.parse(a.found.start))[0]?.found;
}
