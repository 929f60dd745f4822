import type { ActionRow } from '../action/action.ts';
import { type ActionRevision, followActions } from '../action/follow-actions.ts';
import type { ActionLedger } from '../action/ports.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import { lastHidden, type StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { AfterwordError } from '../shared/errors.ts';

/** Others kept writing the actions of the same postmortem. The rest is left to the next run. */
export class ActionsKeptChanging extends AfterwordError {
  override readonly name = 'ActionsKeptChanging';
  constructor(id: string) {
    super(`the actions of ${id} were being changed by others at the same time`);
  }
}

const tries = 8;

/** What its actions need to know of a stored revision. */
export const actionRevision = (stored: StoredPostmortem): ActionRevision => ({
  postmortem: stored.postmortem,
  revision: stored.revision,
  at: stored.updatedAt,
  wasTold: lastHidden(stored) < stored.revision - 1,
  // Mails tell of promises from the ledger, and no mail tells of history (docs/adr/036).
  isPromised: isTellable(stored.postmortem) && stored.publication !== 'history',
});

/** The rows of its actions as a revision leaves them, even if they lag or it is a draft. */
export const leftBy = (stored: StoredPostmortem, rows: readonly ActionRow[]): readonly ActionRow[] =>
  rows.some(({ revision }) => revision < stored.revision) ? followActions(actionRevision(stored), rows) : rows;

/**
 * Brings the rows of action items to a revision. Each row is put on condition that nobody wrote it
 * since it was read; if somebody did, all are read and matched again. Does nothing once a later
 * revision was here, so that a slow writer does not undo it. Can be repeated.
 */
export async function keepActions(stored: StoredPostmortem, actions: Pick<ActionLedger, 'list' | 'put'>): Promise<void> {
  const { id } = stored.postmortem;
  for (let i = 0; i < tries; i += 1) {
    const before = await actions.list(id);
    if (before.some(({ revision }) => revision > stored.revision)) return;
    const changed = changedRows(before, followActions(actionRevision(stored), before));
    if (await putAll(changed, stored, actions)) return;
  }
  throw new ActionsKeptChanging(id);
}

/** Rows of earlier releases count as changed once. */
function changedRows(before: readonly ActionRow[], after: readonly ActionRow[]): ActionRow[] {
  const known = new Map(before.map((row) => [row.aid, textOf(row)]));
  return after.filter((row) => row.version === 0 || known.get(row.aid) !== textOf(row));
}
const textOf = (row: ActionRow) => JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));

async function putAll(
  rows: readonly ActionRow[],
  { updatedAt }: StoredPostmortem,
  actions: Pick<ActionLedger, 'list' | 'put'>,
): Promise<boolean> {
  for (const row of rows) if (!(await actions.put(row, updatedAt))) return false;
  return true;
}
