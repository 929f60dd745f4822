import { inDoubtCode, reserveCode, sameRefusalCode, unsettledCopy } from '../../core/delivery/lane.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import { streamTitle } from '../../core/distribution/stream-words.ts';
import { laneOf } from '../../core/edition/edition.ts';
import type { HeldLane, ListedEdition } from '../../core/operator/api.ts';
import { outcomeWords } from '../../core/operator/outcome-words.ts';
import { type Lane, StreamName } from '../../core/stream/stream.ts';

/** `1 mail`, `2 mails`, `1,030 mails`. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${grouped(n)} ${n === 1 ? one : many}`;
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** What leaves on a lane, for people who decide whether to stop it. */
export const laneWords: Readonly<Record<Lane, { readonly name: string; readonly carries: string }>> = {
  urgent: { name: 'Urgent', carries: 'Alerts, and mails that somebody waits for: confirmations, new links, links to sign in' },
  prompt: { name: 'Prompt', carries: 'Incidents that customers felt, at once' },
  bulk: { name: 'Bulk', carries: 'Digests and briefs' },
  customers: { name: 'Customers', carries: 'Everything that customers get' },
};
export const laneName = (lane: string): string => laneWords[lane as Lane]?.name ?? lane;

/** `Engineering digest · Bulk`. A stream of a later release is named as it is. */
export function kindOf({ edition, stream }: Pick<ListedEdition, 'edition' | 'stream'>, distribution: Distribution): string {
  const known = StreamName.safeParse(stream).data;
  if (!known) return stream === 'service' ? 'Mail to one person' : stream;
  return `${streamTitle(known, distribution)} · ${laneName(laneOf({ id: edition, stream: known }))}`;
}

/** The lane that holds back an edition whose mails would leave now. */
export function heldBack({ edition, stream, state }: ListedEdition, held: readonly HeldLane[]): HeldLane | undefined {
  const known = StreamName.safeParse(stream).data;
  if (state !== 'sending' || !known) return undefined;
  const own = laneOf({ id: edition, stream: known });
  return held.find(({ lane }) => lane === own);
}

/** Why a lane lets nothing through. */
export function stoppedWords(code: string): string {
  switch (code) {
    case reserveCode:
      return 'The rest of today’s quota is kept for urgent mail.';
    case inDoubtCode:
      return 'SES does not say whether it accepts mail.';
    case sameRefusalCode:
      return 'SES refuses mail after mail for the same reason.';
    default:
      return `SES accepts no mail (${code}).`;
  }
}
/** A restored table is settled on the command line, because it needs to know since when. */
export const isRestored = ({ paused }: Pick<HeldLane, 'paused'>): boolean => paused?.by === unsettledCopy;

export type Share = 'accepted' | 'doubtful' | 'refused' | 'skipped';
const shareOf = (outcome: string): Share => {
  if (outcome === 'accepted') return 'accepted';
  if (outcome === 'in doubt' || outcome === 'unconfirmed') return 'doubtful';
  return outcome.startsWith('refused') ? 'refused' : 'skipped';
};

export interface Told {
  /** Everyone who has an outcome. */
  readonly all: number;
  readonly accepted: number;
  /** By share of the bar, without those that are empty. */
  readonly shares: readonly { readonly share: Share; readonly count: number }[];
  /** All but the accepted, the most first: `31 skipped: snoozed`. */
  readonly rest: readonly { readonly outcome: string; readonly count: number }[];
}

const shares = ['accepted', 'doubtful', 'refused', 'skipped'] as const;

/** Counts by outcome as a bar and its words tell them. */
export function toldCounts({ counts, edition }: Pick<ListedEdition, 'counts' | 'edition'>): Told {
  const given = Object.entries(counts).filter(([, count]) => count > 0);
  const sum = (some: readonly (readonly [string, number])[]) => some.reduce((total, [, count]) => total + count, 0);
  return {
    all: sum(given),
    accepted: counts.accepted ?? 0,
    shares: shares
      .map((share) => ({ share, count: sum(given.filter(([outcome]) => shareOf(outcome) === share)) }))
      .filter(({ count }) => count > 0),
    rest: given
      .filter(([outcome]) => outcome !== 'accepted')
      .toSorted(([, a], [, b]) => b - a)
      .map(([outcome, count]) => ({ outcome: outcomeWords(outcome, edition), count })),
  };
}
