import { type Instant, isAfter } from '../shared/instant.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import type { Profile } from '../subscriber/subscriber.ts';

/** Something that speaks against mailing a person, and when it happened. */
export interface Cause {
  readonly kind: 'complaint' | 'permanent bounce' | 'transient bounce';
  readonly edition: string;
  readonly at: Instant;
}

type Suppressed = NonNullable<Profile['suppressed']>;
type SoftBounce = NonNullable<Profile['softBounces']>[number];

/**
 * docs/adr/010: the mails of three editions within thirty days, the first and the last a week or more apart. An outage of a few days, however
 * many alerts fall into it, suppresses nobody.
 */
const enoughEditions = 3;
const window = 30 * 24 * 3600 * 1000;
const span = 7 * 24 * 3600 * 1000;
/** More than a person gets in thirty days without being suppressed. */
const mostKept = 30;

/**
 * The profile after a cause, one revision on; undefined where it changes nothing. Any order and any repetition of causes gives the same
 * suppression. What happened before an operator lifted a suppression no longer counts, whenever it is told.
 */
export function afterCause(profile: Profile, cause: Cause): Profile | undefined {
  if (profile.lifted && !isAfter(cause.at, profile.lifted.at)) return undefined;
  const before = profile.softBounces ?? [];
  const all = cause.kind === 'transient bounce' ? withBounce(before, { edition: cause.edition, at: cause.at }) : before;
  const found = cause.kind === 'transient bounce' ? turnedAway(all) : { reason: cause.kind, at: cause.at };
  const suppressed = worse(profile.suppressed, found);
  const softBounces = all.slice(0, mostKept);
  if (suppressed === profile.suppressed && JSON.stringify(softBounces) === JSON.stringify(before)) return undefined;
  return {
    ...profile,
    ...(suppressed && { suppressed }),
    ...(softBounces.length > 0 && { softBounces }),
    revision: profile.revision + 1,
  };
}

/** Oldest first, each once, none from longer ago than the window before the newest. */
function withBounce(bounces: readonly SoftBounce[], added: SoftBounce): SoftBounce[] {
  if (bounces.some(({ edition, at }) => edition === added.edition && at === added.at)) return [...bounces];
  const all = [...bounces, added].toSorted((a, b) => time(a) - time(b) || (a.edition < b.edition ? -1 : 1));
  const newest = Math.max(...all.map(time));
  return all.filter((bounce) => time(bounce) >= newest - window);
}

const time = ({ at }: { readonly at: Instant }) => Date.parse(at);

/** The first bounce by which the rule held. */
function turnedAway(bounces: readonly SoftBounce[]): Suppressed | undefined {
  const last = bounces.find((bounce) => {
    const before = bounces.filter((one) => time(one) <= time(bounce) && time(one) >= time(bounce) - window);
    const first = before[0];
    return first && new Set(before.map(({ edition }) => edition)).size >= enoughEditions && time(bounce) - time(first) >= span;
  });
  return last && { reason: 'transient bounces', at: last.at };
}

const weakest = ['transient bounces', 'permanent bounce', 'complaint'];
/** A reason that is not one of ours was somebody's decision: nothing outweighs it. */
const weight = ({ reason }: Suppressed) => (weakest.includes(reason) ? weakest.indexOf(reason) : weakest.length);

/** The weightier of two reasons; of the same reason the first time. */
function worse(known: Suppressed | undefined, found: Suppressed | undefined): Suppressed | undefined {
  if (!known || !found) return known ?? found;
  if (weight(found) !== weight(known)) return weight(found) > weight(known) ? found : known;
  return isAfter(known.at, found.at) ? found : known;
}

const tries = 10;

/**
 * Records a cause against a person, known by the id that their mail was tagged with: addresses in events may be written differently or be
 * another's. 'suppressed': from the next chunk on they get no mail on any stream. The same cause again changes nothing.
 */
export async function suppress(
  who: Who,
  cause: Cause,
  people: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>,
): Promise<'suppressed' | 'noted' | 'unchanged' | 'nobody'> {
  for (let i = 0; i < tries; i += 1) {
    const [profile] = await people.readProfiles([who]);
    if (!profile) return 'nobody';
    const after = afterCause(profile, cause);
    if (!after) return 'unchanged';
    if (await people.writeProfile(after, profile.revision)) return !profile.suppressed && after.suppressed ? 'suppressed' : 'noted';
  }
  throw new Error(`suppression of ${who.sid}: too many writers at once`);
}
