/**
 * The operator's HTTP interface as data: the command line and the function `operator` share it.
 * Bodies are JSON unless said otherwise.
 */
import * as z from 'zod';
import { Scope } from '../access/scope.ts';
import { AuditedAct } from '../audit/audit.ts';
import { Reason } from '../audit/reason.ts';
import { openLabels } from '../delivery/evidence.ts';
import { LaneState } from '../delivery/lane.ts';
import { Counts, EditionId } from '../edition/edition.ts';
import { editionStates } from '../edition/edition-state.ts';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { documentTypes } from '../postmortem/reading/sent-document.ts';
import { StoredFinding } from '../runbook/finding.ts';
import { Instant, PlainDate } from '../shared/instant.ts';
import { Frequency, frequencies, lanes, realms, StreamName } from '../stream/stream.ts';
import { SubscriberId } from '../subscriber/subscriber.ts';
import { ShownHeld } from './held-api.ts';
import { SlackWaits } from './slack-api.ts';

/** One thing wrong with what was sent, see Flaw. */
const Said = z.object({
  field: z.string(),
  problem: z.string(),
  remedy: z.string(),
  line: z.int().optional(),
  column: z.int().optional(),
});

/**
 * An RFC 9457 problem. `errors` names each field, what is wrong with it and how to fix it. Media
 * type `application/problem+json`.
 */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  errors: z.array(Said).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** One line of people.csv as it was written. `line` counts from 1 and includes the heading. */
export const PersonRow = z.strictObject({
  line: z.int().positive(),
  address: z.string(),
  name: z.string().optional(),
  team: z.string().optional(),
  role: z.string().optional(),
  zone: z.string().optional(),
  /** Their names in chats and repositories, separated like streams, with or without an @. */
  handles: z.string().optional(),
  /**
   * Stream names separated by blanks, commas, semicolons or bars. Empty: what the distribution file
   * says for the role. `none`: no stream.
   */
  streams: z.string().optional(),
});
export type PersonRow = z.infer<typeof PersonRow>;

/**
 * POST /operator/people/import, scope `people`. Idempotent. Each row is read on its own as a
 * `PersonRow`, and an invalid row is refused without the others.
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
  /** Everyone of realm staff who was taken, changed or not. */
  staff: z.array(SubscriberId),
  /**
   * Of those taken: people who get nothing, because neither their line nor their role names a
   * stream. A line that says `none` is intended and does not count.
   */
  withoutStreams: z.int().default(0),
  /** Their lines. */
  linesWithoutStreams: z.array(z.int()).default([]),
  /** The lines of people whom an operator suspended. They stay suspended. */
  linesSuspended: z.array(z.int()).default([]),
  /**
   * Of those taken: teams that the distribution file does not list, if it lists any. `meant`: the
   * nearest one that it lists.
   */
  unknownTeams: z.array(z.object({ name: z.string(), meant: z.string().optional(), people: z.int() })).default([]),
  refused: z.array(
    /** `forgotten`: the person asked to be erased. Nothing is wrong with the line. */
    z.object({ line: z.int(), field: z.string(), problem: z.string(), remedy: z.string(), forgotten: z.literal(true).optional() }),
  ),
});
export type ImportAnswer = z.infer<typeof ImportAnswer>;

/**
 * POST /operator/people/suspend, scope `people`: no mail on any stream, and every setting kept,
 * until an import names them again. `revision` is what the list of people said; anyone who changed
 * since then is left alone. Idempotent.
 */
export const SuspendRequest = z.strictObject({
  people: z
    .array(z.strictObject({ sid: SubscriberId, revision: z.int().positive() }))
    .min(1)
    .max(100),
});
export const SuspendAnswer = z.object({ suspended: z.int(), unchanged: z.int(), kept: z.array(SubscriberId) });

/**
 * GET /operator/people?team=&role=&stream=&suspended=&suppressed=&text=&cursor=&limit=, scope
 * `people`: those who match each of them. A page with a cursor may have fewer people than `limit`,
 * or none. In no order: who wants one reads every page.
 */
