import type { InDirectory } from '../subscriber/directory.ts';
import type { Who } from '../subscriber/ports.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { parseAddress, subscriberId } from '../subscriber/subscriber-id.ts';
import type { DirectoryDeps } from './ports.ts';
import { DirectoryRefusal } from './refusal.ts';

/** Somebody whom the directory manages. */
export type DirectoryUser = Profile & { readonly directory: InDirectory };

interface FoundUser {
  readonly user: DirectoryUser;
  /** Left by a move that broke off: the person under their earlier address. */
  readonly stray: Profile | undefined;
}

export const isManaged = (profile: Profile): profile is DirectoryUser => profile.directory !== undefined;
const staff = (sid: string): Who => ({ realm: 'staff', sid });

/** The person whom the directory knows by this id. Undefined if there is nobody. */
export async function findUser(
  id: string,
  { directory, people }: Pick<DirectoryDeps, 'directory' | 'people'>,
): Promise<FoundUser | undefined> {
  const sids = await directory.readPlace(id);
  const profiles = sids.length > 0 ? await people.readProfiles(sids.map(staff)) : [];
  const here = sids.flatMap((sid) => profiles.filter((one) => one.sid === sid && one.directory?.id === id)).filter(isManaged);
  const user = here.at(-1);
  return user && { user, stray: here.find(({ sid }) => sid !== user.sid) };
}

/** The same, or a refusal. */
export async function userOr404(id: string, deps: Pick<DirectoryDeps, 'directory' | 'people'>): Promise<FoundUser> {
  const found = await findUser(id, deps);
  if (!found) {
    throw new DirectoryRefusal(
      404,
      `There is no user with the id ${JSON.stringify(id.slice(0, 64))}.`,
      'Look them up by userName, and create them if nobody is found: in Entra, restart the provisioning.',
    );
  }
  return found;
}

/** The person with this address, if the directory manages them. */
export async function findByAddress(
  text: string,
  { people, secrets }: Pick<DirectoryDeps, 'people' | 'secrets'>,
): Promise<DirectoryUser[]> {
  const address = parseAddress(text);
  const profiles = address ? await people.readProfiles([staff(subscriberId('staff', address, secrets.identity))]) : [];
  return profiles.filter(isManaged);
}
