import type { PostmortemId } from '../postmortem/postmortem.ts';
import { type Instant, isAfter, toInstant } from '../shared/instant.ts';
import { type ActionRow, readActionRow } from './action.ts';
import type { ActionLedger } from './ports.ts';
import { ActionKeptChanging, mostEvents } from './press.ts';

/**
 * Why nothing is reattached. `there`: the document still has the action. `withdrawn`: it does not
 * have the other one. `nothing to move`: nobody did anything with it. `elsewhere`: that went with
 * another action already. `full`: the other one would have too many events.
 */
export type NotReattached = 'there' | 'withdrawn' | 'nothing to move' | 'elsewhere' | 'full';

export type Reattached =
  | { readonly kind: 'stored' | 'nothing'; readonly from: ActionRow; readonly to: ActionRow }
  | { readonly kind: 'refused'; readonly why: NotReattached; readonly from: ActionRow; readonly to: ActionRow }
  /** One of them does not exist. */
  | { readonly kind: 'gone' };

export interface Lost {
  readonly postmortem: PostmortemId;
  /** The action that a revision lost. */
  readonly from: string;
  /** The action that it is now. */
  readonly to: string;
}

const tries = 8;

/**
 * Says that an action which a revision lost is another one now: what people did with it goes there,
 * and it counts from when the lost one was promised. First the one is put, then the other, so that
 * a crash between them loses nothing; the next press does the rest. The second time nothing is
 * changed.
 */
export async function reattachAction(
  { postmortem, from, to }: Lost,
  { actions, now }: { readonly actions: Pick<ActionLedger, 'read' | 'put'>; readonly now: () => Date },
): Promise<Reattached> {
  for (let i = 0; i < tries; i += 1) {
    const [lost, found] = await Promise.all([actions.read(postmortem, from), actions.read(postmortem, to)]);
    if (!lost || !found) return { kind: 'gone' };
    const answer = reattached(lost, found);
    if ('kind' in answer) return { ...answer, from: lost, to: found };
    const at = toInstant(now());
    const isPut = answer.to === found || (await actions.put(answer.to, at));
    if (isPut && (await actions.put(answer.from, at))) return { kind: 'stored', ...answer };
  }
  throw new ActionKeptChanging({ postmortem, aid: from });
}

/** Both rows afterwards, or why they stay as they are. */
export function reattached(
  lost: ActionRow,
  found: ActionRow,
):
  | { readonly from: ActionRow; readonly to: ActionRow }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly why: NotReattached } {
  if (lost.movedTo !== undefined) return lost.movedTo === found.aid ? { kind: 'nothing' } : { kind: 'refused', why: 'elsewhere' };
  if (lost.withdrawnAt === undefined) return { kind: 'refused', why: 'there' };
  if (found.withdrawnAt !== undefined) return { kind: 'refused', why: 'withdrawn' };
  const { perhaps: _, ...rest } = lost;
  const from = readActionRow({ ...rest, events: [], movedTo: found.aid });
  // A press before put this one and died.
  if (found.took?.includes(lost.aid)) return { from, to: found };
  if (lost.events.length === 0) return { kind: 'refused', why: 'nothing to move' };
  const events = joined(lost.events, found.events);
  if (events.length > mostEvents) return { kind: 'refused', why: 'full' };
  const to = readActionRow({
    ...found,
    ...wordsOfDocument(lost, found, lost.withdrawnAt),
    events,
    took: [...(found.took ?? []), lost.aid],
    promisedAt: isAfter(found.promisedAt, lost.promisedAt) ? lost.promisedAt : found.promisedAt,
  });
  return { from, to };
}

/**
 * When the document last said otherwise: as if both had been one action all along, which was
 * reworded when the one was lost.
 */
function wordsOfDocument(lost: ActionRow, found: ActionRow, rewordedAt: Instant) {
  const changed = (after: Instant | undefined, isSame: boolean, before: Instant | undefined): Instant | undefined => {
    if (after !== undefined && isAfter(after, rewordedAt)) return after;
    return isSame ? before : rewordedAt;
  };
  const [was, is] = [lost.reported, found.reported];
  return {
    reportedAt: changed(found.reportedAt, was.status === is.status, lost.reportedAt),
    dueReportedAt: changed(found.dueReportedAt, was.due === is.due, lost.dueReportedAt),
    ownerReportedAt: changed(found.ownerReportedAt, was.owner === is.owner, lost.ownerReportedAt),
  };
}

/** Events of two rows may have one instant. In one row it names an event, so one is moved on. */
function joined(lost: readonly unknown[], found: readonly unknown[]): unknown[] {
  const taken = new Set(found.map(instantOf));
  const moved = new Map<string, Instant>();
  for (const event of lost) {
    const at = instantOf(event);
    let ms = Date.parse(at);
    // Nothing reads such a one. The row keeps it.
    if (Number.isNaN(ms)) continue;
    while (taken.has(toInstant(new Date(ms)))) ms += 1;
    taken.add(toInstant(new Date(ms)));
    moved.set(at, toInstant(new Date(ms)));
  }
  const movedOn = (event: unknown) => {
    const undone: unknown = Object(event).event;
    return {
      ...Object(event),
      at: moved.get(instantOf(event)) ?? Object(event).at,
      ...(typeof undone === 'string' && { event: moved.get(asInstant(undone)) ?? undone }),
    };
  };
  return [...lost.map(movedOn), ...found].toSorted((a, b) => Date.parse(instantOf(a)) - Date.parse(instantOf(b)) || 0);
}

const asInstant = (text: string): Instant => (Number.isNaN(Date.parse(text)) ? text : toInstant(new Date(text)));
const instantOf = (event: unknown): Instant => asInstant(String(Object(event).at));
