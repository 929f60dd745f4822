import { streamWords } from '../distribution/stream-words.ts';
import { severities } from '../postmortem/postmortem.ts';
import { hourMs } from '../shared/duration.ts';
import { toInstant } from '../shared/instant.ts';
import { definitionOf, frequencies, type StreamName } from '../stream/stream.ts';
import { type GrantWay, grantOf, isGranted } from '../subscriber/grant.ts';
import { mandatoryFor } from '../subscriber/mandatory.ts';
import { heldSlot } from '../subscriber/own-zone.ts';
import { slotOf } from '../subscriber/slot.ts';
import { type ConsentWay, type Grant, mostNotRelevant, type Slot, type StreamSettings } from '../subscriber/subscriber.ts';
import { isSubscribed } from '../subscriber/subscription.ts';
import { mostTopics, readTopic, Topic } from '../subscriber/topic.ts';
import type { ChangeContext } from './change-context.ts';
import { choicesOf, isOffered, ownWeekHour, switchedOnBy } from './choices.ts';
import { type Delegation, decideDelegate } from './decide-delegate.ts';
import type { ListChange, StreamChange } from './settings-fields.ts';
import {
  leastChanged,
  listChanged,
  productsChanged,
  reasonsChanged,
  type SettingChanged,
  slotChanged,
  switched,
} from './settings-words.ts';

/** The settings of a stream after a change, without what is stamped once its index row was put. */
export interface PlannedStreamChange {
  readonly settings: Omit<StreamSettings, 'since' | 'slots' | 'consent'>;
  /** The new slot, if it changes. */
  readonly slot: Slot | undefined;
  /** A new period of being subscribed: editions composed before it are not sent to this reader. */
  readonly begins: boolean;
  readonly consent: { readonly way: ConsentWay; readonly text: string } | undefined;
  /** What gives them the stream, if it is known. It is recorded with the change. */
  readonly grant: Grant | undefined;
  readonly delegation: Delegation | undefined;
  readonly changed: SettingChanged[];
}

/** Coming back within this time counts as never having left: what is being sent still comes. */
const undoMs = hourMs;

/** Decides what a change does to one stream. */
export function decideStream(stream: StreamName, change: StreamChange, context: ChangeContext): PlannedStreamChange {
  const { profile, distribution, now, act } = context;
  const before = profile.streams[stream];
  const wasOn = isSubscribed(profile, stream, distribution, now);
  const right = rightTo(stream, context);
  const isOn = decideSwitch(stream, change.frequency, wasOn, right, context);
  refuseUnheld(stream, change, isOn, context);
  const slot = isOn ? decideSlot(stream, change, context) : undefined;
  const [followed, left] = [before?.follow ?? [], before?.leaveOut ?? []];
  refuseNoProduct(stream, change, context);
  const follow = decideTopics(`${stream}.follow`, followed, change.follow, change.leaveOut?.add, context);
  const leaveOut = decideTopics(`${stream}.leaveOut`, left, change.leaveOut, change.follow?.add, context);
  const least = decideLeast(stream, change.least, before, context);
  const notRelevant = decideReasons(before?.notRelevant ?? [], change.notRelevant);
  const delegation = decideDelegate(stream, change, context);
  const delegate = delegation ? delegation.delegate : before?.delegate;
  const isBack = before?.leftAt !== undefined && now.getTime() - Date.parse(before.leftAt) < undoMs;
  const comes = isOn && !wasOn;
  // A delegate who switches the stream on by a right of their own keeps it. Otherwise it ends when
  // it was going to end, however often it is switched.
  const isLoan = before?.until !== undefined && !(comes && right !== 'lent');
  return {
    settings: {
      on: before?.on === false && wasOn ? false : isOn,
      ...(follow.length > 0 && { follow }),
      ...(leaveOut.length > 0 && { leaveOut }),
      ...(least && { least }),
      ...(notRelevant.length > 0 && { notRelevant }),
      ...(delegate && { delegate }),
      ...(isLoan && { until: before.until }),
      ...(before?.lentBy && (isLoan || (isOn && wasOn)) && { lentBy: before.lentBy }),
      ...(!isOn && before?.leftAt && { leftAt: before.leftAt }),
    },
    slot,
    begins: comes && !isBack,
    consent: comes ? { way: act.way, text: act.wording } : undefined,
    grant:
      comes && !isGranted(profile, stream) && right && right !== 'lent' ? { way: right, at: toInstant(now) } : grantOf(profile, stream),
    delegation,
    changed: [
      ...(isOn === wasOn ? [] : [switched(stream, isOn, isBack, distribution)]),
      ...(slot === undefined ? [] : [slotChanged(slot, stream, distribution)]),
      ...(definitionOf(stream).choose === 'only'
        ? productsChanged(stream, followed, follow, distribution)
        : listChanged('follow', stream, followed, follow, distribution)),
      ...listChanged('leaveOut', stream, left, leaveOut, distribution),
      ...(least === before?.least ? [] : [leastChanged(stream, least, distribution)]),
      ...reasonsChanged(stream, before?.notRelevant ?? [], notRelevant),
      ...(delegation?.changed ?? []),
    ],
  };
}

