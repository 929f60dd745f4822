import * as z from 'zod';
import { PostmortemId, Severity } from '../postmortem/postmortem.ts';
import { StoredActionItem } from '../postmortem/stored-postmortem.ts';
import { Instant } from '../shared/instant.ts';
import { isChangedSince } from './basis.ts';
import { isUnfinished, statusOf } from './status.ts';

/** What the document says of an action item. */
export const ReportedAction = StoredActionItem;
export type ReportedAction = z.infer<typeof ReportedAction>;

const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const Row = z.looseObject({
  postmortem: PostmortemId,
  postmortemTitle: z.string(),
  /** The team that owns the postmortem. Absent in rows of earlier releases. */
  owningTeam: optional(z.string()),
  /** That of the postmortem. Absent in rows of earlier releases. */
  severity: optional(Severity),
  /** Identifies it across revisions. It stays what it was when the action was first seen. */
  aid: z.string(),
  reported: ReportedAction,
  /** When the document last changed the status of this action. */
  reportedAt: Instant,
  dueReportedAt: optional(Instant),
  ownerReportedAt: optional(Instant),
  /** What people did with it, as stored: `knownEvents` reads them. */
  events: z.array(z.unknown()).catch([]),
  /** Ids, links and hashes of titles under which it was seen, latest last. */
  keys: z.array(z.string()).catch([]),
  /** When it was first promised. Its age counts from then. */
  promisedAt: Instant,
  /** When the first revision came that has it. Absent: it came to an earlier release. */
  firstSeenAt: optional(Instant),
  /** When the last revision came that has it. */
  seenAt: optional(Instant),
  /** The revision that first had it. 0: it is older than this attribute. */
  cameIn: z.int().nonnegative().catch(0),
  /** The revision of the postmortem that was last compared with it. */
  revision: z.int().nonnegative().catch(0),
  /** Whether it may appear among open or closed actions. */
  visible: z.boolean().catch(false),
  /** When the document dropped it. It is kept, so that it is the same action if it comes back. */
  withdrawnAt: optional(Instant),
  /** Of a withdrawn one: the action that it may have become. */
  perhaps: optional(z.string()),
  /** Of a withdrawn one: the action that it is now. What people did went there. */
  movedTo: optional(z.string()),
  /** The withdrawn ones that it is now. */
  took: optional(z.array(z.string())),
  /** How many lines of the document say the same. */
  times: z.int().positive().catch(1),
  /** Counts the writes of the row. 0: it was written by a release that did not count. */
  version: z.int().nonnegative().catch(0),
});

/**
 * An action item as it is stored: what the document says, and what people did. Keeps attributes
 * that this release does not know.
 */
export type ActionRow = z.infer<typeof Row>;

const flat = Object.keys(ReportedAction.shape);
/** Attributes of earlier releases, and what they are read as. */
const earlier = [...flat, 'withdrawn', 'closedAt'];
const pick = (item: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));

/**
 * Reads a stored row, or what a list shows of one. Rows of earlier releases have the fields of the
 * document beside the others, `withdrawn`, and `closedAt` of whatever closed it.
 */
export function readActionRow(item: Readonly<Record<string, unknown>>): ActionRow {
  const reported = ReportedAction.parse(item.reported ?? pick(item, flat));
  const { promisedAt, closedAt = promisedAt } = item;
  return Row.parse({
    reportedAt: isUnfinished(reported.status) ? promisedAt : closedAt,
    ...(item.withdrawn === true && { withdrawnAt: closedAt }),
    ...Object.fromEntries(Object.entries(item).filter(([name]) => !earlier.includes(name))),
    reported,
  });
}

/** What releases before events read of a row. They find nothing else in it. */
export const asEarlier = (row: ActionRow, now: Date): Readonly<Record<string, unknown>> => {
  const { closedAt, withdrawn } = promiseAt(row, now);
  const { id: _, cost: _c, consequence: _o, assigneeHash: _a, ...reported } = row.reported;
  return { ...reported, ...(withdrawn && { withdrawn }), ...(closedAt !== undefined && { closedAt }) };
};

/** An action item as it counts at an instant. */
export interface PromisedAction extends Omit<ReportedAction, 'id'> {
  readonly postmortem: PostmortemId;
  readonly postmortemTitle: string;
  readonly aid: string;
  readonly promisedAt: Instant;
  /** The document no longer has it. */
  readonly withdrawn?: boolean;
  /** Absent while it is open. What was never known to be open counts as closed when promised. */
  readonly closedAt?: Instant;
}

/** What the document says and what people did, at an instant. */
export function promiseAt(row: ActionRow, now: Date): PromisedAction {
  const { aid, postmortem, postmortemTitle, promisedAt, withdrawnAt } = row;
  const { id: _, owner: _o, due: _d, status: _s, ...said } = row.reported;
  const { status, due, owner, closedAt = withdrawnAt } = statusOf(row, now);
  return {
    ...said,
    status,
    ...(due !== undefined && { due }),
    ...(owner !== undefined && { owner }),
    aid,
    postmortem,
    postmortemTitle,
    promisedAt,
    ...(withdrawnAt !== undefined && { withdrawn: true }),
    ...(closedAt !== undefined && { closedAt }),
  };
}

export const isOpen = ({ status, withdrawn }: Pick<PromisedAction, 'status' | 'withdrawn'>): boolean => !withdrawn && isUnfinished(status);

/** Done, and the document still says so. */
export const isKept = ({ status, withdrawn }: Pick<PromisedAction, 'status' | 'withdrawn'>): boolean => !withdrawn && status === 'done';

/**
 * Whether it is open, or will be by a decision that takes effect later, or is a risk that was
 * accepted on another text and waits for another decision. It then stands in the list of open
 * actions.
 */
export function mayBeOpen(row: ActionRow, now: Date): boolean {
  const { status, pending, decision } = statusOf(row, now);
  const isAskedAgain = status === 'declined' && decision?.what === 'accept the risk' && isChangedSince(decision, row, now);
  return row.withdrawnAt === undefined && (isUnfinished(status) || pending !== undefined || isAskedAgain);
}