export const PeopleAnswer = z.object({
  people: z.array(
    z.object({
      sid: SubscriberId,
      address: z.string(),
      name: z.string().optional(),
      team: z.string().optional(),
      role: z.string().optional(),
      zone: z.string().optional(),
      streams: z.array(z.string()),
      realm: z.enum(realms),
      isSuspended: z.boolean(),
      /** Why mail to this person is stopped on every stream, and since when. */
      suppressed: z.object({ reason: z.string(), at: Instant }).optional(),
      /** `approval`: a stream's owner let them in. `signup`: they signed up themselves. */
      joined: z.string().optional(),
      /** Of whom the organisation's directory manages: what it knows them by. */
      directory: z.object({ id: z.string(), active: z.boolean() }).optional(),
      revision: z.int(),
    }),
  ),
  cursor: z.string().optional(),
});
export type ListedPerson = z.infer<typeof PeopleAnswer>['people'][number];

/**
 * POST /operator/people/lift, scope `people`: mail to this person may go out again. What happened
 * up to now no longer counts against it; what happens later does. `person` is a sid or an address.
 * Writes an audit line with the reason. Idempotent. 404 if there is no such person.
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
      /** What was lifted. Absent if nothing was suppressed. */
      was: z.object({ reason: z.string(), at: Instant }).optional(),
    }),
  ),
});

/**
 * POST /operator/people/tracking, scope `people`: false switches the estimate of opens off for a
 * person, true leaves it to the streams. Idempotent.
 */
export const TrackingRequest = z.strictObject({ person: z.string().trim().min(1).max(254), opens: z.boolean() });
export const TrackingAnswer = z.object({
  people: z.array(z.object({ sid: SubscriberId, realm: z.enum(realms), changed: z.boolean() })),
});

const person = z.string().trim().min(1).max(254);

/**
 * POST /operator/people/show, scope `people`: one person as they are now, in each realm. `mails`:
 * also what became of their mails of the last five weeks. Changes nothing, and leaves no audit
 * line.
 */
export const ShowRequest = z.strictObject({ person, mails: z.boolean().default(false) });
export const ShownStream = z.object({
  stream: z.string(),
  title: z.string(),
  on: z.boolean(),
  /** How often it comes; a frequency of the stream. */
  frequency: z.string(),
  /** When it comes, in words: `weekly, on Tuesday at 08:30, Berlin time`. */
  when: z.string(),
  /** Of those who get it: what their mails say behind "because". */
  why: z.string().optional(),
  /** They cannot leave it, because the distribution file names them. */
  mandatory: z.boolean().default(false),
  /** What gave it to them: `import`, `directory`, `signup`, `approval`, `page`, `named`. */
  grant: z.object({ way: z.string(), at: Instant }).optional(),
  /** When it was switched off. */
  leftAt: Instant.optional(),
  /** For a delegate: when it ends. */
  until: Instant.optional(),
  /** Until when somebody else gets it as well. */
  delegateUntil: Instant.optional(),
  follows: z.int().default(0),
  leavesOut: z.int().default(0),
  least: z.string().optional(),
  /** What can be chosen about how often it comes. Empty: only on and off. */
  frequencies: z.array(z.string()).default([]),
});
export const ShownPerson = z.object({
  sid: SubscriberId,
  realm: z.enum(realms),
  address: z.string(),
  name: z.string().optional(),
  team: z.string().optional(),
  role: z.string().optional(),
  /** Their own. Absent: the organisation's counts. */
  zone: z.string().optional(),
  /** What action items may call them besides their name. */
  handles: z.array(z.string()).default([]),
  /** The zone that their hours and days are in. */
  shownZone: z.string(),
  /** The fields that the directory gives. Absent: no directory manages them. */
  given: z.array(z.string()).optional(),
  /** `by`: `operator`, `directory`, or `file` if a synchronised file no longer names them. */
  suspended: z.object({ at: Instant, by: z.string() }).optional(),
  suppressed: z.object({ reason: z.string(), at: Instant }).optional(),
  snoozedUntil: Instant.optional(),
  unconfirmed: Instant.optional(),
  opens: z.enum(['off', 'as the stream says']),
  format: z.string(),
  /**
   * `approval`, `signup`, or `directory`: the organisation's directory named them first, also
   * if it let go of them since. Absent: by an import.
   */
  joined: z.string().optional(),
  revision: z.int(),
  /** Those of their realm that the distribution file has, and those that they had. */
  streams: z.array(ShownStream),
  /** Latest first. `outcome`: absent while it is being decided. */
  mails: z
    .array(
      z.object({
        edition: z.string(),
        stream: z.string(),
        subject: z.string().optional(),
        at: Instant,
        outcome: z.string().optional(),
        /** What SES reported: `delivered`, `bounced` and so on. Never whether it was opened. */
        state: z.string().optional(),
      }),
    )
    .optional(),
});
export type ShownPerson = z.infer<typeof ShownPerson>;
export const ShowAnswer = z.object({
  people: z.array(ShownPerson),
  /** What the distribution file names, to choose from. */
  teams: z.array(z.string()).default([]),
  roles: z.array(z.string()).default([]),
});
export type ShowAnswer = z.infer<typeof ShowAnswer>;

