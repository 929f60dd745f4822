/**
 * The operator's HTTP interface as data: the command line and the function `operator` share it.
 * Bodies are JSON unless said otherwise.
 */
import * as z from 'zod';
import { Scope } from '../access/scope.ts';
import { AuditedAct } from '../audit/audit.ts';
import { openLabels } from '../delivery/evidence.ts';
import { LaneState } from '../delivery/lane.ts';
import { Counts, EditionId } from '../edition/edition.ts';
import { editionStates } from '../edition/edition-state.ts';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { Instant, PlainDate } from '../shared/instant.ts';
import { isOneLine } from '../shared/text.ts';
import { Frequency, lanes, realms, StreamName } from '../stream/stream.ts';
import { SubscriberId } from '../subscriber/subscriber.ts';

/**
 * An RFC 9457 problem. `errors` names each field with what is wrong and how to mend it. Media type
 * `application/problem+json`.
 */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  errors: z
    .array(
      z.object({
        field: z.string(),
        problem: z.string(),
        remedy: z.string(),
        line: z.int().optional(),
        column: z.int().optional(),
      }),
    )
    .optional(),
});
export type Problem = z.infer<typeof Problem>;

/** One line of people.csv as it was written; `line` counts from 1, the heading included. */
export const PersonRow = z.strictObject({
  line: z.int().positive(),
  address: z.string(),
  name: z.string().optional(),
  team: z.string().optional(),
  role: z.string().optional(),
  zone: z.string().optional(),
  /**
   * Stream names between blanks, commas, semicolons or bars; empty = what the distribution file
   * says for the role; `none` = none.
   */
  streams: z.string().optional(),
});
export type PersonRow = z.infer<typeof PersonRow>;

/**
 * POST /operator/people/import, scope `people`. The same batch twice changes nothing. Each row is
 * read by itself as a `PersonRow`: one that is none is refused alone.
 */
export const ImportRequest = z.strictObject({
  rows: z
    .array(z.looseObject({ line: z.int().positive() }))
    .min(1)
    .max(100),
});
export const ImportAnswer = z.object({
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  /** Of the changed: people who were suspended and get mail again. */
  restored: z.int(),
  /** Everyone of the realm staff who was taken, changed or not. */
  staff: z.array(SubscriberId),
  /**
   * Of those that were taken: people who get nothing, because neither their line nor their role
   * names a stream. A line that says `none` is meant.
   */
  withoutStreams: z.int().default(0),
  /** Their lines. */
  linesWithoutStreams: z.array(z.int()).default([]),
  /**
   * Of those that were taken: their teams that the distribution file does not list, where it lists
   * any. `meant`: the nearest that it has.
   */
  unknownTeams: z.array(z.object({ name: z.string(), meant: z.string().optional(), people: z.int() })).default([]),
  refused: z.array(
    /** `forgotten`: the person asked to be erased; nothing is wrong with the line. */
    z.object({ line: z.int(), field: z.string(), problem: z.string(), remedy: z.string(), forgotten: z.literal(true).optional() }),
  ),
});
export type ImportAnswer = z.infer<typeof ImportAnswer>;

/**
 * POST /operator/people/suspend, scope `people`: no mail on any stream, every setting kept, until
 * an import names them again. `revision` is what the list of people said; who changed since then is
 * left alone. The same batch twice changes nothing.
 */
export const SuspendRequest = z.strictObject({
  people: z
    .array(z.strictObject({ sid: SubscriberId, revision: z.int().positive() }))
    .min(1)
    .max(100),
});
export const SuspendAnswer = z.object({ suspended: z.int(), unchanged: z.int(), kept: z.array(SubscriberId) });

/** GET /operator/people?cursor=&limit=, scope `people`. */
export const PeopleAnswer = z.object({
  people: z.array(
    z.object({
      sid: SubscriberId,
      address: z.string(),
      name: z.string().optional(),
      team: z.string().optional(),
      role: z.string().optional(),
      streams: z.array(z.string()),
      realm: z.enum(realms),
      isSuspended: z.boolean(),
      /** Why mail to this person stops on every stream, and since when. */
      suppressed: z.object({ reason: z.string(), at: Instant }).optional(),
      /** `approval`: a stream's owner let them in. `signup`: they came by themselves. */
      joined: z.string().optional(),
      revision: z.int(),
    }),
  ),
  cursor: z.string().optional(),
});
export type ListedPerson = z.infer<typeof PeopleAnswer>['people'][number];

