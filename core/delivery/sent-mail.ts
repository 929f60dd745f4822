import type { Edition, EditionId } from '../edition/edition.ts';
import { slotAt } from '../edition/waves.ts';
import type { Profile, Slot } from '../subscriber/subscriber.ts';
import { type MailSettings, readerMail } from './make-mail.ts';
import type { Made } from './outcome.ts';
import type { FragmentReader, LeafFinder } from './ports.ts';
import type { Leaf } from './range.ts';
import { settingsFor } from './skip-reason.ts';

export interface SentMailDeps {
  readonly editions: { read(id: EditionId): Promise<Edition | undefined> };
  readonly fragments: Pick<FragmentReader, 'readFragments'>;
  readonly leaves: LeafFinder;
}

/** At most this many slots of a reader are looked through. */
const mostSlots = 12;

/**
 * The HTML of a mail as this reader got it, made again from what was kept. Withheld postmortems and
 * the pixel are left out. Undefined: the reader did not get it. `withheld`: all of it is.
 * `settings` sign its links anew.
 */
export async function sentMail(
  id: EditionId,
  profile: Profile,
  settings: MailSettings,
  { editions, fragments, leaves }: SentMailDeps,
): Promise<{ readonly html: string } | 'withheld' | undefined> {
  const edition = await editions.read(id);
  if (!edition?.content) return undefined;
  for (const slot of slotsToTry(edition, profile)) {
    const found = await leaves.find(id, slot, profile.sid);
    const made = found && madeIn(found.leaf, profile);
    if (!made) continue;
    const { format: _plain, ...reader } = profile;
    const options = { withheld: new Set(edition.withheld), issuedAt: made.issuedAt, cards: made.cards };
    const mail = readerMail(edition, await fragments.readFragments(edition), reader, settings, options);
    if (typeof mail === 'string') return mail === 'withheld' ? mail : undefined;
    return { html: mail.html.replaceAll('{{ses:openTracker}}', '') };
  }
  return undefined;
}

/** The likely slots first. The others follow, because a long history of slots is cut. */
function slotsToTry(edition: Edition, profile: Profile): Slot[] {
  const held = settingsFor(edition, profile)?.slots ?? [];
  const likely = [slotAt(held, edition.cutoff) ?? 'default', ...held.map(({ slot }) => slot), 'default'];
  const others = edition.slots.length <= mostSlots ? edition.slots : [];
  return [...new Set([...likely, ...others])].filter((slot) => edition.slots.includes(slot)).slice(0, mostSlots);
}

/** Includes mail that is being sent, or in doubt. */
function madeIn({ outcomes, submitting }: Leaf, { sid }: Profile): Made | undefined {
  const outcome = outcomes[sid];
  return outcome && 'made' in outcome ? outcome.made : submitting[sid]?.made;
}