/**
 * POST /operator/people/set, scope `people`: changes what is named here of one person, by the rules
 * of an import (docs/adr/054). An empty text takes `name`, `team`, `role`, `zone` or `handles`
 * away. A new role brings the streams of that role that the person never had. `streams`: `on`,
 * `off`, or how often. `add`: makes a person of an address that nobody has; otherwise that is a
 * 404. Leaves an audit line for what changed. Idempotent.
 */
export const SetRequest = z.strictObject({
  person,
  add: z.boolean().default(false),
  name: z.string().optional(),
  team: z.string().optional(),
  role: z.string().optional(),
  zone: z.string().optional(),
  /** Separated as in a line of people.csv. */
  handles: z.string().optional(),
  streams: z.partialRecord(StreamName, z.enum(['on', 'off', ...frequencies])).optional(),
});
export type SetRequest = z.infer<typeof SetRequest>;
const NamedNowhere = z.object({ name: z.string(), meant: z.string().optional() });
export const SetAnswer = z.object({
  sid: SubscriberId,
  realm: z.enum(realms),
  added: z.boolean(),
  /** What is different now: `team`, `engineering-digest.frequency`. */
  changed: z.array(z.string()),
  /** The team, if the distribution file does not list it, and the nearest one that it lists. */
  unknownTeams: z.array(NamedNowhere).default([]),
  /** The role, if the distribution file names it nowhere. */
  unknownRoles: z.array(NamedNowhere).default([]),
  person: ShownPerson,
});
export type SetAnswer = z.infer<typeof SetAnswer>;

/**
 * POST /operator/people/suspension, scope `people`: true stops all mail to a person and keeps every
 * setting. No import ends it: false does. Ends their sessions. Idempotent. The audit log keeps the
 * reason.
 */
export const SuspensionRequest = z.strictObject({ person, suspended: z.boolean(), reason: Reason });
export const SuspensionAnswer = z.object({
  people: z.array(z.object({ sid: SubscriberId, realm: z.enum(realms), changed: z.boolean() })),
});

const WhoAnswered = z.object({ sid: SubscriberId, realm: z.enum(realms) });

/**
 * POST /operator/people/export, scope `people`: everything that is stored about a person, in each
 * realm. Writes an audit line, because personal data is read.
 */
export const ExportRequest = z.strictObject({ person });
export const ExportAnswer = z.object({
  people: z.array(z.looseObject({ exportedAt: Instant, profile: z.looseObject({ sid: SubscriberId }) })),
});

