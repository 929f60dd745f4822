import { dayMs, weekMs } from '../../../shared/duration.ts';
import type { Instant, PlainDate } from '../../../shared/instant.ts';
import type { MomentContext } from '../moments/moments.ts';
import { readMoments } from '../moments/read-moments.ts';
import type { TimelineEntry } from './join-parts.ts';
import { leadingTime } from './leading-time.ts';
import { zonesIn } from './stated-zone.ts';

/** A moment that a timeline tells. */
export interface TimelineMoment {
  readonly moment: Instant;
  /** The time of its entry as written. */
  readonly at: string;
  /** `assumed`: the zone is the organisation's. */
  readonly zone: 'written' | 'assumed';
  /** The entry says that it is the beginning or the end. */
  readonly isMarked?: boolean;
}

interface Told extends TimelineMoment {
  readonly end: Instant;
  readonly event: string;
}

/**
 * When the incident began and ended, as far as its timeline says so with a day and a time of day.
 * Entries that are a day or more apart are in different groups, and the group with more than half
 * of all entries is the incident. Less than half as many entries before it are a lead-up; with
 * more the start is unknown. Entries about the postmortem, a review or a follow-up do not count.
 * If others come within two weeks after the incident, its end is unknown. A single time has no
 * end. An entry that says that it is the beginning or the end is it. `context.day` is the day of
 * the entries above the first one with a day, until they pass midnight.
 */
export function momentsOfTimeline(
  entries: readonly TimelineEntry[],
  context: MomentContext,
): { readonly start?: TimelineMoment; readonly end?: TimelineMoment } {
  const told = toldIn(entries, context)
    .filter(({ event }) => !aftermath.test(event))
    .toSorted((a, b) => Date.parse(a.moment) - Date.parse(b.moment));
  const marked = { start: onlyOne(told, impactBegins) ?? onlyOne(told, begins), end: told.findLast(({ event }) => ends.test(event)) };
  const groups = groupsOf(told);
  const most = groups.findIndex((group) => group.length * 2 > told.length);
  const incident = groups[most];
  const first = incident?.[0];
  if (incident === undefined || first === undefined) return {};
  const before = groups.slice(0, most).flat().length;
  const last = incident.toSorted((a, b) => Date.parse(a.end) - Date.parse(b.end)).at(-1);
  const isKnown =
    last !== undefined && Date.parse(last.end) > Date.parse(first.moment) && groups.slice(most + 1).every((group) => isRemark(group, last));
  const start = marked.start ?? (before * 2 < incident.length ? first : undefined);
  const end = marked.end ?? (isKnown ? last : undefined);
  return {
    ...(start !== undefined && { start: { ...momentOf(start, start.moment), ...(start === marked.start && { isMarked: true }) } }),
    ...(end !== undefined &&
      Date.parse(end.end) > Date.parse((start ?? first).moment) && {
        end: { ...momentOf(end, end.end), ...(end === marked.end && { isMarked: true }) },
      }),
  };
}
/** Entries that say that they are the beginning or the end: "OUTAGE BEGINS", "Impact ends." */
const impactBegins = /(?<!\p{L})(?:outage|impact|disruption|degradation)[*_]* (?:begins|began|starts|started)(?!\p{L})/iu;
const begins =
  /(?<!\p{L})incident[*_]* (?:begins|began|starts|started)(?!\p{L})|(?:beginn|anfang) de[rs] (?:störung|ausfalls|vorfalls)|störungsbeginn|début de l['’](?:incident|impact)|in[ií]cio (?:del?|do) (?:incidente|impacto)|inizio dell['’]incidente|障害発生|故障发生|故障开始|장애 발생/iu;
const ends =
  /(?<!\p{L})(?:incident|outage|(?:customer |user |user-visible )?impact|disruption)[*_]* (?:ends|ended|is over)(?!\p{L})|ende de[rs] (?:störung|ausfalls|vorfalls)|störungsende|fin de l['’](?:incident|impact)|fi[nm] (?:del|do) (?:incidente|impacto)|fine dell['’]incidente|障害復旧|故障恢复|장애 (?:종료|복구)/iu;
const onlyOne = (told: readonly Told[], mark: RegExp): Told | undefined => {
  const [found, ...others] = told.filter(({ event }) => mark.test(event));
  return others.length === 0 ? found : undefined;
};

/** What was written two weeks later is a remark: a promise that was kept. */
const isRemark = ([first]: readonly Told[], last: Told): boolean =>
  first !== undefined && Date.parse(first.moment) - Date.parse(last.end) > 2 * weekMs;

const momentOf = ({ at, zone }: Told, moment: Instant): TimelineMoment => ({ moment, at, zone });

const aftermath =
  /\b(?:post[- ]?mortem|retro(?:spective)?|(?:incident|post-incident) (?:review|report)|review (?:meeting|held)|reviewed|debrief|rca|follow-?up|report (?:written|published))\b/i;

/** Neighbours that are less than a day apart stay together. */
function groupsOf(told: readonly Told[]): Told[][] {
  const groups: Told[][] = [];
  for (const one of told) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && Date.parse(one.moment) - Date.parse(last.end) < dayMs) groups.at(-1)?.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** The entries with a day and a time of day. A zone that is the only one written holds for all. */
function toldIn(entries: readonly TimelineEntry[], context: MomentContext): Told[] {
  const zones = new Set(entries.flatMap(({ at = '' }) => zonesIn(at)));
  const [zone = ''] = zones.size === 1 ? zones : [];
  let day = context.day;
  let lastClock: number | undefined;
  return entries.flatMap(({ at, event }) => {
    const time = at === undefined ? undefined : timeIn(at);
    if (time?.clock === undefined || at === undefined || isVague(time.written)) return [];
    if (time.day !== undefined) day = undefined;
    else if (day !== undefined && lastClock !== undefined && lastClock - time.clock >= halfDay) day = dayAfter(day);
    lastClock = time.clock;
    const text = time.zoned || zone === '' ? time.written : `${time.written} ${zone}`;
    const { day: _, ...others } = context;
    const read = readMoments(text, day === undefined ? others : { ...others, day });
    if (read.kind !== 'moments' || read.zone === 'none' || !read.start.includes('T')) return [];
    const end = read.end?.includes('T') === true ? read.end : read.start;
    return [{ moment: read.start, end, at, event, zone: read.zone }];
  });
}
/** Minutes. A clock that goes back by more has passed midnight. */
const halfDay = 12 * 60;
const dayAfter = (day: PlainDate): PlainDate => new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);

/** The time of an entry, which may stand behind the name of a phase. */
function timeIn(at: string) {
  const own = leadingTime(at);
  const comma = at.indexOf(', ');
  return own ?? (comma < 0 ? undefined : leadingTime(at.slice(comma + 2)));
}

/** "Before 18:40" is no moment. */
const isVague = (written: string): boolean =>
  /^(?:before|after|by|since|until|till|shortly|just|soon|some|early|late|antes|desde|hasta|despu[eé]s|vor|nach|ab|seit|bis|avant|apr[eè]s)\s/i.test(
    written,
  );
