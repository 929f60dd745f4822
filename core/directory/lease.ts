import { AfterwordError } from '../shared/errors.ts';
import { toInstant } from '../shared/instant.ts';
import type { DirectoryDeps } from './ports.ts';

/**
 * Longer than the function may run: whoever still has a lease that ended was killed before, and
 * writes no more.
 */
export const leaseSeconds = 45;
/**
 * Some eight seconds in all. Whoever waits keeps a function busy, and needs time for their own
 * work.
 */
const mostTries = 50;
const longestPauseMs = 200;

/**
 * Other requests change groups without a pause. Nothing was changed; the same again later does it.
 */
export class DirectoryBusy extends AfterwordError {
  override readonly name = 'DirectoryBusy';
  constructor() {
    super('other requests change the groups of the directory');
  }
}

/**
 * There was no time for so many people. The lease is let go of, so that nobody waits for it to end
 * as after a function that was killed. The same again does the rest.
 */
export class DirectoryUnfinished extends AfterwordError {
  override readonly name = 'DirectoryUnfinished';
  readonly left: number;
  constructor(left: number) {
    super(`${left} people are left to be changed`);
    this.left = left;
  }
}

/**
 * Carries out what changes groups, or reads who is in one and then decides: one request at a time.
 * Members are written one by one, so that two requests at once would each leave a part of theirs.
 * `work` must not return, or throw, before all that it writes is written. After a crash the next
 * request waits until the lease has ended. Throws DirectoryBusy.
 */
export async function oneAtATime<Done>(deps: DirectoryDeps, work: () => Promise<Done>): Promise<Done> {
  const owner = deps.newId();
  for (let tries = 1; !(await holds(owner, deps)); tries += 1) {
    if (tries >= mostTries) throw new DirectoryBusy();
    await deps.wait(Math.min(25 * 2 ** tries, longestPauseMs));
  }
  try {
    return await work();
  } finally {
    await deps.directory.endLease(owner);
  }
}

function holds(owner: string, { directory, now }: DirectoryDeps): Promise<boolean> {
  const at = now();
  return directory.takeLease(owner, at, toInstant(new Date(Date.parse(at) + leaseSeconds * 1000)));
}
