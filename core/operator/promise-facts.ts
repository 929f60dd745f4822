import { type ActionRow, isOpen, promiseAt } from '../action/action.ts';
import { knownEvents } from '../action/event.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { type DirectoryDeps, readDirectory } from '../reminder/directory.ts';
import { ownedBy, resolveOwner } from '../reminder/resolve-owner.ts';
import type { PromiseFacts } from '../runbook/promise-findings.ts';
import { dayMs } from '../shared/duration.ts';

export interface PromiseDeps extends DirectoryDeps {
  /** Lists every action item that may be told and is open, or was closed since an instant. */
  readonly actions: (since: Date, now: Date) => Promise<ActionRow[]>;
}

/** What was lost longer ago than this counts as withdrawn: nobody mends it any more. */
const lostForDays = 30;

/** Whom nobody is reminded for, where there are reminders, and which actions were lost. */
export async function promiseFacts(distribution: Distribution, now: Date, deps: PromiseDeps): Promise<PromiseFacts> {
  const rows = await deps.actions(new Date(now.getTime() - lostForDays * dayMs), now);
  const lost = rows.filter((row) => row.withdrawnAt !== undefined && row.visible && knownEvents(row.events).length > 0);
  if (!distribution.reminders) return { lost };
  const directory = await readDirectory(deps, now);
  const open = rows.filter((row) => row.visible && isOpen(promiseAt(row, now)));
  const unowned = open.flatMap((row) => {
    const { postmortem } = row;
    const found = resolveOwner(ownedBy(row, now), distribution, directory);
    return found.kind === 'people' ? [] : [{ postmortem, why: found.why, owner: found.owner }];
  });
  return { unowned, lost };
}
