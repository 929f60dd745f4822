import type { AuditLine } from '../audit/audit.ts';
import type { Instant } from '../shared/instant.ts';
import type { External, NoticeAct } from './external.ts';
import { type ReviewAct, reviewActs } from './review-link.ts';

/** What became of a notice, by whom. `act`: as the row keeps it. */
export type KnownAct = keyof typeof audited;

/** The lines of the audit log. `ask`: its approvers are asked, or an operator has them asked. */
const audited = {
  ask: 'notice asked',
  approve: 'notice approved',
  'send back': 'notice sent back',
  stop: 'notice stopped',
  withdraw: 'notice withdrawn',
  release: 'notice released',
  lapse: 'notice lapsed',
} as const satisfies Record<string, AuditLine['act']>;

const isKnown = (act: string): act is KnownAct => Object.hasOwn(audited, act);

/** The row that owes the line of one more act, and its receipt, in the write that does it. */
export const owing = (row: External, act: NoticeAct & { readonly act: KnownAct }): External => ({
  ...row,
  acts: [...(row.acts ?? []), act],
});

/**
 * The line of an act, of ids and hashes alone, and its id: recorded again it is the same line.
 * Undefined for an act of a later release.
 */
export function lineOf(
  { postmortem, publicId }: External,
  { act, by, at, n, makes = n, content, artefact, label }: NoticeAct,
): { readonly line: AuditLine; readonly id: string } | undefined {
  if (!isKnown(act)) return undefined;
  const facts = {
    postmortem,
    ...(publicId && { notice: publicId }),
    ...(makes !== undefined && { n: makes }),
    ...(content && { content }),
    ...(artefact && { artefact }),
    ...(label !== undefined && { by: label }),
  };
  return { line: { at, who: by, act: audited[act], facts }, id: `notice-${postmortem}-${act.replace(' ', '-')}-${n ?? 0}-${by}` };
}

/** A receipt for whoever pressed with their link. */
export interface WantedReceipt {
  readonly kind: 'review-receipt';
  readonly act: ReviewAct;
  readonly n: number;
  readonly subscriber: string;
  readonly at: Instant;
}

/** Undefined where nobody pressed with a link: of a look, and of an operator. */
export function receiptOf({ act, by, at, n, label }: NoticeAct): WantedReceipt | undefined {
  const pressed = Object.values(reviewActs).find((one) => one === act);
  if (!pressed || n === undefined || label !== undefined || by === byLook) return undefined;
  return { kind: 'review-receipt', act: pressed, n, subscriber: by, at };
}

/** Who did what a look does. */
export const byLook = 'compose';

/** What a write of a look did. */
export function actsOf(row: External, before: External, at: Instant): (NoticeAct & { readonly act: KnownAct })[] {
  const { request, withdrawn } = row;
  const acts: (NoticeAct & { readonly act: KnownAct })[] = [];
  if (request && request.state !== before.request?.state && request.state !== 'held') {
    const { n, content, artefact } = request;
    if (request.state === 'open') acts.push({ act: 'ask', by: byLook, at, n, content, artefact });
    if (request.state === 'released') acts.push({ act: 'release', by: byLook, at, n, content, artefact });
    if (request.state === 'lapsed') acts.push({ act: 'lapse', by: byLook, at, n });
  }
  if (withdrawn && withdrawn.n !== before.withdrawn?.n) acts.push({ act: 'withdraw', by: byLook, at, n: withdrawn.n });
  return acts;
}
