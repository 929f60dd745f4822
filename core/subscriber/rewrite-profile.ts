import { AfterwordError } from '../shared/errors.ts';
import type { PeopleStore, Who } from './ports.ts';
import type { Profile } from './subscriber.ts';

/** Others kept changing the same person. Repeating the same act finishes it. */
export class PersonInDispute extends AfterwordError {
  override readonly name = 'PersonInDispute';
  constructor(sid: string) {
    super(`subscriber ${sid} kept changing meanwhile`);
  }
}

/**
 * More writers than ever meet at one person: the events of one mail, an operator, an import and the
 * person themselves.
 */
const mostTries = 10;

/**
 * Repeats `attempt` while it answers 'lost', at most ten times. `attempt` must read what it decides
 * on anew each time. Throws PersonInDispute.
 */
export async function untilWon<Answer>({ sid }: Pick<Who, 'sid'>, attempt: () => Promise<Answer | 'lost'>): Promise<Answer> {
  for (let i = 0; i < mostTries; i += 1) {
    const answer = await attempt();
    if (answer !== 'lost') return answer;
  }
  throw new PersonInDispute(sid);
}

/** A profile as it was last read, and as it is now: the same object if nothing was written. */
export interface Rewritten {
  readonly before: Profile;
  readonly after: Profile;
}

/**
 * Changes one profile safely while others write it. `change` is called again after a lost race; it
 * returns undefined if there is nothing to change. Answers undefined if there is no profile. Throws
 * PersonInDispute.
 */
export const rewriteProfile = (
  who: Who,
  change: (profile: Profile) => Promise<Omit<Profile, 'revision'> | undefined> | Omit<Profile, 'revision'> | undefined,
  people: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>,
): Promise<Rewritten | undefined> =>
  untilWon(who, async () => {
    const [before] = await people.readProfiles([who]);
    const changed = before && (await change(before));
    if (!changed) return before && { before, after: before };
    const after: Profile = { ...changed, revision: before.revision + 1 };
    return (await people.writeProfile(after, before.revision)) ? { before, after } : 'lost';
  });