/**
 * POST /operator/people/erase, scope `people`. The profile is gone when it answers, and the ledger
 * follows within minutes. No import brings them back. `reason` is kept in the audit log, without
 * whose erasure it was. Idempotent.
 */
export const EraseRequest = z.strictObject({ person, reason: Reason.optional() });
export const EraseAnswer = z.object({ people: z.array(WhoAnswered) });

/**
 * POST /operator/people/move, scope `people`: gives a person another address and keeps every
 * setting. Repeating it after a failure finishes it.
 */
export const MoveRequest = z.strictObject({ person, address: z.string().trim().min(3).max(254) });
export const MoveAnswer = z.object({ people: z.array(WhoAnswered.extend({ to: SubscriberId })) });

/**
 * GET /operator/keys?cursor=&limit= · POST /operator/keys {label, scopes} (201, the secret is shown
 * once) · DELETE /operator/keys/{id} (204); scope `keys`.
 */
export const KeyRequest = z.strictObject({ label: z.string().trim().min(1).max(120), scopes: z.array(Scope).min(1) });
/** A later release may have more scopes. */
export const ListedKey = z.object({ id: z.string(), label: z.string(), scopes: z.array(z.string()), createdAt: Instant });
export type ListedKey = z.infer<typeof ListedKey>;
export const KeysAnswer = z.object({ keys: z.array(ListedKey), cursor: z.string().optional() });
export const NewKeyAnswer = ListedKey.extend({ key: z.string() });

/**
 * PUT /operator/configuration?dryRun=true, body = distribution.yaml as text/yaml, scope
 * `configure`. Applying what is already in force changes nothing. `shownAgainst` is the `inForce`
 * that a dry run answered (`none` if it answered none): 409 if another file was applied since.
 * Without it, whatever is in force is replaced. GET answers the same shape without changes.
 */
export const ConfigurationAnswer = z.object({
  hash: z.string(),
  /** Hash of the file in force, which the changes are relative to. Absent if there was none. */
  inForce: z.string().optional(),
  /**
   * Name of the stack in CloudFormation; `afterword-laptop` for `npm start`. Absent in answers of
   * older releases.
   */
  stack: z.string().optional(),
  /** False on a dry run, and if nothing differs. */
  applied: z.boolean(),
  changes: z.array(z.object({ path: z.string(), before: z.string().optional(), after: z.string().optional() })),
  /** Paths that take effect only with `cdk deploy`: schedules, domains, senders. */
  needsDeploy: z.array(z.string()),
  /**
   * PUT alone: what of the file would have no effect on this stack as it is now, such as channels
   * that Slack does not have. What a file says by itself is no part of it.
   */
  warnings: z.array(Said).default([]),
  /** GET alone: the file in force, without the comments of what was applied. */
  file: z.string().optional(),
});
export type ConfigurationAnswer = z.infer<typeof ConfigurationAnswer>;

/**
 * GET /operator/runbook, scope `read`: the runbook of the file in force, in Markdown. `addresses`:
 * whether it has those of the people whom the file names, which needs the scope `people`.
 */
export const RunbookAnswer = z.object({ markdown: z.string(), hash: z.string(), addresses: z.boolean() });
export type RunbookAnswer = z.infer<typeof RunbookAnswer>;

/**
 * GET /operator/audit?since=&until=&postmortem=&who=&limit=&cursor=, scope `keys`: what keys and
 * readers did, latest first. `since` (included) and `until` (not included) are instants, or days in
 * the organisation's zone: the beginning of the day for `since`, its end for `until`. By default
 * the last 400 days; at most five years. `postmortem`: only its revisions. `who`: only the acts of
 * this key, or of this person on a page, by sid, or by address with the scope `people`. With
 * `addresses=true`, which also needs the scope `people`, `addresses` has those of the people in the
 * acts, by sid. People who are gone are left out.
 */
