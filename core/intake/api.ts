/**
 * What the routes for producers answer to operators, as data: the command line and the pages share
 * it. See README, "Publishing".
 */
import * as z from 'zod';
import { Reason } from '../audit/reason.ts';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';

const shown = {
  id: PostmortemId,
  revision: z.int(),
  title: z.string(),
  /** Afterword's own name. */
  severity: z.string(),
  /** What the organisation calls that severity now. An older stage does not say. */
  severityLabel: z.string().optional(),
  status: z.string(),
  restricted: z.boolean(),
  publishedAt: Instant.optional(),
  updatedAt: Instant,
};

/**
 * GET /postmortems?since=&text=&status=&restricted=&limit=&cursor=, scope `read`: what changed
 * since, oldest change first. `text`: each word stands in the title or the id. A page with a cursor
 * may have fewer postmortems than `limit`, or none.
 */
export const PostmortemsAnswer = z.object({ postmortems: z.array(z.object(shown)), cursor: z.string().optional() });
export type PostmortemListed = z.infer<typeof PostmortemsAnswer>['postmortems'][number];

/** What an operator decided, and what the document says by itself. */
const ShownHold = z.object({
  restricted: z.boolean(),
  retracted: z.boolean(),
  at: Instant.optional(),
  by: z.string().optional(),
  document: z.object({ restricted: z.boolean(), status: z.string() }),
});

/** GET /postmortems/{id}, scope `read`: the document as it counts, and what was told of it. */
export const PostmortemAnswer = z.looseObject({
  ...shown,
  services: z.array(z.string()).default([]),
  owningTeam: z.string().optional(),
  authors: z.array(z.string()).default([]),
  startedAt: z.string().optional(),
  resolvedAt: z.string().optional(),
  mergedInto: z.string().optional(),
  held: ShownHold.optional(),
  /** The editions that told it. */
  editions: z.array(z.string()),
  /** The editions that only named it, or left without it. */
  namedIn: z.array(z.string()).default([]),
});
export type PostmortemAnswer = z.infer<typeof PostmortemAnswer>;

/**
 * GET /postmortems/{id}/relevance, scope `read`: to which teams it matters, and why. 404 if there
 * is no such postmortem.
 */
export const RelevanceAnswer = z.object({
  /** The current one. */
  revision: z.int(),
  /** Absent: nobody looked yet, or nobody may be told of it. */
  relevance: z
    .object({
      /** The one that was looked at. */
      revision: z.int(),
      at: Instant,
      /** The most relevant first, each with its reasons as they are told. */
      teams: z.array(z.object({ name: z.string(), reasons: z.array(z.string()) })),
    })
    .optional(),
  /** Earlier postmortems of the same failure that may be told. A stage of before says none. */
  similar: z
    .array(
      z.object({
        id: PostmortemId,
        title: z.string(),
        /** `found`, or `confirmed` once somebody looked. */
        state: z.string(),
        /** In one sentence. */
        says: z.string(),
        /** What it promised and was not kept, each in one sentence. */
        promises: z.array(z.string()),
      }),
    )
    .default([]),
});
export type RelevanceAnswer = z.infer<typeof RelevanceAnswer>;

/** The one that a page showed. Absent: whatever it is by now. */
const seenVersion = z.string().max(20).optional();

/**
 * POST /postmortems/{id}/similar/{earlier}, scope `publish`: that the earlier one tells of the same
 * failure, or of another. 404 if nothing found the pair, or nobody may be told of it; 409 if it was
 * changed since `version`. The second time it changes nothing.
 */
export const SimilarRequest = z.discriminatedUnion('says', [
  z.strictObject({ says: z.literal('confirm'), version: seenVersion }),
  z.strictObject({ says: z.literal('dismiss'), version: seenVersion, reason: Reason }),
]);
export const SimilarAnswer = z.object({ id: PostmortemId, earlier: PostmortemId, outcome: z.enum(['stored', 'same']) });
export type SimilarAnswer = z.infer<typeof SimilarAnswer>;

/**
 * GET /postmortems/{id}/revisions, scope `read`: the last fifty, latest first. 404 if there is
 * none.
 */
export const RevisionsAnswer = z.object({
  revisions: z.array(
    z.object({
      revision: z.int(),
      updatedAt: Instant,
      /** Id of the key, or sid of the person, that made it. */
      by: z.string().optional(),
      title: z.string(),
      severity: z.string(),
      severityLabel: z.string().optional(),
      status: z.string(),
      restricted: z.boolean(),
    }),
  ),
});
export type RevisionsAnswer = z.infer<typeof RevisionsAnswer>;

/**
 * POST /postmortems/{id}/restrict, …/retract and …/release, scope `send`: an operator's decision,
 * which outlives what is published later (docs/adr/054). Makes a revision that differs in nothing
 * else. Answers when archives, feeds and mails under way leave it out; 503 until then: send it
 * again. The second time it changes nothing. The audit log keeps the reason.
 */
export const HoldRequest = z.strictObject({ reason: Reason });
export const HoldAnswer = z.object({
  id: PostmortemId,
  revision: z.int(),
  title: z.string(),
  status: z.string(),
  restricted: z.boolean(),
  outcome: z.enum(['changed', 'unchanged']),
  held: ShownHold.optional(),
  warnings: z.array(z.string()),
  tells: z.array(z.string()),
});
export type HoldAnswer = z.infer<typeof HoldAnswer>;
