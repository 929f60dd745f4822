import type { PostmortemId } from '../postmortem/postmortem.ts';
import { AfterwordError } from '../shared/errors.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import { type ActionRow, readActionRow } from './action.ts';
import { ActionEvent } from './event.ts';
import type { ActionLedger } from './ports.ts';

/** An event before it has the instant that names it. */
export type NewEvent = ActionEvent extends infer E ? (E extends ActionEvent ? Omit<E, 'at'> : never) : never;

/** A row keeps so many events. People do not press so often; a program that went wrong might. */
export const mostEvents = 60;

export interface Where {
  readonly postmortem: PostmortemId;
  readonly aid: string;
}

/** What becomes of the row as it is now. `refused`: why nothing does. */
export type Change<R> =
  | { readonly kind: 'events'; readonly events: readonly NewEvent[] }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly why: R };

export type Pressed<R> =
  | { readonly kind: 'stored'; readonly row: ActionRow; readonly added: readonly ActionEvent[] }
  /** It is so already. */
  | { readonly kind: 'nothing'; readonly row: ActionRow }
  | { readonly kind: 'refused'; readonly why: R; readonly row: ActionRow }
  | { readonly kind: 'gone' }
  | { readonly kind: 'full'; readonly row: ActionRow };

/** Others kept writing the row. Nothing was stored; the person may press again. */
export class ActionKeptChanging extends AfterwordError {
  override readonly name = 'ActionKeptChanging';
  constructor({ postmortem, aid }: Where) {
    super(`action ${aid} of ${postmortem} was being changed by others at the same time`);
  }
}

const tries = 8;

/**
 * Adds what people did to the row of an action item. `change` decides by the row as it is stored.
 * It is asked again if somebody else wrote the row meanwhile, so what it decides holds for the row
 * that is replaced. An event that was stored is never lost. Each gets an instant of its own.
 */
export async function pressAction<R = never>(
  where: Where,
  change: (row: ActionRow) => Change<R>,
  { actions, now }: { readonly actions: Pick<ActionLedger, 'read' | 'put'>; readonly now: () => Date },
): Promise<Pressed<R>> {
  for (let i = 0; i < tries; i += 1) {
    const row = await actions.read(where.postmortem, where.aid);
    if (!row) return { kind: 'gone' };
    const wanted = change(row);
    if (wanted.kind !== 'events') return { ...wanted, row };
    if (wanted.events.length === 0) return { kind: 'nothing', row };
    if (row.events.length + wanted.events.length > mostEvents) return { kind: 'full', row };
    const added = withInstants(row, wanted.events, now());
    const next = readActionRow({ ...row, events: [...row.events, ...added] });
    if (await actions.put(next, toInstant(now()))) return { kind: 'stored', row: next, added };
  }
  throw new ActionKeptChanging(where);
}

/** Each later than all events of the row, also where the clocks of two functions differ. */
function withInstants(row: ActionRow, events: readonly NewEvent[], now: Date): ActionEvent[] {
  const known = row.events.flatMap((one) => {
    const at = Date.parse(String(Object(one).at));
    return Number.isNaN(at) ? [] : [at];
  });
  const first = Math.max(now.getTime(), ...known.map((at) => at + 1));
  return events.map((event, n) => ActionEvent.parse({ ...event, at: atInstant(first + n) }));
}
const atInstant = (ms: number): Instant => toInstant(new Date(ms));
