import * as z from 'zod';
import { type Chance, chanceOf, type Draw } from './chance.ts';

/** AWS's rate for a small account out of the sandbox. */
export const usualSendRate = 14;

const share = z.number().min(0).max(1).default(0);
const isOn = z.boolean().default(false);
/** True for every mail, or those to these addresses. */
const mails = z.union([z.boolean(), z.array(z.string())]).default(false);

const SesFaults = z.strictObject({
  /** Share of calls that are throttled although the rate is kept. */
  throttle: share,
  /** Shares of calls that get no answer: the connection stays open until the caller gives up. */
  timeoutAfterAccept: share,
  timeoutBeforeAccept: share,
  /** Share of calls answered with 500 or 503; half of each were accepted before. */
  error500: share,
  /** Share of calls whose connection is reset; half of them were accepted before. */
  reset: share,
  /** Shares of accepted calls answered 200 with no body, and with half of one. */
  emptyAnswer: share,
  garbledAnswer: share,
  /** Addresses that are refused for good. */
  reject: z.array(z.string()).default([]),
  /**
   * The account may not send: switched off by its owner, and by AWS, which says so in other words.
   */
  paused: isOn,
  pausedByAws: isOn,
  /** Rejected in words that nobody has heard before. */
  unknownRejection: mails,
  /** Configuration sets that may not send, in full or without the stack's name; true for all. */
  configurationSetPaused: z.union([z.boolean(), z.array(z.string())]).default(false),
  /** Configuration sets are not there. */
  configurationSetMissing: isOn,
  /**
   * The senders' identities are not verified; with addresses, these recipients are not, as in the
   * sandbox.
   */
  notVerified: mails,
  /** The senders' MAIL FROM domain is not verified. */
  mailFromNotVerified: isOn,
  /** The role may not send. */
  accessDenied: mails,
  /**
   * Share of events that never come, and of those that come twice: the copy after the mail's last
   * event.
   */
  dropEvents: share,
  duplicateEvents: share,
  /** Real seconds until the events of a mail set out. */
  lateEvents: z.number().min(0).max(3600).default(0),
  maxSendRate: z.number().positive().max(100_000).default(usualSendRate),
  /** Mails in 24 hours. */
  dailyQuota: z.int().min(0).default(1_000_000),
});
export type SesFaults = z.infer<typeof SesFaults>;

const DynamoDbFaults = z.strictObject({
  /** Share of calls refused without effect. */
  throttle: share,
  /** Share of calls answered 500; half of them were carried out before. */
  error500: share,
  /** Share of calls that are carried out and whose answer is a cut connection. */
  lostReply: share,
});
export type DynamoDbFaults = z.infer<typeof DynamoDbFaults>;

/** The body of PUT /_local/faults. What is not named is without fault. */
export const Faults = z.strictObject({
  /** The same seed gives the same calls the same fate. @default none: random */
  seed: z.int().optional(),
  ses: SesFaults.prefault({}),
  dynamodb: DynamoDbFaults.prefault({}),
});
export type Faults = z.infer<typeof Faults>;

/** The faults in force, held until others are set. */
export interface Injected {
  readonly ses: SesFaults;
  readonly dynamodb: DynamoDbFaults;
  readonly seed: number | undefined;
  /** What befalls this call. With a seed, asking twice is two calls. */
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