/**
 * The right by which this person may switch a stream on. Undefined if they may not. They cannot
 * write any of what it is decided from (docs/adr/025).
 */
function rightTo(stream: StreamName, { profile, distribution, now, act }: ChangeContext): GrantWay | 'lent' | undefined {
  if (act.way === 'operator') return isGranted(profile, stream) ? 'page' : 'import';
  if (isGranted(profile, stream) || switchedOnBy(distribution, stream) === 'themselves') return 'page';
  if (mandatoryFor(distribution, stream, profile.address) !== undefined) return 'named';
  const { until } = profile.streams[stream] ?? {};
  return until !== undefined && Date.parse(until) > now.getTime() ? 'lent' : undefined;
}

/**
 * Refuses settings of a stream that somebody never had. Nobody can make a row for a stream that
 * they were not given.
 */
function refuseUnheld(stream: StreamName, change: StreamChange, isOn: boolean, { profile, distribution, refuse }: ChangeContext): void {
  const fields = Object.entries(change).flatMap(([field, value]) => (field === 'frequency' || value === undefined ? [] : [field]));
  const isHeld = isOn || profile.streams[stream] !== undefined || mandatoryFor(distribution, stream, profile.address) !== undefined;
  for (const field of fields) {
    if (!isOffered(distribution, stream, profile.realm))
      refuse({ field: `${stream}.${field}`, problem: 'is not sent here', remedy: 'Leave it as it was.' });
    else if (!isHeld)
      refuse({ field: `${stream}.${field}`, problem: 'belongs to a stream that you do not get', remedy: 'Switch the stream on as well.' });
  }
}

function decideSwitch(
  stream: StreamName,
  frequency: string | undefined,
  wasOn: boolean,
  right: ReturnType<typeof rightTo>,
  context: ChangeContext,
): boolean {
  const { profile, distribution, refuse } = context;
  if (frequency === undefined) return wasOn;
  const field = `${stream}.frequency`;
  const { frequencies } = choicesOf(distribution, stream);
  if (!['on', 'off', ...frequencies].includes(frequency))
    refuse({
      field,
      problem: 'is not how often this comes',
      remedy: `Choose one of ${[...(frequencies.length > 0 ? frequencies : ['on']), 'off'].join(', ')}.`,
    });

  const isOn = frequency !== 'off';
  const reason = mandatoryFor(distribution, stream, profile.address);
  if (!isOn && wasOn && reason)
    refuse(
      context.act.way === 'operator'
        ? {
            field,
            problem: `cannot be switched off: they are told “${reason}”`,
            remedy: 'Take them out of the leads and deputies of the distribution file, or let them name a delegate.',
          }
        : {
            field,
            problem: `cannot be switched off: ${reason}`,
            remedy: 'Name a delegate while you are away, or ask whoever keeps that file.',
          },
    );
  if (isOn && !wasOn && context.act.way === 'operator' && profile.realm === 'customers' && profile.streams[stream])
    refuse({
      field,
      problem: 'was switched off by this customer',
      remedy: 'Only they can switch it on again, on their page or at /customers/join.',
    });
  if (isOn && !isOffered(distribution, stream, profile.realm)) refuse({ field, problem: 'is not sent here', remedy: 'Leave it off.' });
  else if (isOn && !wasOn && right === undefined)
    refuse({
      field,
      problem: `is not for everyone to switch on: ${streamWords(stream, distribution)}`,
      remedy: 'Ask to join on the sign-up page.',
    });
  return isOn;
}

/**
 * The new slot. Undefined if it stays as it is. If only the day or only the hour is given, the
 * other is taken from the stream.
 */
