import { AfterwordError } from '../shared/errors.ts';
import type { PeopleStore, Who } from './ports.ts';
import type { Profile } from './subscriber.ts';

/** Others kept changing the same person. The same act again finishes it. */
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
 * Repeats `attempt` while it answers 'lost', ten times at most. It has to read anew what it decides
 * on. Throws PersonInDispute.
 */
export async function untilWon<Answer>({ sid }: Pick<Who, 'sid'>, attempt: () => Promise<Answer | 'lost'>): Promise<Answer> {
  for (let i = 0; i < mostTries; i += 1) {
    const answer = await attempt();
    if (answer !== 'lost') return answer;
  }
  throw new PersonInDispute(sid);
}

/**
 * A profile as it was read last, and as it stands now: the same object where nothing was written.
 */
export interface Rewritten {
  readonly before: Profile;
  readonly after: Profile;
}

/**
 * Changes one profile, however many others write it at the same time. `change` is asked again after
 * a lost race; undefined: nothing to change. Answers undefined where there is nobody. Throws
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
