import * as z from 'zod';
import { type Chance, chanceOf, type Draw } from './chance.ts';

/** The rate that AWS gives to a small account outside the sandbox, in mails a second. */
export const usualSendRate = 14;

const share = z.number().min(0).max(1).default(0);
const isOn = z.boolean().default(false);
/** True: every mail. A list: mails to these addresses. */
const mails = z.union([z.boolean(), z.array(z.string())]).default(false);

const SesFaults = z.strictObject({
  /** Share of calls that are throttled although they keep to the rate. */
  throttle: share,
  /** Shares of calls that get no answer. The connection stays open until the caller gives up. */
  timeoutAfterAccept: share,
  timeoutBeforeAccept: share,
  /** Share of calls answered with 500 or 503. Half of each were accepted before. */
  error500: share,
  /** Share of calls whose connection is reset. Half of them were accepted before. */
  reset: share,
  /** Shares of accepted calls that are answered with 200 and no body, or half of one. */
  emptyAnswer: share,
  garbledAnswer: share,
  /** Addresses that are always refused. */
  reject: z.array(z.string()).default([]),
  /**
   * The account may not send. `paused`: switched off by its owner. `pausedByAws`: by AWS, which
   * says it in other words.
   */
  paused: isOn,
  pausedByAws: isOn,
  /** Rejected with a message that is not documented. */
  unknownRejection: mails,
  /**
   * Configuration sets that may not send, by full name or without the stack's name. True: all of
   * them.
   */
  configurationSetPaused: z.union([z.boolean(), z.array(z.string())]).default(false),
  /** The configuration sets do not exist. */
  configurationSetMissing: isOn,
  /**
   * The senders' identities are not verified. With a list, these recipients are not, as in the
   * sandbox.
   */
  notVerified: mails,
  /** The senders' MAIL FROM domain is not verified. */
  mailFromNotVerified: isOn,
  /** The role may not send. */
  accessDenied: mails,
  /**
   * `dropEvents`: share of events that never come. `duplicateEvents`: share of events that come
   * twice, the copy after the mail's last event.
   */
  dropEvents: share,
  duplicateEvents: share,
  /** Real seconds before the events of a mail are sent. */
  lateEvents: z.number().min(0).max(3600).default(0),
  maxSendRate: z.number().positive().max(100_000).default(usualSendRate),
  /** Mails in 24 hours. */
  dailyQuota: z.int().min(0).default(1_000_000),
});
export type SesFaults = z.infer<typeof SesFaults>;

const DynamoDbFaults = z.strictObject({
  /** Share of calls that are refused without effect. */
  throttle: share,
  /** Share of calls answered with 500. Half of them were carried out before. */
  error500: share,
  /** Share of calls that are carried out, but whose connection is cut before the answer. */
  lostReply: share,
});
export type DynamoDbFaults = z.infer<typeof DynamoDbFaults>;

/** Channels as the distribution file names them, with or without `#`, or their ids. */
const channels = z.array(z.string()).default([]);

const SlackFaults = z.strictObject({
  /** Share of calls that are answered 429, and the seconds that such a call is told to wait. */
  throttle: share,
  retryAfter: z.int().min(1).max(3600).default(1),
  /** Shares of calls that get no answer. The connection stays open until the caller gives up. */
  timeoutAfterAccept: share,
  timeoutBeforeAccept: share,
  /** Seconds that pass before a call of `timeoutAfterAccept` is carried out. */
  lateAccept: z.number().min(0).max(3600).default(0),
  /** Share of calls answered with 500 or 503. Half of each were carried out before. */
  error500: share,
  /** Share of calls that are carried out and answered with `fatal_error`. */
  fatalErrorAfterAccept: share,
  /** Share of calls whose connection is reset. Half of them were carried out before. */
  reset: share,
  /** Seconds until a message stands in the history of its channel. */
  historyLag: z.number().min(0).max(3600).default(0),
  archived: channels,
  notMember: channels,
  /** Shared with another company. */
  extShared: channels,
  /** They do not exist any more. */
  gone: channels,
  /** Where somebody deletes what the app posts. */
  deletedByHand: channels,
  editWindowClosed: isOn,
  deleteForbidden: isOn,
  /** The token is revoked. */
  revoked: isOn,
  /** Scopes that the app was not given. */
  missingScopes: z.array(z.string()).default([]),
});
export type SlackFaults = z.infer<typeof SlackFaults>;

/** The body of PUT /_local/faults. Anything not named works without faults. */
export const Faults = z.strictObject({
  /** With the same seed the same calls meet the same faults. @default none: random */
  seed: z.int().optional(),
  ses: SesFaults.prefault({}),
  dynamodb: DynamoDbFaults.prefault({}),
  slack: SlackFaults.prefault({}),
});
export type Faults = z.infer<typeof Faults>;

/** The faults in force. They stay until others are set. */
export interface Injected {
  readonly ses: SesFaults;
  readonly dynamodb: DynamoDbFaults;
  readonly slack: SlackFaults;
  readonly seed: number | undefined;
  /** The faults for this call. With a seed, each invocation counts as a new call. */
  draw(what: string): Draw;
  set(faults: Faults): void;
}

export function injectedFaults(): Injected {
  let faults = Faults.parse({});
  let chance: Chance = chanceOf(undefined);
  return {
    get ses() {
      return faults.ses;
    },
    get dynamodb() {
      return faults.dynamodb;
    },
    get slack() {
      return faults.slack;
    },
    get seed() {
      return faults.seed;
    },
    draw: (what) => chance(what),
    set: (next) => {
      faults = next;
      chance = chanceOf(next.seed);
    },
  };
}
