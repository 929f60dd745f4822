import type * as z from 'zod';
import type { Faults } from '../../local/faults/faults.ts';

/** Everything that goes wrong in one run. What is not named works. */
export interface Mix {
  /** Faults of the mail server and of the table, in the form of `PUT /_local/faults`. */
  readonly ses?: z.input<typeof Faults>['ses'];
  readonly dynamodb?: z.input<typeof Faults>['dynamodb'];
  /** AWS pauses the account for this long in the middle of the run. */
  readonly pausedByAwsSeconds?: number;
  /**
   * A function is killed at this interval, each kind in turn. In a run of more than 20,000
   * deliveries the interval grows in proportion.
   */
  readonly killEverySeconds?: number;
  /** The share of readers who are suspended while the mails leave. */
  readonly leaving?: number;
  /** A postmortem of each digest is restricted while its mails leave. */
  readonly restricting?: boolean;
  /**
   * How many more times each digest is composed and begun while it is under way. Its messages come
   * again each time.
   */
  readonly repeats?: number;
  /**
   * Share of the calls to the table before which a worker does nothing for up to a second and a
   * half.
   */
  readonly stalls?: number;
  /** The longest that a worker waits between reading a leaf and claiming it. */
  readonly slowClaimsMs?: number;
  /** The longest that a worker waits between deciding on a chunk of an update and marking it. */
  readonly slowMarksMs?: number;
  /**
   * Every place is so much later than the one that was booked, so that each chunk waits at least
   * that long, however slow the machine is.
   */
  readonly placesLaterMs?: number;
  /** How many more revisions of each alert are published while its mails leave. */
  readonly revising?: number;
  /** The first mail about every other revised alert is paused, and the last one resumed. */
  readonly pausing?: boolean;
  /**
   * The share of readers who are reminded of an action item of theirs while the digests leave. At
   * most a fifth: a run that would mail more mails nobody.
   */
  readonly reminding?: number;
  /**
   * Each run of reminders dies once it has asked for its mails, before it notes that, so that the
   * next run asks for those that are not made yet.
   */
  readonly unnoted?: boolean;
  /** How far workers' clocks are wrong, ahead or behind. */
  readonly skewMs?: number;
}

/** Every fault by its name on the command line, in the measure of a bad day. */
export const faults = {
  throttle: { ses: { throttle: 0.05 } },
  timeoutAfterAccept: { ses: { timeoutAfterAccept: 0.005 } },
  timeoutBeforeAccept: { ses: { timeoutBeforeAccept: 0.005 } },
  error500: { ses: { error500: 0.02 } },
  reset: { ses: { reset: 0.02 } },
  emptyAnswer: { ses: { emptyAnswer: 0.01 } },
  garbledAnswer: { ses: { garbledAnswer: 0.01 } },
  reject: { ses: { reject: ['reader1@example.com', 'reader2@example.com', 'leader1@example.com'] } },
  accessDenied: { ses: { accessDenied: ['reader3@example.com', 'leader0@example.com'] } },
  notVerified: { ses: { notVerified: ['reader4@example.com'] } },
  unknownRejection: { ses: { unknownRejection: ['reader5@example.com'] } },
  pausedByAws: { pausedByAwsSeconds: 4 },
  dropEvents: { ses: { dropEvents: 0.1 } },
  duplicateEvents: { ses: { duplicateEvents: 0.2 } },
  lateEvents: { ses: { lateEvents: 8 } },
  tableThrottle: { dynamodb: { throttle: 0.01 } },
  tableError: { dynamodb: { error500: 0.01 } },
  tableLostReply: { dynamodb: { lostReply: 0.01 } },
  kills: { killEverySeconds: 10 },
  leaving: { leaving: 0.03 },
  restricting: { restricting: true },
  repeats: { repeats: 3 },
  stalls: { stalls: 0.01 },
  revising: { revising: 4 },
  pausing: { pausing: true },
  reminding: { reminding: 0.15 },
} as const satisfies Record<string, Mix>;

/** All of them at once. */
export const mixOf = (wanted: readonly Mix[]): Mix => ({
  ...Object.assign({}, ...wanted),
  ses: Object.assign({}, ...wanted.map(({ ses }) => ses)),
  dynamodb: Object.assign({}, ...wanted.map(({ dynamodb }) => dynamodb)),
});