export const AuditAnswer = z.object({
  acts: z.array(AuditedAct),
  addresses: z.record(z.string(), z.string()).optional(),
  cursor: z.string().optional(),
});
export type AuditAnswer = z.infer<typeof AuditAnswer>;

/**
 * When an edition is due: an instant, a day in the organisation's zone (its last second), or `now`.
 */
export const When = z.union(
  [Instant, PlainDate, z.literal('now')],
  'a day such as 2026-11-23, an instant such as 2026-11-23T08:00:00Z, or now',
);
export type When = z.infer<typeof When>;

/**
 * POST /operator/send, scope `send`: composes the edition that was due at an instant, by default
 * now. Idempotent. 202. Today as a day means now. 409 with a flaw of `at` if the edition's period
 * ended more than five weeks ago, because a mistyped year would mail everybody. `evenIfOld` sends
 * it anyway.
 */
export const SendRequest = z.strictObject({ stream: StreamName, at: When.optional(), evenIfOld: z.boolean().optional() });
export type SendRequest = z.infer<typeof SendRequest>;
/** `tells`: the period that the edition covers, in words. */
export const SendAnswer = z.object({ edition: z.string(), existed: z.boolean(), tells: z.string().optional() });
export type SendAnswer = z.infer<typeof SendAnswer>;

/**
 * POST /operator/preview, scope `read` (`as` also needs `people`): what would be sent. Nothing is
 * stored or sent.
 */
export const PreviewRequest = z.strictObject({
  stream: StreamName,
  as: z.string().optional(),
  at: When.optional(),
  postmortem: PostmortemId.optional(),
  /** For the digest: as readers get it monthly, or with each postmortem as it is published. */
  frequency: Frequency.optional(),
  /** The text of a distribution file. Absent: the one in force. */
  distribution: z.string().optional(),
  /**
   * Shows the edition as if this document were published now. `id`: as in the address of PUT
   * /postmortems/{id}. `alone`: without any other postmortem; a test is always alone.
   */
  draft: z
    .strictObject({
      type: z.enum(documentTypes).default('text/markdown'),
      text: z.string().max(256 * 1024),
      id: PostmortemId.optional(),
      alone: z.boolean().optional(),
    })
    .optional(),
});
/**
 * `from`, `to` and `replyTo` as people read them. `to` is absent if the mail is shown as anybody
 * gets it. `replyTo`: where replies go, the sender's own address too.
 */
export const PreviewAnswer = z.object({
  edition: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  replyTo: z.string().optional(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  headers: z.record(z.string(), z.string()),
  size: z.int(),
});
export type PreviewAnswer = z.infer<typeof PreviewAnswer>;

/**
 * POST /operator/test, scopes `send` and `people`: mails the edition that a preview shows to one
 * member of staff, with "Test: " before its subject. 202. It is counted nowhere. At most one a
 * minute for each stream and person; `existed` says that there is one already.
 */
export const TestRequest = PreviewRequest.omit({ as: true, distribution: true }).extend({ to: z.string().trim().min(1).max(254) });
export type TestRequest = z.infer<typeof TestRequest>;
/** `edition`: the test's own id. `shows`: the edition that it is a test of. */
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
   * `sending` until every range of the waves that have left has an outcome; `waiting` while other
   * waves are still to come.
   */
  state: z.enum(editionStates),
  /** A later edition about the same incident, for which this one ended. */
  supersededBy: z.string().optional(),
  counts: Counts,
  /**
   * The waves still to come, for readers who chose another day or hour, and when the first of them
   * leaves.
   */
  ahead: z.object({ waves: z.int(), next: Instant }).optional(),
};
export const Lane = z.enum(lanes);
/**
 * A lane that lets no mail through, or only a probe now and then to see whether SES accepts it. A
 * later release may have more lanes.
 */
export const HeldLane = z.object({ lane: z.string(), ...LaneState.shape });
export type HeldLane = z.infer<typeof HeldLane>;

