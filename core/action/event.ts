import * as z from 'zod';
import { ActionItem } from '../postmortem/postmortem.ts';
import { Instant, PlainDate } from '../shared/instant.ts';

/** What leadership can decide on an action item. */
export const decisions = ['fund', 'accept the risk', 'defer', 'need more'] as const;

const event = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.object({
    /** Unique in its row: it names the event. */
    at: Instant,
    /** Id of the key, or sid of the person. */
    by: z.string(),
    kind: z.literal(kind),
    ...shape,
  });

/** What a person did with an action item. The document says nothing of it. */
export const ActionEvent = z.discriminatedUnion('kind', [
  event('decided', {
    what: z.enum(decisions),
    /** Of a deferral: the day until which it is put off. */
    until: PlainDate.optional(),
    reason: z.string(),
    /** The office that decided, such as VP Engineering. */
    as: z.string(),
    /** Hash of title, owner, cost and consequence as they were shown. */
    basis: z.string(),
    effectiveAt: Instant,
    /** When the form was sent: decisions of one form are taken back together. */
    press: Instant.optional().catch(undefined),
  }),
  event('done', {}),
  event('reopened', { reason: z.string() }),
  event('rescheduled', { due: PlainDate, reason: z.string() }),
  event('handed over', { to: z.string() }),
  /** What the owner says after leadership asked for more. */
  event('answered', { text: z.string() }),
  event('imported', { status: ActionItem.shape.status.unwrap(), from: z.string() }),
  /** Takes back the event of that instant. */
  event('undone', { event: Instant }),
]);
export type ActionEvent = z.infer<typeof ActionEvent>;
export type Decision = Extract<ActionEvent, { kind: 'decided' }>;
export type OwnersAnswer = Extract<ActionEvent, { kind: 'answered' }>;

/**
 * The events of a stored row that this release knows, oldest first, without those that were undone.
 * What a later release wrote otherwise counts as not there; the row keeps it.
 */
export const knownEvents = (stored: readonly unknown[]): ActionEvent[] =>
  toldEvents(stored).flatMap(({ event, undoneAt }) => (undoneAt === undefined ? [event] : []));

/** Everything that was done and can be read, in order, with when it was taken back if it was. */
export function toldEvents(stored: readonly unknown[]): { readonly event: ActionEvent; readonly undoneAt?: Instant }[] {
  const events = stored.flatMap((one) => {
    const read = ActionEvent.safeParse(one);
    return read.success ? [read.data] : [];
  });
  const undone = new Map(events.flatMap((one) => (one.kind === 'undone' ? [[Date.parse(one.event), one.at] as const] : [])));
  return events
    .filter(({ kind }) => kind !== 'undone')
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map((event) => {
      const undoneAt = undone.get(Date.parse(event.at));
      return { event, ...(undoneAt !== undefined && { undoneAt }) };
    });
}
