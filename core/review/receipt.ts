import { PostmortemId } from '../postmortem/postmortem.ts';
import { type Instant, toInstant } from '../shared/instant.ts';

/** One press on the page of decisions: on which postmortem, and when it was sent. */
export interface PressName {
  readonly postmortem: PostmortemId;
  readonly press: Instant;
}

export interface Receipt extends PressName {
  /** How many decisions were stored. */
  readonly decisions: number;
  readonly isSigned: boolean;
}

/** What a receipt is about: `redis-failover_mhzx2k1c_2s`. The `s` stands for a sign-off. */
export const receiptAbout = ({ postmortem, press, decisions, isSigned }: Receipt): string =>
  `${postmortem}_${Date.parse(press).toString(36)}_${decisions}${isSigned ? 's' : ''}`;

/** Undefined for what is about no press. */
export function readReceipt(about: string): Receipt | undefined {
  const [, id, ms = '', count = '', signed] = /^([a-z0-9-]+)_([0-9a-z]{1,9})_(\d{1,3})(s?)$/.exec(about) ?? [];
  const postmortem = PostmortemId.safeParse(id);
  const at = new Date(Number.parseInt(ms, 36));
  if (!postmortem.success || Number.isNaN(at.getTime())) return undefined;
  return { postmortem: postmortem.data, press: toInstant(at), decisions: Number(count), isSigned: signed === 's' };
}
