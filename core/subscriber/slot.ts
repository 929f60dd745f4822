import { isZone, standardZone } from '../shared/zone.ts';
import { definitionOf, Frequency, type StreamName } from '../stream/stream.ts';
import type { Slot } from './subscriber.ts';

/**
 * The most slots that readers may open on one stream beside its own. Beyond that no new slot is
 * opened; existing ones keep working. Each slot is a wave of every edition, and every update of an
 * edition costs more with each of its slots (docs/adr/020).
 */
export const mostSlots = 200;

/** A whole hour on a day of the week, in a time zone. */
export interface WeekHour {
  /** 1 = Monday to 7 = Sunday. */
  readonly weekday: number;
  readonly hour: number;
  readonly zone: string;
}
/** What a slot says. Without `at`, mail comes when the edition is made. */
export interface SlotChoice {
  readonly frequency: Frequency;
  readonly at?: WeekHour | undefined;
}

const letters = { weekly: 'w', monthly: 'm' } as const;
const form = /^([wm])([1-7])-([01]\d|2[0-3])00-([A-Za-z0-9_-]+)$/;

/**
 * The slot of a choice. Undefined if the day, the hour or the zone is invalid. A weekly choice that
 * equals the stream's own schedule has no hour.
 */
export function slotOf({ frequency, at }: SlotChoice, stream: StreamName, own?: WeekHour): Slot | undefined {
  const whenMade = frequency === definitionOf(stream).usual ? 'default' : frequency;
  if (!at || frequency === 'published') return whenMade;
  const zone = standardZone(at.zone);
  const isHour = Number.isInteger(at.hour) && at.hour >= 0 && at.hour <= 23;
  const isDay = Number.isInteger(at.weekday) && at.weekday >= 1 && at.weekday <= 7;
  if (!zone || !isHour || !isDay) return undefined;
  const isOwn = own && own.weekday === at.weekday && own.hour === at.hour && standardZone(own.zone) === zone;
  if (isOwn && frequency === 'weekly') return whenMade;
  return `${letters[frequency]}${at.weekday}-${String(at.hour).padStart(2, '0')}00-${zone.replaceAll('/', '--')}`;
}

/** What a slot says. Undefined if its form is not known. */
export function readSlot(slot: Slot, stream: StreamName): SlotChoice | undefined {
  if (slot === 'default') return { frequency: definitionOf(stream).usual };
  const plain = Frequency.safeParse(slot).data;
  return plain ? { frequency: plain } : readTimed(slot);
}

/** The hour that a slot names. Undefined if it names none. */
export const weekHourOf = (slot: Slot): WeekHour | undefined => readTimed(slot)?.at;

function readTimed(slot: Slot): SlotChoice | undefined {
  const [, letter, weekday, hour, written = ''] = form.exec(slot) ?? [];
  const zone = written.replaceAll('--', '/');
  if (!letter || !isZone(zone)) return undefined;
  return { frequency: letter === 'w' ? 'weekly' : 'monthly', at: { weekday: Number(weekday), hour: Number(hour), zone } };
}

/**
 * How often mail comes in a slot. A slot of unknown form counts as the stream's own, so that no
 * mail is lost.
 */
export const frequencyOf = (slot: Slot, stream: StreamName): Frequency => readSlot(slot, stream)?.frequency ?? definitionOf(stream).usual;

/**
 * Whether a stream has an edition of this frequency: always of its usual one, of another one only
 * if a reader has it, so that it is made for somebody. `held`: the slots of its readers.
 */
export const isHeldAt = (frequency: Frequency, stream: StreamName, held: readonly { readonly slot: Slot }[]): boolean =>
  frequency === definitionOf(stream).usual || held.some(({ slot }) => frequencyOf(slot, stream) === frequency);
