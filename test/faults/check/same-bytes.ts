import { createHash } from 'node:crypto';
import { profileOf } from '../../../adapters/dynamodb/profile-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { profileKey } from '../../../adapters/dynamodb/table-shape.ts';
import type { Outcome } from '../../../core/delivery/outcome.ts';
import type { MailMaker } from '../../../core/delivery/ports.ts';
import { realmOf } from '../../../core/edition/edition.ts';
import type { Profile, SubscriberId } from '../../../core/subscriber/subscriber.ts';
import { deliveryOf, type History, type Violation } from './history.ts';
import type { EditionFacts } from './ledger.ts';

export interface SameBytes {
  readonly violations: readonly Violation[];
  readonly compared: number;
  /** The profile has changed since, or it was the other attempt: what was made then is not kept. */
  readonly leftOut: number;
}

/**
 * I5: the bytes that the server accepted are those that the stored edition and `made` make again.
 * An outcome keeps what was made for one attempt, and every copy of that one is compared; where it
 * says accepted, there has to be one.
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
 * Both from what the reader wishes and from the signs of the cards alone. What was withheld when a
 * mail was made is known by its cards; what its other lines left out is one of the ways there are.
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
      (mail) => mail.kind === 'mail' && mail.made.cards === made.cards && createHash('sha256').update(mail.mime).digest('hex') === sha256,
    );
  });
}

const subsetsOf = ([first, ...rest]: readonly string[]): string[][] => {
  if (first === undefined) return [[]];
  const without = subsetsOf(rest);
  return [...without, ...without.map((subset) => [first, ...subset])];
};
