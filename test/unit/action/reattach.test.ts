import { describe, expect, it } from 'vitest';
import { type ActionRow, readActionRow } from '../../../core/action/action.ts';
import { knownEvents } from '../../../core/action/event.ts';
import { followActions } from '../../../core/action/follow-actions.ts';
import { reattachAction } from '../../../core/action/reattach.ts';
import { statusOf } from '../../../core/action/status.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const on = (day: number) => `2026-11-${String(day).padStart(2, '0')}T09:00:00Z`;
const decided = { at: on(10), by: 'sid', kind: 'decided', what: 'accept the risk', reason: '', as: 'CTO', basis: 'b', effectiveAt: on(11) };

/** A revision reworded an action on the 12th. */
function reworded(events: object[], { was = {}, is = {} }: { was?: object; is?: object } = {}) {
  const at = (item: object, day: number, revision: number) => ({
    postmortem: aPostmortem({ id: 'pm-1', actionItems: [item], publishedAt: on(2) }),
    ...{ revision, at: on(day), wasTold: true, isPromised: true },
  });
  const first = followActions(at({ title: 'Lower the limit', due: '2026-11-20', ...was }, 2, 1), []).map((row) => ({
    ...row,
    events,
    version: 1,
  }));
  return followActions(at({ title: 'Cap what one customer may open', due: '2026-11-20', ...is }, 12, 2), first).map((row) => ({
    ...row,
    version: 1,
  }));
}

function ledger(before: readonly ActionRow[], failAt = Number.POSITIVE_INFINITY) {
  const rows = new Map(before.map((row) => [row.aid, readActionRow(row)]));
  let puts = 0;
  return {
    rows,
    actions: {
      read: async (_: string, aid: string) => rows.get(aid),
      async put(row: ActionRow) {
        puts += 1;
        if (puts === failAt) throw new Error('died');
        if (rows.get(row.aid)?.version !== row.version) return false;
        rows.set(row.aid, { ...row, version: row.version + 1 });
        return true;
      },
    },
    now: () => new Date(on(13)),
  };
}

const namesOf = (rows: readonly ActionRow[]) => {
  const [lost, found] = [rows.find(({ withdrawnAt }) => withdrawnAt), rows.find(({ withdrawnAt }) => !withdrawnAt)];
  if (!lost || !found) throw new Error('nothing was reworded');
  return { postmortem: lost.postmortem, from: lost.aid, to: found.aid };
};

describe('an action that a revision reworded beyond recognition', () => {
  it('takes over what people did, as if it had been one all along, once', async () => {
    const world = ledger(reworded([decided]));
    const where = namesOf([...world.rows.values()]);
    expect(await reattachAction(where, world)).toMatchObject({ kind: 'stored' });
    const [lost, found] = [world.rows.get(where.from), world.rows.get(where.to)];
    expect(lost).toMatchObject({ events: [], movedTo: where.to, withdrawnAt: on(12) });
    if (!found) throw new Error('it is gone');
    expect(found).toMatchObject({ promisedAt: on(2), took: [where.from] });
    expect(statusOf(found, new Date(on(14)))).toMatchObject({ status: 'declined', decision: { as: 'CTO' }, due: '2026-11-20' });
    const after = structuredClone([...world.rows]);
    expect(await reattachAction(where, world)).toMatchObject({ kind: 'nothing' });
    expect([...world.rows]).toEqual(after);
  });

  it('loses and doubles nothing if the press dies between the rows', async () => {
    const rows = reworded([decided]);
    const where = namesOf(rows);
    const died = ledger(rows, 2);
    await expect(reattachAction(where, died)).rejects.toThrow('died');
    expect([...died.rows.values()].flatMap(({ events }) => events)).toHaveLength(2);
    const again = ledger([...died.rows.values()]);
    await reattachAction(where, again);
    expect([...again.rows.values()].map(({ events }) => events.length)).toEqual([0, 1]);
  });

  it('keeps what the document said while it reworded it', async () => {
    const world = ledger(
      reworded([{ ...decided, kind: 'rescheduled', due: '2026-12-24' }], { is: { due: '2027-01-15', owner: 'Search' } }),
    );
    const where = namesOf([...world.rows.values()]);
    await reattachAction(where, world);
    const found = world.rows.get(where.to);
    expect(found && statusOf(found, new Date(on(14)))).toMatchObject({ due: '2027-01-15', owner: 'Search' });
  });

  it('tells events of one instant apart, and keeps what was undone undone', async () => {
    const rows = reworded([decided, { at: on(11), by: 'sid', kind: 'undone', event: on(10) }]);
    const where = namesOf(rows);
    const world = ledger(rows.map((row) => (row.aid === where.to ? { ...row, events: [{ at: on(10), by: 'key', kind: 'done' }] } : row)));
    await reattachAction(where, world);
    const events = world.rows.get(where.to)?.events ?? [];
    expect(events).toHaveLength(3);
    expect(new Set(events.map((event) => Object(event).at)).size).toBe(3);
    expect(knownEvents(events).map(({ kind }) => kind)).toEqual(['done']);
  });

  it('is refused where nothing was lost', async () => {
    const rows = reworded([]);
    const where = namesOf(rows);
    expect(await reattachAction(where, ledger(rows))).toMatchObject({ why: 'nothing to move' });
    expect(await reattachAction({ ...where, from: where.to, to: where.from }, ledger(rows))).toMatchObject({ why: 'there' });
    expect(await reattachAction({ ...where, to: 'title#none' }, ledger(rows))).toEqual({ kind: 'gone' });
    const both = ledger(reworded([decided]).map((row) => ({ ...row, withdrawnAt: on(12) })));
    expect(await reattachAction(where, both)).toMatchObject({ why: 'withdrawn' });
  });
});
