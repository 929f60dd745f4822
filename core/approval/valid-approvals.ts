import { ableAmong, type Known, mayBeOne, mayHaveWritten, type Writers } from '../shared/persons.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import type { Approval, Hash } from './approval-request.ts';

/** An entry of the file's approvers. */
export interface Approver extends Known {
  /** Of its first address. */
  readonly person: SubscriberId;
  /** Of all its addresses. */
  readonly sids: readonly SubscriberId[];
}

/** What the distribution file says of approvals, with sids in place of addresses. */
export interface ApprovalFile {
  readonly approvers: readonly Approver[];
  /** How many of them have to approve. */
  readonly approvals: number;
  readonly holdMs: number;
}

/** With what their profile calls them. */
export const knownBy = (approver: Approver, name: string | undefined): Approver =>
  name === undefined ? approver : { ...approver, names: [...approver.names, name] };

/** Undefined: the file does not name them any more. */
export function personOf({ sid, name }: Approval, { approvers }: ApprovalFile): Approver | undefined {
  const approver = approvers.find(({ sids }) => sids.includes(sid));
  return approver && knownBy(approver, name);
}

/**
 * The approvals that count: of exactly this content, with every remark ticked, of persons whom the
 * file names now, none of whom may have written it, and no two of whom may be the same.
 */
export function validApprovals(
  request: { readonly content: Hash; readonly approvals: readonly Approval[] },
  { file, writers, remarks }: { readonly file: ApprovalFile; readonly writers: Writers; readonly remarks: readonly string[] },
): readonly Approval[] {
  const valid: { readonly approval: Approval; readonly who: Approver }[] = [];
  for (const approval of request.approvals) {
    const who = personOf(approval, file);
    if (!who || approval.content !== request.content || !remarks.every((id) => approval.ticked.includes(id))) continue;
    if (mayHaveWritten(who, writers) || valid.some((one) => mayBeOne(one.who, who))) continue;
    valid.push({ approval, who });
  }
  return valid.map(({ approval }) => approval);
}

/** Those whom the file names and who may approve this text: no two of them may be the same. */
export const ableApprovers = ({ approvers }: Pick<ApprovalFile, 'approvers'>, writers: Writers): readonly Approver[] =>
  ableAmong(approvers, writers);
