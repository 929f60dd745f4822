import { dayMs } from '../shared/duration.ts';
import { type Instant, isAfter } from '../shared/instant.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import { rewriteProfile } from '../subscriber/rewrite-profile.ts';
import type { Profile, SubscriberId } from '../subscriber/subscriber.ts';

/** Something that counts against mailing a person, and when it happened. */
export interface Cause {
  readonly kind: 'complaint' | 'permanent bounce' | 'transient bounce';
  readonly edition: string;
  readonly at: Instant;
}

type Suppressed = NonNullable<Profile['suppressed']>;
type SoftBounce = NonNullable<Profile['softBounces']>[number];

/**
 * docs/adr/010: soft bounces of three editions within thirty days, the first and the last at least
 * a week apart, in UTC days. An outage of a few days suppresses nobody, however many alerts fall
 * into it.
 */
const enoughEditions = 3;
const windowDays = 30;
const spanDays = 7;
/**
 * How long bounces are kept before the newest one. A bounce that is reported up to ninety days
 * behind a later one still finds all bounces that it counts together with.
 */
const keptDays = windowDays + 90;

/**
 * The profile after a cause, one revision on. Undefined if it changes nothing. The order and
 * repetition of causes makes no difference to the suppression, unless one is reported more than
 * ninety days behind a later one. What happened before an operator lifted a suppression does not
 * count, whenever it is reported.
 */
export function afterCause(profile: Profile, cause: Cause): Profile | undefined {
  if (profile.lifted && !isAfter(cause.at, profile.lifted.at)) return undefined;
  const before = profile.softBounces ?? [];
  const softBounces = cause.kind === 'transient bounce' ? withBounce(before, { edition: cause.edition, at: cause.at }) : before;
  const found = cause.kind === 'transient bounce' ? turnedAway(softBounces) : { reason: cause.kind, at: cause.at };
  const suppressed = worse(profile.suppressed, found);
  if (suppressed === profile.suppressed && JSON.stringify(softBounces) === JSON.stringify(before)) return undefined;
  return {
    ...profile,
    ...(suppressed && { suppressed }),
    ...(softBounces.length > 0 && { softBounces }),
    revision: profile.revision + 1,
  };
}

/**
 * Keeps the first bounce of each of the first three editions of a day, oldest first. These say as
 * much as all of them. Which ones are kept does not depend on the order in which they are reported.
 */
function withBounce(bounces: readonly SoftBounce[], added: SoftBounce): SoftBounce[] {
  const all = [...bounces, added].toSorted((a, b) => time(a) - time(b) || (a.edition < b.edition ? -1 : 1));
  const newest = Math.max(...all.map(day));
  const kept: SoftBounce[] = [];
  for (const bounce of all.filter((one) => day(one) >= newest - keptDays)) {
    const ofItsDay = kept.filter((one) => day(one) === day(bounce));
    if (ofItsDay.length < enoughEditions && !ofItsDay.some(({ edition }) => edition === bounce.edition)) kept.push(bounce);
  }
  return kept;
}

const time = ({ at }: SoftBounce) => Date.parse(at);
const day = (bounce: SoftBounce) => Math.floor(time(bounce) / dayMs);

/** The first bounce of the first day on which the rule held. */
function turnedAway(bounces: readonly SoftBounce[]): Suppressed | undefined {
  const last = bounces.find((bounce) => {
    const together = bounces.filter((one) => day(one) <= day(bounce) && day(one) >= day(bounce) - windowDays);
    const first = together[0];
    const editions = new Set(together.map(({ edition }) => edition));
    return first && editions.size >= enoughEditions && day(bounce) - day(first) >= spanDays;
  });
  return last && { reason: 'transient bounces', at: last.at };
}

const weakest = ['transient bounces', 'permanent bounce', 'complaint'];
/** A reason that is not one of ours was somebody's decision. Nothing outweighs it. */
const weight = ({ reason }: Suppressed) => (weakest.includes(reason) ? weakest.indexOf(reason) : weakest.length);

/** The weightier of two reasons. Of two equal reasons, the earlier one. */
function worse(known: Suppressed | undefined, found: Suppressed | undefined): Suppressed | undefined {
  if (!known || !found) return known ?? found;
  if (weight(found) !== weight(known)) return weight(found) > weight(known) ? found : known;
  return isAfter(known.at, found.at) ? found : known;
}

async function refuse(sid: SubscriberId, { kind, at }: Cause, refusals: Refusals): Promise<void> {
  if (kind !== 'transient bounce') await refusals.refuse(sid, { reason: kind, at });
}

/**
 * Where causes are kept for people without a profile, and for people whose profile is removed
 * unless they confirm it.
 */
export interface Refusals {
  refuse(sid: SubscriberId, why: Suppressed): Promise<void>;
}

/**
 * Records a cause against a person. They are known by the sid that their mail was tagged with,
 * because an address in an event may be written differently or belong to somebody else.
 * 'suppressed': from the next chunk on they get no mail on any stream. Idempotent. For people who
 * are erased or not confirmed, the cause is also kept outside the profile.
 */
export async function suppress(
  who: Who,
  cause: Cause,
  people: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>,
  refusals: Refusals,
): Promise<'suppressed' | 'noted' | 'unchanged' | 'nobody'> {
  const change = async (profile: Profile) => {
    if (profile.unconfirmed) await refuse(who.sid, cause, refusals);
    return afterCause(profile, cause);
  };
  const rewritten = await rewriteProfile(who, change, people);
  if (!rewritten) {
    await refuse(who.sid, cause, refusals);
    return 'nobody';
  }
  const { before, after } = rewritten;
  if (before === after) return 'unchanged';
  return !before.suppressed && after.suppressed ? 'suppressed' : 'noted';
}
