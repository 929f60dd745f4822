import type { StreamName } from '../stream/stream.ts';
import { streamsOf } from '../stream/stream.ts';
import type { Distribution } from './distribution.ts';
import type { Approver, NoticeSettings } from './notices.ts';
import { configuredStream } from './stream-rules.ts';

/** How many have to approve if the file does not say. */
export const usualApprovals = 2;

/** The rules of a file that has approvers, with their defaults. */
export interface NoticeRules {
  /** The stream whose mails they are. */
  readonly stream: StreamName;
  readonly approvers: readonly Approver[];
  readonly approvals: number;
  readonly holdMs: number;
  readonly escalate: readonly string[];
  readonly contact?: string;
  readonly indexed: boolean;
}

/** What pages that anybody may read know of the file. */
export type PublicPageRules = Pick<NoticeRules, 'stream' | 'contact' | 'indexed'>;

/**
 * Undefined: the file has no notices. It may be customers' copy of the file, which names no
 * approver.
 */
export function publicPageRulesOf(distribution: Pick<Distribution, 'streams'>): PublicPageRules | undefined {
  for (const stream of streamsOf('customers')) {
    const settings = configuredStream(distribution, stream);
    if (!settings) continue;
    const { contact, indexed = true } = settings;
    return { stream, ...(contact !== undefined && { contact }), indexed };
  }
  return undefined;
}

/** Undefined: the file names no approvers, so there are no notices. */
export function noticeRulesOf(distribution: Pick<Distribution, 'streams'>): NoticeRules | undefined {
  for (const stream of streamsOf('customers')) {
    const settings: NoticeSettings = configuredStream(distribution, stream) ?? {};
    const { approvers, approvals = usualApprovals, holdMinutes = 10, escalate = [], contact, indexed = true } = settings;
    if (approvers) {
      return { stream, approvers, approvals, holdMs: holdMinutes * 60_000, escalate, ...(contact !== undefined && { contact }), indexed };
    }
  }
  return undefined;
}
