import type { Edition, EditionId } from '../edition/edition.ts';
import { slotAt } from '../edition/waves.ts';
import { linkedIn } from '../mail/assemble.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Profile, Slot } from '../subscriber/subscriber.ts';
import { type MailSettings, readerMail } from './make-mail.ts';
import type { Doubted } from './outcome.ts';
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
  deps: SentMailDeps,
): Promise<{ readonly html: string } | 'withheld' | undefined> {
  const sent = await whatWasSent(id, profile, deps);
  if (!sent) return undefined;
  const { edition, kept } = sent;
  const { format: _plain, ...reader } = profile;
  const options = { withheld: new Set(edition.withheld), issuedAt: kept.made.issuedAt, cards: kept.made.cards };
  const mail = readerMail(edition, await deps.fragments.readFragments(edition), reader, settings, options);
  if (typeof mail === 'string') return mail === 'withheld' ? mail : undefined;
  return { html: mail.html.replaceAll('{{ses:openTracker}}', '') };
}

/**
 * The postmortems to whose pages the mail linked that this reader got, in no order. Empty if they
 * got none. `issuedAt`: of its links, which tells the copies of a mail apart. What is withheld now
 * may be among them: the archive knows whether it may be shown.
 */
export async function sentLinks(id: EditionId, profile: Profile, issuedAt: number, deps: SentMailDeps): Promise<ReadonlySet<PostmortemId>> {
  const sent = await whatWasSent(id, profile, deps);
  if (!sent) return new Set();
  const { edition, kept } = sent;
  const { cards } = kept.earlier?.find((made) => made.issuedAt === issuedAt) ?? kept.made;
  return linkedIn(await deps.fragments.readFragments(edition), { cards, withheld: new Set(edition.missed) });
}

/** Reads the edition and what the ledger keeps of its mail to this reader. */
async function whatWasSent(id: EditionId, profile: Profile, { editions, leaves }: SentMailDeps) {
  const edition = await editions.read(id);
  if (!edition?.content) return undefined;
  for (const slot of slotsToTry(edition, profile)) {
    const found = await leaves.find(id, slot, profile.sid);
    const kept = found && keptOf(found.leaf, profile);
    if (kept) return { edition, kept };
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
function keptOf({ outcomes, submitting }: Leaf, { sid }: Profile): Pick<Doubted, 'made' | 'earlier'> | undefined {
  const outcome = outcomes[sid];
  return outcome && 'made' in outcome ? outcome : submitting[sid];
}
