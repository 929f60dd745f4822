import type { DirectoryDeps } from './ports.ts';
import { DirectoryRefusal } from './refusal.ts';

/** So many may leave on any day, however small the organisation is. */
const alwaysAllowed = 20;
/** As of a synchronised file: more than this share at once is more often wrong than right. */
const usualShare = 0.1;

/**
 * Counts somebody whom the directory is about to suspend. Throws a refusal if too many left today:
 * a scope or a filter that was changed by mistake then silences nobody else.
 */
export async function allowLeaver(deps: DirectoryDeps): Promise<void> {
  const day = deps.now().slice(0, 10);
  const count = await deps.directory.countLeaver(day);
  if (count <= alwaysAllowed && deps.distribution.directory?.leaversADay === undefined) return;
  const most = deps.distribution.directory?.leaversADay ?? Math.max(alwaysAllowed, Math.floor((await activeStaff(deps)) * usualShare));
  if (count <= most) return;
  // A directory repeats what was refused. Counted, that would use up a limit that is raised.
  await deps.directory.uncountLeaver(day);
  throw new DirectoryRefusal(
    429,
    `The directory suspended ${most} people today, and no more are suspended until tomorrow (UTC). If they really left, raise directory.leaversADay in the distribution file and apply it.`,
  );
}

async function activeStaff({ list }: Pick<DirectoryDeps, 'list'>): Promise<number> {
  let [found, cursor]: [number, string | undefined] = [0, undefined];
  do {
    const page: Awaited<ReturnType<typeof list.list>> = await list.list(1000, cursor);
    found += page.people.filter(({ realm, isSuspended }) => realm === 'staff' && !isSuspended).length;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}