/**
 * GET /operator/updates?postmortem=, scope `read`: every mail about one incident on each stream
 * with incident updates, the first one first, and what waits. Without `postmortem`: of all
 * incidents of which something waits, the next due first, at most 100.
 */
export const UpdatesAnswer = z.object({
  updates: z.array(
    z.object({
      stream: z.string(),
      postmortem: z.string(),
      mails: z.array(
        z.object({
          edition: z.string(),
          kind: z.string(),
          /** The revision that it tells, or that ended the telling. */
          revision: z.int(),
          /** When it was decided. */
          at: Instant,
          /** Absent while it is being made. */
          state: z.string().optional(),
          counts: Counts.optional(),
        }),
      ),
      /** `decided`: its last mail is being made, and made again from `dueAt` on. */
      next: z.object({ state: z.string(), dueAt: Instant }).optional(),
    }),
  ),
});
export type UpdatesAnswer = z.infer<typeof UpdatesAnswer>;

/**
 * GET /operator/editions?cursor=&limit=&service=true, scope `read`; latest first. `service`: lists
 * service mails instead, which answer what somebody did. `lanes`: the lanes that are held, on every
 * page.
 */
export const EditionsAnswer = z.object({
  editions: z.array(z.object(listedEdition)),
  lanes: z.array(HeldLane).default([]),
  cursor: z.string().optional(),
});
export type EditionsAnswer = z.infer<typeof EditionsAnswer>;
export type ListedEdition = EditionsAnswer['editions'][number];

/**
 * GET /operator/status, scope `read`: what waits for somebody. Everything is empty while all is
 * well.
 */
export const StatusAnswer = z.object({
  /** Alerts that were due more than five minutes ago. `why` is what the alarm sev1-unsent says. */
  unsent: z.array(z.object({ postmortem: z.string(), edition: z.string(), since: Instant, why: z.string() })),
  /** Scheduled editions that were due more than half an hour ago and are not there. */
  missing: z.array(z.object({ edition: z.string(), due: Instant })),
  /** Updates of incidents that were due more than five minutes ago. */
  late: z.array(z.object({ stream: z.string(), postmortem: z.string(), dueAt: Instant })),
  /** Of the latest hundred editions. */
  paused: z.array(z.object(listedEdition)),
  /** Editions of the last two weeks with mails of which nobody knows whether they arrived. */
  unconfirmed: z.array(z.object(listedEdition)),
  /** Lanes that are paused or stopped. */
  lanes: z.array(HeldLane),
  /**
   * People whom the file in force names and who get no mail: `post` is what they are, such as `a
   * lead of Payments`. `subscriber` if they are on the list of people, `address` only for callers
   * with the scope `people`.
   */
  unheard: z
    .array(z.object({ post: z.string(), why: z.string(), subscriber: SubscriberId.optional(), address: z.string().optional() }))
    .default([]),
  /**
   * What the organisation's directory was not let do today and yesterday (UTC): `what` and `remedy`
   * are sentences. Absent: nothing.
   */
  braked: z.array(z.object({ at: Instant, what: z.string(), remedy: z.string() })).optional(),
  /** As in ConfigurationAnswer, for the file in force. */
  needsDeploy: z.array(z.string()),
  /** Absent while nothing of Slack waits, and from a stack without it. */
  slack: SlackWaits.optional(),
  /** What the last check for drift found. Absent if there was none, or it found nothing. */
  drift: z.object({ at: Instant, findings: z.int() }).optional(),
  /**
   * What is held of incident tools, five reasons, and whether there are more: the urgent ones
   * first, then the one for which something was held last. Absent while none is held.
   */
  held: z.object({ first: z.array(ShownHeld), more: z.boolean() }).optional(),
  /**
   * What is overdue: reviews, and postmortems that are awaited. `days`: of the oldest, in working
   * days. Absent: nothing is, or the file in force has no reviews.
   */
  overdue: z.object({ reviews: z.int(), postmortems: z.int(), days: z.int() }).optional(),
  /** Absent: the file in force has no reminders. */
  reminders: z
    .object({
      /** When they leave on working days, in the organisation's zone. */
      at: z.string(),
      /** The last day that people were told of. Absent: never. */
      lastDay: PlainDate.optional(),
      /** A working day that has passed without its run. */
      late: PlainDate.optional(),
      /** Why: a run would mail so many people, and waits until somebody says yes. */
      held: z.object({ people: z.int(), staff: z.int() }).optional(),
    })
    .optional(),
});
export type StatusAnswer = z.infer<typeof StatusAnswer>;

