import type { AuditLine } from '../audit/audit.ts';
import type { Brake, Braked, DirectoryDeps } from './ports.ts';
import { DirectoryRefusal } from './refusal.ts';

/** So many a day pass each brake, however small the organisation is. */
const alwaysAllowed = 20;
/** As of a synchronised file: more than this share at once is more often wrong than right. */
const usualShare = 0.1;

interface Words {
  readonly setting: 'leaversADay' | 'movesADay' | 'lossesADay';
  /** What the directory may do, to at most so many. */
  readonly may: string;
  readonly meant: string;
  /** What is so until it is let through. */
  readonly meanwhile: string;
}
export const brakeWords: Readonly<Record<Brake, Words>> = {
  leavers: {
    setting: 'leaversADay',
    may: 'suspend at most',
    meant: 'they really left',
    meanwhile: 'Whoever left beyond that gets mail until the directory suspends them',
  },
  moves: {
    setting: 'movesADay',
    may: 'give another address to at most',
    meant: 'their addresses really changed',
    meanwhile: 'Mail of the others goes to their earlier addresses until the directory moves them',
  },
  losses: {
    setting: 'lossesADay',
    may: 'take the team or the role from at most',
    meant: 'they are really in no such team any more',
    meanwhile: 'The others keep theirs',
  },
};

/** How many people an act is about to suspend, to move, and to take a team or a role from. */
type Tally = Readonly<Partial<Record<Brake, number>>>;
/**
 * Says what the act needs in all. What was counted for it before counts once, and what it needs no
 * more is given back. Throws a refusal if a brake holds.
 */
export type Allow = (needed: Tally) => Promise<void>;

/**
 * Carries out one act of the directory under the brakes. A mapping or a scope that was changed by
 * mistake, or by somebody who must not, then reaches a few people and not everybody. An act that is
 * refused counts nothing; one that breaks off stays counted.
 */
export async function underBrakes<Done>(deps: DirectoryDeps, act: (allow: Allow) => Promise<Done>): Promise<Done> {
  const counted = new Map<Brake, number>();
  const day = deps.now().slice(0, 10);
  const allow: Allow = async (needed) => {
    for (const brake of ['leavers', 'moves', 'losses'] as const) {
      const people = needed[brake] ?? 0;
      const more = people - (counted.get(brake) ?? 0);
      if (more > 0) await take(brake, day, more, deps);
      if (more < 0) await deps.directory.countUnder(brake, day, more);
      counted.set(brake, people);
    }
  };
  try {
    return await act(allow);
  } catch (error) {
    if (error instanceof DirectoryRefusal) await allow({});
    throw error;
  }
}

async function take(brake: Brake, day: string, people: number, deps: DirectoryDeps): Promise<void> {
  const count = await deps.directory.countUnder(brake, day, people);
  const { may, meant, setting } = brakeWords[brake];
  // Whoever left today was active this morning: the limit does not shrink while it is used.
  const leftBefore = brake === 'leavers' ? count - people : 0;
  const chosen = deps.distribution.directory?.[setting];
  if (count <= (chosen ?? alwaysAllowed)) return;
  const most = chosen ?? Math.max(alwaysAllowed, Math.floor(((await activeStaff(deps)) + leftBefore) * usualShare));
  if (count <= most) return;
  // A directory repeats what was refused. Counted, that would use up a limit that is raised.
  await deps.directory.countUnder(brake, day, -people);
  await tellOnce({ day, at: deps.now(), brake, most }, { brake, most: String(most), day }, deps);
  throw new DirectoryRefusal(
    429,
    `The directory may ${may} ${most} people a day, and with this request there would be ${count}. Nothing was changed.`,
    `Look in the directory whether a mapping, a scope or a group was changed by mistake. If ${meant}, raise directory.${setting} in the distribution file and apply it, or wait until tomorrow (UTC).`,
  );
}

/** The line first: a crash in between tells it twice, and never not at all. */
export async function tellOnce(
  braked: Braked,
  facts: AuditLine['facts'],
  deps: Pick<DirectoryDeps, 'braked' | 'leaveLine'>,
): Promise<void> {
  if (await deps.braked.isNoted(braked)) return;
  await deps.leaveLine('directory braked', facts);
  await deps.braked.note(braked);
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