/** Why an operator did something, for the audit log, which holds no addresses. */
const Reason = z
  .string()
  .trim()
  .min(3)
  .max(300)
  .refine((text) => isOneLine(text) && !text.includes('@'), 'one line without an address, such as "the mailbox was full and is cleared"');

/**
 * POST /operator/people/lift, scope `people`: mail to this person may go out again. What happened
 * up to now no longer counts against it, what happens later does. `person` is a subscriber id or an
 * address. Leaves an audit line with the reason. Twice is once; 404 where nobody has it.
 */
export const LiftRequest = z.strictObject({
  person: z.string().trim().min(1).max(254),
  reason: Reason,
});
export const LiftAnswer = z.object({
  people: z.array(
    z.object({
      sid: SubscriberId,
      realm: z.enum(realms),
      /** What was lifted; absent where nothing was suppressed. */
      was: z.object({ reason: z.string(), at: Instant }).optional(),
    }),
  ),
});

/**
 * POST /operator/people/tracking, scope `people`: false switches the estimate of opens off for a
 * person, true leaves it to the streams. Twice is once.
 */
export const TrackingRequest = z.strictObject({ person: z.string().trim().min(1).max(254), opens: z.boolean() });
export const TrackingAnswer = z.object({
  people: z.array(z.object({ sid: SubscriberId, realm: z.enum(realms), changed: z.boolean() })),
});

const person = z.string().trim().min(1).max(254);
const WhoAnswered = z.object({ sid: SubscriberId, realm: z.enum(realms) });

/**
 * POST /operator/people/export, scope `people`: everything that is stored about a person, in each
 * realm. Leaves an audit line, because it is read.
 */
export const ExportRequest = z.strictObject({ person });
export const ExportAnswer = z.object({
  people: z.array(z.looseObject({ exportedAt: Instant, profile: z.looseObject({ sid: SubscriberId }) })),
});

/**
 * POST /operator/people/erase, scope `people`. The profile is gone when it answers; the ledger
 * follows within minutes. No import brings them back. Twice is once.
 */
export const EraseRequest = z.strictObject({ person });
export const EraseAnswer = z.object({ people: z.array(WhoAnswered) });

/**
 * POST /operator/people/move, scope `people`: another address, every setting kept. The same again
 * after a failure finishes it.
 */
export const MoveRequest = z.strictObject({ person, address: z.string().trim().min(3).max(254) });
export const MoveAnswer = z.object({ people: z.array(WhoAnswered.extend({ to: SubscriberId })) });

/**
 * GET /operator/keys?cursor=&limit= · POST /operator/keys {label, scopes} (201, the secret is shown
 * once) · DELETE /operator/keys/{id} (204); scope `keys`.
 */
export const KeyRequest = z.strictObject({ label: z.string().trim().min(1).max(120), scopes: z.array(Scope).min(1) });
export const ListedKey = z.object({ id: z.string(), label: z.string(), scopes: z.array(Scope), createdAt: Instant });
export type ListedKey = z.infer<typeof ListedKey>;
export const KeysAnswer = z.object({ keys: z.array(ListedKey), cursor: z.string().optional() });
export const NewKeyAnswer = ListedKey.extend({ key: z.string() });

/**
 * PUT /operator/configuration?dryRun=true, body = distribution.yaml as text/yaml, scope
 * `configure`. Applying what is there already changes nothing. With `shownAgainst`, the `inForce`
 * that a dry run answered (`none` where it answered none), 409 where another file was applied
 * since; without it whatever is in force is replaced. GET answers the same shape without changes.
 */
export const ConfigurationAnswer = z.object({
  hash: z.string(),
  /** Hash of what was in force, which the changes are told against; absent where nothing was. */
  inForce: z.string().optional(),
  /**
   * Name of the stack in CloudFormation; `afterword-laptop` is what `npm start` runs. Absent in
   * answers of older releases.
   */
  stack: z.string().optional(),
  /** False on a dry run and where nothing differs. */
  applied: z.boolean(),
  changes: z.array(z.object({ path: z.string(), before: z.string().optional(), after: z.string().optional() })),
  /** Paths that only `cdk deploy` can carry out: schedules, domains, senders. */
  needsDeploy: z.array(z.string()),
});
export type ConfigurationAnswer = z.infer<typeof ConfigurationAnswer>;

