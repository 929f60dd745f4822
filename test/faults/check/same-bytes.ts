import { createHash } from 'node:crypto';
import { profileOf } from '../../../adapters/dynamodb/profile-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { profileKey } from '../../../adapters/dynamodb/table-shape.ts';
import type { Outcome } from '../../../core/delivery/outcome.ts';
import type { MailMaker } from '../../../core/delivery/ports.ts';
import { realmOf } from '../../../core/edition/edition.ts';
import { mimeBytes } from '../../../core/mail/mail-text.ts';
import type { Profile, SubscriberId } from '../../../core/subscriber/subscriber.ts';
import { deliveryOf, type History, type Violation } from './history.ts';
import type { EditionFacts } from './ledger.ts';

export interface SameBytes {
  readonly violations: readonly Violation[];
  readonly compared: number;
  /**
   * Mails that cannot be compared, because the profile has changed since, or what was made for
   * their attempt is not kept.
   */
  readonly leftOut: number;
}

/**
 * I5: the stored edition and `made` reproduce the bytes that the server accepted. An outcome keeps
 * what was made for one attempt, and every copy of that attempt is compared. If the outcome says
 * accepted, there must be one.
 */
export async function bytesAreReproduced({ editions, accepted }: History, table: Table, makeMail: MailMaker): Promise<SameBytes> {
  const linesOf = Map.groupBy(accepted, deliveryOf);
  const violations: Violation[] = [];
  let [compared, leftOut] = [0, 0];
  for (const facts of editions) {
    const { edition, leaves } = facts;
    for (const { leaf } of leaves) {
      const profiles = await readProfiles(table, facts, Object.keys(leaf.outcomes));
      for (const [sid, outcome] of Object.entries(leaf.outcomes)) {
        if (!('made' in outcome)) continue;
        const wrong = (what: string) => violations.push({ invariant: 'I5', edition: edition.id, subscriber: sid, what });
        const lines = linesOf.get(deliveryOf({ edition: edition.id, subscriber: sid })) ?? [];
        const ofThisAttempt = lines.filter(({ attempt }) => attempt === outcome.attempt);
        leftOut += lines.length - ofThisAttempt.length;
        const known = lines.map(({ attempt }) => attempt).join(', ') || 'none';
        if (outcome.kind === 'accepted' && ofThisAttempt.length === 0)
          wrong(`the ledger says that attempt ${outcome.attempt} was accepted, the server knows attempts: ${known}`);
        const profile = profiles.get(sid);
        if (profile?.revision !== outcome.made.profile) {
          leftOut += ofThisAttempt.length;
          continue;
        }
        compared += ofThisAttempt.length;
        for (const { sha256 } of ofThisAttempt)
          if (!makesAgain(sha256, facts, profile, outcome, makeMail))
            wrong(`attempt ${outcome.attempt} makes other bytes than were accepted`);
      }
    }
  }
  return { violations, compared, leftOut };
}

async function readProfiles(table: Table, { edition }: EditionFacts, people: readonly SubscriberId[]): Promise<Map<SubscriberId, Profile>> {
  const items = await table.readMany(people.map((sid) => profileKey(realmOf(edition), sid)));
  return new Map(items.map(profileOf).map((profile) => [profile.sid, profile]));
}

/**
 * Whether a mail made again has this hash, both from the reader's choices and from the signs of the
 * cards alone. The cards show what was withheld when the mail was made. Its other lines do not, so
 * every subset of the withheld postmortems is tried.
 */
function makesAgain(
  sha256: string,
  { edition, fragments }: EditionFacts,
  profile: Profile,
  { attempt, made }: Extract<Outcome, { made: unknown }>,
  makeMail: MailMaker,
): boolean {
  if (fragments === undefined) return false;
  return subsetsOf(edition.withheld).some((withheld) => {
    const options = { withheld: new Set(withheld), attempt, issuedAt: made.issuedAt };
    const mails = [{}, { cards: made.cards }].map((kept) => makeMail(edition, fragments, profile, { ...options, ...kept }));
    return mails.every(
      (mail) =>
        mail.kind === 'mail' &&
        mail.made.cards === made.cards &&
        createHash('sha256').update(mimeBytes(mail.mime)).digest('hex') === sha256,
    );
  });
}

const subsetsOf = ([first, ...rest]: readonly string[]): string[][] => {
  if (first === undefined) return [[]];
  const without = subsetsOf(rest);
  return [...without, ...without.map((subset) => [first, ...subset])];
};
