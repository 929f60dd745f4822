import { localDay, midnight } from '../calendar/period.ts';
import { type HeldMailStore, newlyHeld, type ToldHeld } from '../connector/held-mail.ts';
import type { InboundIncident } from '../connector/inbound-incident.ts';
import type { InboundStore } from '../connector/ports.ts';
import type { WantedServiceMail } from '../edition/service-mail.ts';
import type { Instant } from '../shared/instant.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';

export interface TellHeldDeps {
  readonly inbound: Pick<InboundStore, 'heldPage'>;
  readonly told: HeldMailStore;
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
 * Once a day: asks for a mail to each operator that lists what is held, if something is new in it.
 * What is held after `scheduledFor` is the next day's. The second run of a day asks for the same
 * mails, so that a run that died loses none; nobody gets two, because a mail's id comes from the
 * day.
 */
export async function tellHeld(scheduledFor: Date, deps: TellHeldDeps): Promise<HeldTold> {
  const [all, last] = await Promise.all([readHeld(deps.inbound), deps.told.read()]);
  const held = all.map(toldOf).filter(({ since }) => Date.parse(since) <= scheduledFor.getTime());
  const fresh = newlyHeld(held, last).length;
  const whom = await deps.operators();
  const date = whom && localDay(scheduledFor, whom.zone);
  const isAgain = last?.day === date?.toString();
  if (!whom || !date || (fresh === 0 && !isAgain)) return { held: held.length, fresh, mails: 0 };
  if (!isAgain) await deps.told.put({ day: date.toString(), held });
  const at = midnight(date, whom.zone);
  const about = date.toString().replaceAll('-', '');
  for (const subscriber of whom.operators) await deps.mail({ kind: 'held', about, realm: 'staff', subscriber, at });
  return { held: held.length, fresh, mails: whom.operators.length };
}

/**
 * More at once is a mistake in the mapping or at the vendor, which the first 2,000 show as well.
 */
const mostTold = 2000;
const pageSize = 100;

/** Up to so many that are held, the earliest first. */
export async function readHeld(inbound: Pick<InboundStore, 'heldPage'>, most = mostTold): Promise<InboundIncident[]> {
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
const toldOf = ({ source, ref, why = '', detail, since = '1970-01-01T00:00:00Z', facts: { severity } }: InboundIncident): ToldHeld => ({
  source,
  ref,
  why,
  since,
  ...(detail !== undefined && { detail: detail.slice(0, longestDetail) }),
  ...(severity && { severity: severity.value }),
});