/**
 * GET /operator/audit?since=&until=&postmortem=&who=&limit=&cursor=, scope `keys`: what keys and
 * readers did, latest first. `since` (included) and `until` (not included) are instants; a day of
 * the organisation's zone begins with `since` and ends with `until`. By default the last 400 days;
 * at most five years. `postmortem`: revisions of this one alone. `who`: acts of this key alone.
 */
export const AuditAnswer = z.object({ acts: z.array(AuditedAct), cursor: z.string().optional() });
export type AuditAnswer = z.infer<typeof AuditAnswer>;

/**
 * When an edition is due: an instant, a day of the organisation's zone, which stands for its last
 * moment, or `now`.
 */
export const When = z.union(
  [Instant, PlainDate, z.literal('now')],
  'a day such as 2026-11-23, an instant such as 2026-11-23T08:00:00Z, or now',
);
export type When = z.infer<typeof When>;

/**
 * POST /operator/send, scope `send`: composes the edition that was due at an instant, by default
 * now. Twice is once. 202. Today as a day means now. 409 with a flaw of `at` where what the edition
 * tells of ended more than five weeks ago: a slip of the year would mail everybody. `evenIfOld`
 * sends it.
 */
export const SendRequest = z.strictObject({ stream: StreamName, at: When.optional(), evenIfOld: z.boolean().optional() });
export type SendRequest = z.infer<typeof SendRequest>;
/** `tells`: the period that it tells of, as people write it. */
export const SendAnswer = z.object({ edition: z.string(), existed: z.boolean(), tells: z.string().optional() });
export type SendAnswer = z.infer<typeof SendAnswer>;

/**
 * POST /operator/preview, scope `read` (`as` also wants `people`): what would be sent; nothing is
 * stored or sent.
 */
export const PreviewRequest = z.strictObject({
  stream: StreamName,
  as: z.string().optional(),
  at: When.optional(),
  postmortem: PostmortemId.optional(),
  /** Of the digest: for those who have it monthly, or each postmortem as it is published. */
  frequency: Frequency.optional(),
});
export const PreviewAnswer = z.object({
  edition: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  headers: z.record(z.string(), z.string()),
  size: z.int(),
});
export type PreviewAnswer = z.infer<typeof PreviewAnswer>;

/**
 * POST /operator/test, scopes `send` and `people`: mails the edition that a preview shows to one
 * person of staff, with "Test: " before its subject.
 * 202. It counts nowhere. One a minute for each stream and person: `existed` says that there is one
 *   already.
 */
export const TestRequest = PreviewRequest.omit({ as: true }).extend({ to: z.string().trim().min(1).max(254) });
export type TestRequest = z.infer<typeof TestRequest>;
/** `edition`: the test's own; `shows`: the edition that it is a test of. */
export const TestAnswer = z.object({ edition: z.string(), shows: z.string(), subject: z.string(), existed: z.boolean() });
export type TestAnswer = z.infer<typeof TestAnswer>;

const listedEdition = {
  edition: z.string(),
  stream: z.string(),
  scheduledFor: Instant,
  composedAt: Instant,
  subject: z.string(),
  postmortems: z.int(),
  /**
   * `sending` until every range of the waves that have left has an outcome; `waiting` when others
   * are still to come.
   */
  state: z.enum(editionStates),
  counts: Counts,
  /** The waves to readers who chose another day or hour, and when the first of them leaves. */
  ahead: z.object({ waves: z.int(), next: Instant }).optional(),
};
export const Lane = z.enum(lanes);
/** A lane that lets no mail through, or one mail now and then to see whether SES takes it. */
export const HeldLane = z.object({ lane: Lane, ...LaneState.shape });
export type HeldLane = z.infer<typeof HeldLane>;

/**
 * GET /operator/editions?cursor=&limit=&service=true, scope `read`; latest first. `service`: the
 * mails that answer what somebody did, instead. `lanes`: those that are held, on every page.
 */
