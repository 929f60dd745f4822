import { PostmortemId } from '../postmortem/postmortem.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import type { What } from './decide.ts';

/** One press on the page of decisions: on which postmortem, and when it was sent. */
export interface PressName {
  readonly postmortem: PostmortemId;
  readonly press: Instant;
}

export interface Receipt extends PressName {
  /** How many decisions were stored. */
  readonly decisions: number;
  readonly isSigned: boolean;
  /** What a press of this release says too. */
  readonly details?: ReceiptDetails;
}

export interface ReceiptDetails {
  /** How many of each decision. */
  readonly of: Readonly<Record<What, number>>;
  /** How many actions the sign-off left without a decision. */
  readonly undecided: number;
  /** From when the decisions count, and until when all of it can be taken back. */
  readonly effectiveAt: Instant;
}

/** The letters for how many of each decision, in this order. */
const kinds = ['fund', 'accept the risk', 'defer', 'need more'] as const satisfies readonly What[];

/**
 * What a receipt is about: `redis-failover_mhzx2k1c_2s_1-0-1-0_3_mi0a2k00`. The `s` stands for a
 * sign-off. Then come how many were funded, accepted as risks, deferred and sent back for more, how
 * many actions were left undecided, and from when it counts.
 */
export const receiptAbout = ({ postmortem, press, decisions, isSigned, details }: Receipt): string =>
  [
    postmortem,
    instantOf(press),
    `${decisions}${isSigned ? 's' : ''}`,
    ...(details ? [kinds.map((kind) => details.of[kind]).join('-'), details.undecided, instantOf(details.effectiveAt)] : []),
  ].join('_');

const instantOf = (at: Instant) => Date.parse(at).toString(36);
const atOf = (ms: string): Instant | undefined => {
  const at = new Date(Number.parseInt(ms, 36));
  return Number.isNaN(at.getTime()) ? undefined : toInstant(at);
};

const written = /^([a-z0-9-]+)_([0-9a-z]{1,9})_(\d{1,3})(s?)(?:_(\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3})_(\d{1,3})_([0-9a-z]{1,9}))?$/;

/** Undefined for what is about no press. */
export function readReceipt(about: string): Receipt | undefined {
  const [, id, ms = '', count = '', signed, numbers, undecided, from = ''] = written.exec(about) ?? [];
  const postmortem = PostmortemId.safeParse(id);
  const press = atOf(ms);
  if (!postmortem.success || press === undefined) return undefined;
  const receipt = { postmortem: postmortem.data, press, decisions: Number(count), isSigned: signed === 's' };
  const effectiveAt = atOf(from);
  if (numbers === undefined || effectiveAt === undefined) return receipt;
  const [fund = 0, accepted = 0, defer = 0, more = 0] = numbers.split('-').map(Number);
  const of = { fund, 'accept the risk': accepted, defer, 'need more': more };
  return { ...receipt, details: { of, undecided: Number(undecided), effectiveAt } };
}

const words: Readonly<Record<What, (n: number) => string>> = {
  fund: (n) => `${n} funded`,
  'accept the risk': (n) => `${n} ${n === 1 ? 'risk' : 'risks'} accepted`,
  defer: (n) => `${n} deferred`,
  'need more': (n) => `${n} with more asked`,
};

/** `1 funded, 2 deferred`. */
export const countsWords = (of: Readonly<Record<What, number>>): string =>
  kinds
    .filter((kind) => of[kind] > 0)
    .map((kind) => words[kind](of[kind]))
    .join(', ');

/** How many of each. */
export const countedBy = (decided: readonly What[]): Record<What, number> => {
  const of = { fund: 0, 'accept the risk': 0, defer: 0, 'need more': 0 };
  for (const what of decided) of[what] += 1;
  return of;
};
