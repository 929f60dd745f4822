import { localDay, midnight } from '../calendar/period.ts';
import { type HeldMailStore, mostCounted, newlyHeld, type StoredHeldMail, type ToldHeld } from '../connector/held-mail.ts';
import type { InboundIncident } from '../connector/inbound-incident.ts';
import type { InboundStore } from '../connector/ports.ts';
import type { BrakedStore } from '../directory/ports.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { WantedServiceMail } from '../edition/service-mail.ts';
import type { Instant } from '../shared/instant.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { isUrgentHeld } from './held-urgency.ts';
import { brakedLately } from './show-braked.ts';

export interface TellHeldDeps {
  readonly inbound: Pick<InboundStore, 'heldPage'>;
  readonly told: HeldMailStore;
  /** What the directory was not let do. */
  readonly braked: Pick<BrakedStore, 'since'>;
  readonly distribution: () => Promise<Distribution | undefined>;
  /** Operators whom a mail reaches, and the organisation's zone. Undefined: no file is in force. */
  readonly operators: () => Promise<{ readonly operators: readonly SubscriberId[]; readonly zone: string } | undefined>;
  /** Asks for one mail. Asking twice sends one. */
  readonly mail: (wanted: Omit<WantedServiceMail, 'at'> & { readonly at: Instant }) => Promise<void>;
}

export interface HeldTold {
  readonly held: number;
  readonly fresh: number;
  readonly mails: number;
}

/**
 * Once a day: asks for a mail to each operator that lists what is held, and what the directory was
 * not let do, if something is new in it. What came after `scheduledFor` is the next day's. The row
 * is put before the mails are asked for, as owed, and again after: a run that died is made up for
 * by its repetition, or by the next day's. Nobody gets two of a day, because a mail's id comes from
 * the day. While no mail reaches an operator, nothing counts as told.
 */
export async function tellHeld(scheduledFor: Date, deps: TellHeldDeps): Promise<HeldTold> {
  const [all, last, distribution, braked] = await Promise.all([
    readHeld(deps.inbound, mostCounted),
    deps.told.read(),
    deps.distribution(),
    brakedLately(deps.braked, scheduledFor),
  ]);
  const due = all.map((one) => toldOf(one, distribution)).filter(({ since }) => Date.parse(since) <= scheduledFor.getTime());
  const now = { ...mailOf(due), braked: braked.filter(({ at }) => Date.parse(at) <= scheduledFor.getTime()) };
  const fresh = newlyHeld(now, last);
  const whom = await deps.operators();
  const date = whom && localDay(scheduledFor, whom.zone);
  const isAgain = last !== undefined && last.day === date?.toString();
  const isDue = isAgain || (due.length + now.braked.length > 0 && (fresh > 0 || last?.mailed === false));
  if (!whom || !date || !isDue || whom.operators.length === 0) return { held: due.length, fresh, mails: 0 };
  const mail = isAgain ? last : { day: date.toString(), ...now };
  if (!isAgain) await deps.told.put({ ...mail, mailed: false });
  const at = midnight(date, whom.zone);
  const about = date.toString().replaceAll('-', '');
  for (const subscriber of whom.operators) await deps.mail({ kind: 'held', about, realm: 'staff', subscriber, at });
  await deps.told.put({ ...mail, mailed: true });
  return { held: due.length, fresh, mails: whom.operators.length };
}

/** So many fit into the row. The mail counts the others. */
const mostTold = 2000;

/** The urgent ones, then the latest, as many as fit, in the order in which they were held. */
function mailOf(due: readonly ToldHeld[]): Pick<StoredHeldMail, 'held' | 'more'> {
  const latest = due.toReversed();
  const kept = new Set([...latest.filter(({ urgent }) => urgent), ...latest.filter(({ urgent }) => !urgent)].slice(0, mostTold));
  const more = due.length - kept.size;
  return { held: due.filter((one) => kept.has(one)), ...(more > 0 && { more }) };
}

const pageSize = 100;

/** Up to so many that are held, the earliest first. */
export async function readHeld(inbound: Pick<InboundStore, 'heldPage'>, most: number): Promise<InboundIncident[]> {
  const all: InboundIncident[] = [];
  let after: string | undefined;
  do {
    const { held, next } = await inbound.heldPage(Math.min(most, pageSize), after);
    all.push(...held);
    after = next;
  } while (after !== undefined && all.length < most);
  return all.slice(0, most);
}

const longestDetail = 300;
function toldOf(one: InboundIncident, distribution: Distribution | undefined): ToldHeld {
  const { source, ref, why = '', detail, since = '1970-01-01T00:00:00Z', facts } = one;
  return {
    source,
    ref,
    why,
    since,
    ...(detail !== undefined && { detail: detail.slice(0, longestDetail) }),
    ...(facts.severity && { severity: facts.severity.value }),
    ...(isUrgentHeld(one, distribution) && { urgent: true }),
  };
}