export const EditionsAnswer = z.object({
  editions: z.array(z.object(listedEdition)),
  lanes: z.array(HeldLane).default([]),
  cursor: z.string().optional(),
});
export type EditionsAnswer = z.infer<typeof EditionsAnswer>;
/**
 * GET /operator/editions/{edition}, scope `read`. `counts` of an edition under way is what its
 * finished ranges say.
 */
export const EditionAnswer = z.object({
  ...listedEdition,
  completedAt: Instant.optional(),
  /** `severity` is ours, `severityLabel` what the organisation calls it now. */
  carries: z.array(
    z.object({ id: PostmortemId, revision: z.int(), title: z.string(), severity: z.string(), severityLabel: z.string().optional() }),
  ),
  /** Subscriber ids of deliveries in doubt, at most 1,000. */
  inDoubt: z.array(z.string()),
  /** Subscriber ids of deliveries of which nobody knows whether they arrived, at most 1,000. */
  unconfirmed: z.array(z.string()).default([]),
  /**
   * By the subscriber ids of those whom SES refused for good, at most 1,000: its code. They are not
   * tried again in this edition.
   */
  refused: z.record(z.string(), z.string()).default({}),
  /**
   * With `?addresses=true`, which also wants the scope `people`: whose ids those are; people who
   * are gone are left out.
   */
  addresses: z.record(z.string(), z.string()).optional(),
});
export type EditionAnswer = z.infer<typeof EditionAnswer>;

/**
 * POST /operator/editions/{edition}/pause, …/resume and …/recall, scope `send`, without a body.
 * `changed`: false where it was so already.
 */
export const BrakeAnswer = z.object({ edition: z.string(), changed: z.boolean() });

/** POST /operator/lanes/{lane}/pause and …/resume, scope `send`, without a body. */
export const LaneAnswer = z.object({ lane: Lane, changed: z.boolean() });

/**
 * POST /operator/settle, scope `send`: settles what a restored table cannot know (docs/adr/024).
 * `since`: the point in time that it was restored to; `until`: when the old table may have sent its
 * last mail, else now; `keep`: editions that are to be sent all the same. `look` says what would be
 * recalled, `act` recalls it and lets mail leave again once `composing` and `owed` are nothing. The
 * same request again changes nothing; 409 where mail may leave at this moment, or where the
 * identity secret is another than the table's.
 */
export const SettleRequest = z.strictObject({
  since: Instant,
  until: Instant.optional(),
  keep: z.array(EditionId).max(100).default([]),
  how: z.enum(['look', 'act']),
});
export const SettleAnswer = z.object({
  composing: z.array(z.string()).readonly(),
  owed: z.int(),
  recalled: z.array(z.string()).readonly(),
  kept: z.array(z.string()).readonly(),
  isSettled: z.boolean(),
});
export type SettleAnswer = z.infer<typeof SettleAnswer>;

/**
 * POST /operator/editions/{edition}/resend, scope `send`: sends once more to people of whom nobody
 * knows whether their mail arrived, unless evidence turns up first. Each mail says that it may be a
 * repeat. The same request again while it is under way changes nothing.
 */
export const ResendRequest = z.strictObject({
  subscribers: z.array(SubscriberId).min(1).max(100),
  reason: Reason,
});
export const ResendAnswer = z.object({
  edition: z.string(),
  /** Will be looked at, and sent to, within a minute. */
  asked: z.array(SubscriberId),
  /** Was asked for before and is under way. */
  underWay: z.array(SubscriberId),
  /** Has another outcome, or none: not sent to. */
  left: z.array(SubscriberId),
});
export type ResendAnswer = z.infer<typeof ResendAnswer>;

const Opens = z.record(z.enum(openLabels), z.int().nonnegative());
/**
 * GET /operator/editions/{edition}/reach, scope `read`: what SES told of the mails, counted when
 * asked. Estimates, by team, never who.
 */
export const ReachAnswer = z.object({
  /** Mails that SES told anything of. */
  mails: z.int(),
  /** What became of them at last: `delivered`, `bounced` and so on. */
  states: Counts,
  /** Absent where so few got it that a count would tell who. */
  opens: Opens.optional(),
  /** Of five mails or more each; the rest stand together as `others`. */
  teams: z.array(z.object({ team: z.string(), mails: z.int(), opens: Opens })).readonly(),
});
export type ReachAnswer = z.infer<typeof ReachAnswer>;