/**
 * GET /operator/drift, scope `read`: what differs between the file in force and what is so, looked
 * at now. The worst comes first. 404 while no file is in force. A later release may have more
 * kinds, areas and urgencies.
 */
export const DriftAnswer = z.object({
  at: Instant,
  findings: z.array(
    StoredFinding.extend({
      /** Only for callers with the scope `people`. */
      address: z.string().optional(),
      /** The first of those that it is about. */
      postmortems: z.array(z.string()).optional(),
      /** How owners are written. Only for callers with the scope `people`. */
      owners: z.array(z.string()).optional(),
    }),
  ),
  /** How many findings there are beyond these. */
  more: z.int().default(0),
  /** What was not looked at, in whole sentences. */
  notLookedAt: z.array(z.string()).default([]),
});
export type DriftAnswer = z.infer<typeof DriftAnswer>;

/**
 * GET /operator/editions/{edition}, scope `read`. While an edition is being sent, `counts` covers
 * its finished ranges.
 */
export const EditionAnswer = z.object({
  ...listedEdition,
  completedAt: Instant.optional(),
  /** The lanes that are held. */
  lanes: z.array(HeldLane).default([]),
  /** `severity` is Afterword's own; `severityLabel` is what the organisation calls it now. */
  carries: z.array(
    z.object({ id: PostmortemId, revision: z.int(), title: z.string(), severity: z.string(), severityLabel: z.string().optional() }),
  ),
  /** What it says is right of what earlier editions told, by revision. */
  corrects: z.array(z.object({ id: PostmortemId, from: z.int(), to: z.int() })).default([]),
  /** The postmortems that earlier editions told and this one takes back, without a title. */
  takesBack: z.array(PostmortemId).default([]),
  /** The postmortems that were corrected since it was composed. Mails to come say so. */
  corrected: z.array(PostmortemId).default([]),
  /** Sids of deliveries in doubt, at most 1,000. */
  inDoubt: z.array(z.string()),
  /** Sids of deliveries of which it is not known whether they arrived, at most 1,000. */
  unconfirmed: z.array(z.string()).default([]),
  /**
   * The code of each refusal for good, by sid, at most 1,000. These readers are not tried again in
   * this edition.
   */
  refused: z.record(z.string(), z.string()).default({}),
  /**
   * With `?addresses=true`, which also needs the scope `people`: the addresses of those sids.
   * People who are gone are left out.
   */
  addresses: z.record(z.string(), z.string()).optional(),
});
export type EditionAnswer = z.infer<typeof EditionAnswer>;

/**
 * POST /operator/editions/{edition}/pause, …/resume and …/recall, scope `send`, without a body.
 * `changed`: false if it was already so.
 */
export const BrakeAnswer = z.object({ edition: z.string(), changed: z.boolean() });

/** POST /operator/lanes/{lane}/pause and …/resume, scope `send`, without a body. */
export const LaneAnswer = z.object({ lane: Lane, changed: z.boolean() });

/**
 * GET /operator/dead-letters, scope `read`: each queue in which messages lie that could not be
 * handled, or from which they are being moved. No line has an address.
 */
