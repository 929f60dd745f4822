import type { Postmortem } from '../postmortem/postmortem.ts';
import type { Instant } from '../shared/instant.ts';
import type { ActionRow } from './action.ts';
import { knownEvents } from './event.ts';
import { aidFor, keysOf, type Matched, matchActions, type SaidAction } from './match-actions.ts';

/** A revision of a postmortem, as its actions need it. */
export interface ActionRevision {
  readonly postmortem: Postmortem;
  readonly revision: number;
  /** When it came. */
  readonly at: Instant;
  /**
   * Whether the revision before could be seen. What is added then was promised when this one came.
   */
  readonly wasTold: boolean;
  /** Whether mails may tell of its actions. */
  readonly isPromised: boolean;
}

const maxKeys = 12;

/** What this very revision dropped counts as there: taking it in again gives the same. */
const match = (before: readonly ActionRow[], { postmortem, at }: Pick<ActionRevision, 'postmortem' | 'at'>): Matched =>
  matchActions(
    before.map((row) => ({ ...row, isThere: row.withdrawnAt === undefined || row.withdrawnAt === at, isWritten: row.seenAt === at })),
    postmortem.actionItems,
  );

/**
 * The action items after a revision: those that it has, and those that it dropped, as withdrawn.
 * What people did stays with the action that they did it with. Taking in the same revision again,
 * or the rest of it after a crash, gives the same result.
 */
export function followActions(revision: ActionRevision, before: readonly ActionRow[]): ActionRow[] {
  const { postmortem, at } = revision;
  const { same, perhaps, fresh } = match(before, revision);
  const taken = new Set(before.map(({ aid }) => aid));
  const aids = new Map<SaidAction, string>();
  for (const one of fresh.toSorted(inNoOrder)) {
    const aid = aidFor(one, (id) => taken.has(id));
    taken.add(aid);
    aids.set(one, aid);
  }
  const { title, severity, owningTeam } = postmortem;
  const seen = {
    postmortemTitle: title,
    severity,
    ...(owningTeam !== undefined && { owningTeam }),
    revision: revision.revision,
    visible: revision.isPromised,
  };
  const known = before.map(({ owningTeam: _, ...row }): ActionRow => {
    const said = same.get(row.aid);
    if (said) return { ...again(row, said, at), ...seen };
    const like = perhaps.get(row.aid);
    return { ...row, withdrawnAt: row.withdrawnAt ?? at, perhaps: row.perhaps ?? (like && aids.get(like)), ...seen };
  });
  const older = new Map(known.flatMap((row) => (row.withdrawnAt === at && row.perhaps ? [[row.perhaps, row.promisedAt]] : [])));
  const promised = (revision.wasTold ? undefined : postmortem.publishedAt) ?? at;
  const added = [...aids].map(([said, aid]): ActionRow => {
    // What may be an older action counts from when that was promised.
    const promisedAt = older.get(aid) ?? promised;
    return {
      postmortem: postmortem.id,
      aid,
      reported: said.item,
      reportedAt: promisedAt,
      events: [],
      keys: keysOf(said.item),
      promisedAt,
      firstSeenAt: at,
      cameIn: revision.revision,
      seenAt: at,
      times: said.times,
      version: 0,
      ...seen,
    };
  });
  // Known ones first: a crash before the rest are written leaves everything to be matched as now.
  return [...known, ...added];
}

/** By what they say, because their order in the document means nothing. */
const inNoOrder = (a: SaidAction, b: SaidAction) => {
  const [one, other] = [JSON.stringify(a.item), JSON.stringify(b.item)];
  return one < other ? -1 : Number(one > other);
};

function again(row: ActionRow, { item, times }: SaidAction, at: Instant): ActionRow {
  const { reported, keys, withdrawnAt: _, perhaps: _p, movedTo: _m, ...rest } = row;
  return {
    ...rest,
    reported: item,
    keys: [...new Set([...keys, ...keysOf(reported), ...keysOf(item)])].slice(-maxKeys),
    seenAt: at,
    times,
    ...(item.status !== reported.status && { reportedAt: at }),
    ...(item.due !== reported.due && { dueReportedAt: at }),
    ...(item.owner !== reported.owner && { ownerReportedAt: at }),
  };
}

/** Actions with which people did something, and which a revision would lose. */
export interface LostAction {
  readonly row: ActionRow;
  /** Title of the action that it may have become. */
  readonly perhaps: string | undefined;
}

/** Those that this revision loses; what an earlier one lost is not told again. */
export function lostActions(before: readonly ActionRow[], revision: Pick<ActionRevision, 'postmortem' | 'at'>): LostAction[] {
  const { same, perhaps } = match(before, revision);
  return before
    .filter((row) => !same.has(row.aid) && row.withdrawnAt === undefined && knownEvents(row.events).length > 0)
    .map((row) => ({ row, perhaps: perhaps.get(row.aid)?.item.title }));
}
