/** What the operator's routes say of action items, as data. See api.ts. */
import * as z from 'zod';
import type { NotReattached } from '../action/reattach.ts';
import type { WishRefusal } from '../action/wish.ts';
import { Reason } from '../audit/reason.ts';
import { ActionItem, PostmortemId } from '../postmortem/postmortem.ts';
import { Instant, PlainDate } from '../shared/instant.ts';
import { isOneLine } from '../shared/text.ts';

/**
 * What became of an action item. `open` is filtered with those that are overdue. `history`: its
 * postmortem came as part of an archive, so that nobody promised it lately, whatever it says.
 */
export const actionStates = ['open', 'overdue', 'kept', 'declined', 'withdrawn', 'history'] as const;
export type ActionState = (typeof actionStates)[number];

export const ShownAction = z.object({
  /** `<postmortem>/<12 hex digits>`. It stays the same while the action does (docs/adr/064). */
  id: z.string(),
  title: z.string(),
  /** One of `actionStates`, or what a later release says. */
  state: z.string(),
  /** `open in-progress done declined`: what the document says, or what people did since. */
  status: z.string(),
  /** As the document names it. Addresses are left out unless the key has the scope `people`. */
  owner: z.string().optional(),
  team: z.string().optional(),
  due: PlainDate.optional(),
  promisedAt: Instant,
  /** When it was done, declined or withdrawn. */
  closedAt: Instant.optional(),
  priority: z.string().optional(),
  kind: z.string().optional(),
  link: z.string().optional(),
  /** What the document calls it, such as the key of a ticket. */
  key: z.string().optional(),
  cost: z.string().optional(),
  consequence: z.string().optional(),
  /** What leadership decided last, and from when that counts. */
  decision: z.object({ says: z.string(), at: Instant, effectiveAt: Instant }).optional(),
  /** How many lines of the document say the same. Absent: one. */
  times: z.int().optional(),
  /** When a revision of the document came that no longer has it. */
  withdrawnAt: Instant.optional(),
  /** Of a withdrawn one: what it perhaps became. */
  perhaps: z.object({ id: z.string(), title: z.string() }).optional(),
  postmortem: PostmortemId,
  postmortemTitle: z.string(),
  severity: z.string(),
  services: z.array(z.string()),
  owningTeam: z.string().optional(),
  /** `draft restricted retracted`: why nobody is told of it. Absent: it is told. */
  hidden: z.string().optional(),
});
export type ShownAction = z.infer<typeof ShownAction>;

/**
 * GET /operator/actions?state=&team=&owner=&service=&dueBefore=&postmortem=&since=&limit=&cursor=,
 * scope `read`: open ones by due day, then closed ones, then those of which nobody is told. A page
 * with a cursor may have fewer than `limit`, or none. Of one postmortem all come at once; 404 if
 * there is none.
 */
export const ActionsAnswer = z.object({
  actions: z.array(ShownAction),
  /** Sentences: what may match and was not looked at. */
  notLookedAt: z.array(z.string()),
  cursor: z.string().optional(),
});
export type ActionsAnswer = z.infer<typeof ActionsAnswer>;

/**
 * GET /operator/actions/{postmortem}/{action}?addresses=true, scope `read`; with addresses also
 * `people`. 404 if there is none.
 */
export const ActionAnswer = ShownAction.extend({
  /** The withdrawn ones that it perhaps was. */
  perhapsWas: z.array(z.object({ id: z.string(), title: z.string() })),
  /** When the last revision came that has it. */
  seenAt: Instant.optional(),
  /** Of a withdrawn one: the action that somebody said it is now. */
  movedTo: z.object({ id: z.string(), title: z.string() }).optional(),
  /** What people did with it, oldest first. A later release may have more kinds. */
  history: z
    .array(
      z.object({
        at: Instant,
        /** Id of a key, or sid of a person. */
        by: z.string(),
        kind: z.string(),
        says: z.string(),
        /** When it counts from, if that is later than `at`. */
        effectiveAt: Instant.optional(),
        /** When it was taken back. */
        undoneAt: Instant.optional(),
      }),
    )
    .default([]),
  /** Of the people among `by`. */
  addresses: z.record(z.string(), z.string()).optional(),
});
export type ActionAnswer = z.infer<typeof ActionAnswer>;

const key = z.string().regex(/^[0-9a-f]{12}$/, 'the 12 hex digits after the slash of an action’s id, such as 3f2a9c1b7d4e');
const name = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => isOneLine(text) && !text.includes('@'), 'one line without an address, such as Payments or Rosa Lind');

/** What is asked of one action item. Leadership decides elsewhere. */
export const ActionPress = z.discriminatedUnion('kind', [
  z.strictObject({ action: key, kind: z.literal('done') }),
  z.strictObject({ action: key, kind: z.literal('reopened'), reason: Reason }),
  z.strictObject({ action: key, kind: z.literal('rescheduled'), due: PlainDate, reason: Reason }),
  /**
   * To a team of the distribution file, or a person by name. `anyway`: also to somebody who cannot
   * be asked.
   */
  z.strictObject({ action: key, kind: z.literal('handed over'), to: name(120), anyway: z.boolean().optional() }),
  /** What a tracker says. */
  z.strictObject({ action: key, kind: z.literal('imported'), status: ActionItem.shape.status.unwrap(), from: name(80) }),
  /** Of one that a revision lost: what people did with it goes to another action. */
  z.strictObject({ action: key, kind: z.literal('reattached'), to: key }),
]);
export type ActionPress = z.infer<typeof ActionPress>;

/**
 * POST /operator/actions/{postmortem}/events?dryRun=true, scope `actions`. Each is done or refused
 * by itself, in the order of the request; `dryRun` says what would be done. Asking again changes
 * nothing. 404 if there is no such postmortem; 422, with nothing done, for a value that no action
 * can take.
 */
export const ActionEventsRequest = z.strictObject({ events: z.array(ActionPress).min(1).max(200) });

/** Why a press changes nothing: `unknown` if there is no such action. */
export type ActionRefusal = WishRefusal | NotReattached | 'unknown' | 'full';

export const ActionEventsAnswer = z.object({
  actions: z.array(
    z.object({
      id: z.string(),
      /** `same`: it was so already. */
      outcome: z.enum(['stored', 'same', 'refused']),
      /** A key of `refusalWords`, or of a later release. */
      why: z.string().optional(),
      /** As it is afterwards. Absent if there is no such action. */
      now: ShownAction.optional(),
    }),
  ),
  warnings: z.array(z.string()),
});
export type ActionEventsAnswer = z.infer<typeof ActionEventsAnswer>;

/** What a refusal means, and what to do. */
export const refusalWords: Readonly<Record<ActionRefusal, string>> = {
  unknown: 'This postmortem has no action with that id. List them with: afterword actions list --postmortem ID',
  full: 'It has 60 events already, so no more are taken. What still changes stands in its document.',
  withdrawn: 'Its document no longer has this action. If a revision reworded it, use the id of the new one, and reattach this one to it.',
  closed: 'It is done or declined. Reopen it first.',
  decided: 'Leadership accepted the risk, and only another decision of a reviewer changes that.',
  kept: 'The tracker says that it is open, but its document or a person closed it here. Reopen it if that is wrong.',
  'said before': 'The tracker said the same at the last import, and somebody changed the action since. That stands.',
  there: 'Its document still has this action, so nothing was lost.',
  'nothing to move': 'Nobody did anything with it, so there is nothing to move.',
  elsewhere: 'What people did with it went to another action already.',
};
