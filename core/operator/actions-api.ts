/** What the operator's routes say of action items, as data. See api.ts. */
import * as z from 'zod';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { Instant, PlainDate } from '../shared/instant.ts';

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

/** GET /operator/actions/{postmortem}/{action}, scope `read`. 404 if there is none. */
export const ActionAnswer = ShownAction.extend({
  /** The withdrawn ones that it perhaps was. */
  perhapsWas: z.array(z.object({ id: z.string(), title: z.string() })),
  /** When the last revision came that has it. */
  seenAt: Instant.optional(),
});
export type ActionAnswer = z.infer<typeof ActionAnswer>;
