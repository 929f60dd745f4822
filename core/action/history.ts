import type { Instant } from '../shared/instant.ts';
import { ActionEvent } from './event.ts';

/** One thing that was done with an action item, in words. */
export interface HistoryLine {
  readonly at: Instant;
  /** Id of a key, or sid of a person. */
  readonly by: string;
  /** A kind of event, or one of a later release. */
  readonly kind: string;
  readonly says: string;
  /** When it counts from, if that is later. */
  readonly effectiveAt?: Instant;
  /** When it was taken back. */
  readonly undoneAt?: Instant;
}

/** Everything that was done, oldest first, what was taken back too. */
export function historyOf(stored: readonly unknown[]): HistoryLine[] {
  const undone = new Map(
    stored.flatMap((one) => {
      const read = ActionEvent.safeParse(one).data;
      return read?.kind === 'undone' ? [[Date.parse(read.event), read.at] as const] : [];
    }),
  );
  return stored
    .flatMap((one) => {
      const read = ActionEvent.safeParse(one).data;
      if (!read) return unknownLine(one);
      const { at, by, kind } = read;
      const undoneAt = undone.get(Date.parse(at));
      const effectiveAt = read.kind === 'decided' ? { effectiveAt: read.effectiveAt } : {};
      return read.kind === 'undone'
        ? []
        : [{ at, by, kind, says: eventWords(read), ...effectiveAt, ...(undoneAt !== undefined && { undoneAt }) }];
    })
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** What another release wrote. Its kind is shown. */
function unknownLine(one: unknown): HistoryLine[] {
  const { at, by, kind } = Object(one);
  return typeof at === 'string' && typeof by === 'string' && typeof kind === 'string' && !Number.isNaN(Date.parse(at))
    ? [{ at, by, kind, says: kind }]
    : [];
}

const decisionWords = {
  fund: 'funded it',
  'accept the risk': 'accepted the risk',
  defer: 'put it off',
  'need more': 'needs to know more',
} as const satisfies Record<Extract<ActionEvent, { kind: 'decided' }>['what'], string>;

/** `VP Engineering put it off until 2027-01-15: parts are late`. */
export function eventWords(event: Exclude<ActionEvent, { kind: 'undone' }>): string {
  const because = (words: string, reason: string) => (reason === '' ? words : `${words}: ${reason}`);
  switch (event.kind) {
    case 'decided':
      return because(`${event.as} ${decisionWords[event.what]}${event.until === undefined ? '' : ` until ${event.until}`}`, event.reason);
    case 'done':
      return 'Done';
    case 'reopened':
      return because('Reopened', event.reason);
    case 'rescheduled':
      return because(`Due on ${event.due}`, event.reason);
    case 'handed over':
      return `Handed over to ${event.to}`;
    case 'answered':
      return because('Answered', event.text);
    case 'imported':
      return `${event.status}, says ${event.from}`;
    default:
      return event satisfies never;
  }
}