export const DeadLettersAnswer = z.object({
  queues: z.array(
    z.object({
      /** The name that alarms and redrive use, such as `bulk`. A later release may have more. */
      queue: z.string(),
      /** About how many: SQS needs up to a minute to count exactly. */
      letters: z.int(),
      /** When the oldest of `first` was sent. SQS deletes a letter 14 days after that. */
      oldest: Instant.optional(),
      /** At most ten of them, the oldest first, and what each is in words. */
      first: z.array(
        z.object({
          what: z.string(),
          sentAt: Instant,
          edition: z.string().optional(),
          postmortem: z.string().optional(),
        }),
      ),
      /** False: SQS cannot move these letters. `what` says what to do instead. */
      canRedrive: z.boolean(),
      /** The latest redrive: `under way`, `done`, `cancelled` or `failed`. */
      redrive: z.object({ state: z.string(), startedAt: Instant, moved: z.int(), failure: z.string().optional() }).optional(),
    }),
  ),
});
export type DeadLettersAnswer = z.infer<typeof DeadLettersAnswer>;

/**
 * POST /operator/dead-letters/redrive, scope `send`: moves the letters of one queue back to where
 * they came from. SQS does it on its own, within seconds to hours. 202. Idempotent: `under way` if
 * an earlier redrive is not finished, `empty` if there is nothing to move. 404 for an unknown
 * queue, 409 for one whose letters SQS cannot move.
 */
export const RedriveRequest = z.strictObject({ queue: z.string().trim().min(1).max(80) });
export const RedriveAnswer = z.object({
  queue: z.string(),
  state: z.enum(['started', 'under way', 'empty']),
  /** About how many lay there before. */
  letters: z.int(),
});
export type RedriveAnswer = z.infer<typeof RedriveAnswer>;

/**
 * POST /operator/settle, scope `send`: settles what a restored table cannot know (docs/adr/024).
 * `since`: the point in time that it was restored to. `until`: when the old table may have sent its
 * last mail, by default now. `keep`: editions that are to be sent anyway. `look` says what would be
 * recalled. `act` recalls it and lets mail leave again once `composing` is empty and `owed` is 0.
 * Idempotent. 409 if mail may leave now, or if the identity secret is not the table's.
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
 * POST /operator/editions/{edition}/resend, scope `send`: sends again to people of whom it is not
 * known whether their mail arrived, unless evidence turns up first. Each mail says that it may be a
 * repeat. The same request again while it is under way changes nothing.
 */
export const ResendRequest = z.strictObject({
  subscribers: z.array(SubscriberId).min(1).max(100),
  reason: Reason,
});
export const ResendAnswer = z.object({
  edition: z.string(),
  /** Will be checked, and sent to, within a minute. */
  asked: z.array(SubscriberId),
  /** Already asked for and under way. */
  underWay: z.array(SubscriberId),
  /** Not sent to: has another outcome, or none. */
  left: z.array(SubscriberId),
});
export type ResendAnswer = z.infer<typeof ResendAnswer>;

/**
 * POST /operator/postmortems/{id}/rebuild, scope `configure`, without a body: what is derived from
 * it is made anew within minutes. 202. No mail is sent.
 */
export const RebuildAnswer = z.object({ id: PostmortemId, outcome: z.enum(['asked', 'under way']) });
export type RebuildAnswer = z.infer<typeof RebuildAnswer>;

const Opens = z.record(z.enum(openLabels), z.int().nonnegative());
/**
 * GET /operator/editions/{edition}/reach, scope `read`: what SES reported about the mails, counted
 * on request. Estimates by team, never by person.
 */
export const ReachAnswer = z.object({
  /** Mails that SES reported anything about. */
  mails: z.int(),
  /** What became of them in the end: `delivered`, `bounced` and so on. */
  states: Counts,
  /** Absent if so few got it that a count would reveal who opened it. */
  opens: Opens.optional(),
  /** Each with at least five mails. The rest are combined as `others`. */
  teams: z.array(z.object({ team: z.string(), mails: z.int(), opens: Opens })).readonly(),
});
export type ReachAnswer = z.infer<typeof ReachAnswer>;