function decideSlot(stream: StreamName, { frequency, weekday, hour }: StreamChange, context: ChangeContext): Slot | undefined {
  const { profile, distribution, zone, hasNewZone, refuse } = context;
  const held = profile.streams[stream]?.slots.at(-1)?.slot ?? 'default';
  const now = heldSlot(profile, stream) ?? { frequency: definitionOf(stream).usual };
  const wanted = frequencies.find((one) => one === frequency) ?? now.frequency;
  const isMoved = hasNewZone && now.at !== undefined;
  if (wanted === now.frequency && weekday === undefined && hour === undefined && !isMoved) return undefined;

  const own = ownWeekHour(distribution, stream);
  const [day, clock] = [weekday ?? String(now.at?.weekday ?? ''), hour ?? String(now.at?.hour ?? '')];
  const isOwn = (day === '' && clock === '') || !choicesOf(distribution, stream).hasHour;
  const at = isOwn ? undefined : { weekday: Number(day || (own?.weekday ?? 1)), hour: Number(clock || (own?.hour ?? 9)), zone };
  if (!/^([1-7]?)$/.test(day))
    refuse({ field: `${stream}.weekday`, problem: 'is no day of the week', remedy: 'Choose Monday (1) to Sunday (7).' });
  if (!/^([01]?\d|2[0-3])?$/.test(clock))
    refuse({ field: `${stream}.hour`, problem: 'is no hour of the day', remedy: 'Choose a whole hour from 0 to 23.' });
  if (wanted === 'published' && (weekday || hour)) {
    const weekly = definitionOf(stream).words.choices?.weekly ?? 'Weekly';
    refuse({
      field: `${stream}.${weekday ? 'weekday' : 'hour'}`,
      problem: 'counts only for mails that do not come at once',
      remedy: `Choose “${weekly}” as well.`,
    });
  }
  const slot = slotOf({ frequency: wanted, at }, stream, own);
  return slot === held || slot === undefined ? undefined : slot;
}

/** Customers choose by products, and know nothing else of the inside. */
function refuseNoProduct(stream: StreamName, { follow, leaveOut }: StreamChange, { refuse }: ChangeContext): void {
  if (definitionOf(stream).choose !== 'only') return;
  for (const [field, added] of [
    ['follow', follow?.add ?? []],
    ['leaveOut', leaveOut?.add ?? []],
  ] as const)
    if (added.some((topic) => field === 'leaveOut' || readTopic(topic).kind !== 'product'))
      refuse({ field: `${stream}.${field}`, problem: 'is chosen by products', remedy: 'Choose products from the list.' });
}

/** A topic that is put on one list leaves the other. */
function decideTopics(
  field: string,
  before: readonly Topic[],
  change: ListChange | undefined,
  toTheOther: readonly string[] | undefined,
  { refuse }: ChangeContext,
): Topic[] {
  const { add = [], remove = [] } = change ?? {};
  for (const topic of add)
    if (!Topic.safeParse(topic).success)
      refuse({
        field,
        problem: `${JSON.stringify(topic.slice(0, 100))} is no topic`,
        remedy: 'Choose a service, team or technology from the list.',
      });
  const both = add.find((topic) => toTheOther?.includes(topic));
  if (both) refuse({ field, problem: `${both} is to be followed and left out`, remedy: 'Choose one of the two.' });
  const gone = [...remove, ...(toTheOther ?? [])];
  const after = [...new Set([...before, ...add])].filter((topic) => add.includes(topic) || !gone.includes(topic));
  if (after.length > mostTopics) refuse({ field, problem: `has ${after.length} topics`, remedy: `Keep at most ${mostTopics}.` });
  return after;
}

/** Keys of reasons: the newest are last, and push the oldest out. */
function decideReasons(before: readonly string[], { add = [], remove = [] }: ListChange = { add: [], remove: [] }): string[] {
  const added = [...new Set(add)].filter((key) => !before.includes(key));
  return [...before.filter((key) => !remove.includes(key)), ...added].slice(-mostNotRelevant);
}

function decideLeast(stream: StreamName, wanted: string | undefined, before: StreamSettings | undefined, { refuse }: ChangeContext) {
  if (wanted === undefined) return before?.least;
  const least = severities.find((severity) => severity === wanted && severity !== 'unclassified');
  if (!least && wanted !== '')
    refuse({ field: `${stream}.least`, problem: 'is no severity', remedy: 'Choose one of the list, or every one.' });
  return least;
}
