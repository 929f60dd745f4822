import type { Approval, ApprovalRequest, Hash, Voiding } from '../approval/approval-request.ts';
import { type ApprovalFile, type Approver, knownBy, personOf, validApprovals } from '../approval/valid-approvals.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import { mayBeOne, mayHaveWritten, type Writers } from '../shared/persons.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import type { External } from './external.ts';

/** Who presses: the holder of a link. `name`: what their profile calls them. */
export interface Presser {
  readonly sid: SubscriberId;
  readonly name?: string | undefined;
}

/** `n`: of the request that the page showed. `version`: the public one that it showed. */
export type NoticePress =
  | { readonly act: 'approve'; readonly n: number; readonly content: Hash; readonly ticked: readonly string[] }
  | { readonly act: 'send back' | 'stop'; readonly n: number; readonly reason: string }
  | { readonly act: 'withdraw'; readonly version: number; readonly reason: string };

export interface PressFacts {
  readonly file: ApprovalFile;
  /** Of the text, with what their profiles call them. */
  readonly writers: Writers;
  /** The ids of the remarks of the artefact that each approver ticks. */
  readonly remarks: readonly string[];
  readonly now: Date;
}

/**
 * Why a press changes nothing. `over`: the request ended, or never was. `other request`: another
 * one is asked now. `other content`: the text is not the one that was shown. `not an approver`: the
 * file does not name them now. `writer`: they may have written it. `same person`: who may be the
 * same has approved. `enough`: the hold has begun. `not ticked`: a remark is left. `too late`: it
 * is leaving or has left. `not public`: customers cannot read that version.
 */
export type Refusal =
  | {
      readonly refused:
        | 'over'
        | 'other request'
        | 'other content'
        | 'not an approver'
        | 'writer'
        | 'same person'
        | 'enough'
        | 'too late'
        | 'not public';
    }
  | { readonly refused: 'not ticked'; readonly left: readonly string[] };

const refused = (why: Exclude<Refusal['refused'], 'not ticked'>): Refusal => ({ refused: why });

/**
 * The row after an approver's press. Everything is decided by the row as it is stored and by the
 * file as it is now. The approval that completes the number begins the hold in the same write. One
 * approver alone sends back, stops or withdraws, who wrote it as well.
 */
export function afterPress(external: External, press: NoticePress, by: Presser, facts: PressFacts): External | Refusal {
  const approver = facts.file.approvers.find(({ sids }) => sids.includes(by.sid));
  if (!approver) return refused('not an approver');
  if (press.act === 'withdraw') return afterWithdrawal(external, press, { by: by.sid, at: toInstant(facts.now) });
  const { request } = external;
  if (!request || request.state === 'held') return refused('over');
  if (request.n !== press.n) return refused('other request');
  if (press.act === 'approve') return afterApproval(external, request, press, { ...by, approver }, facts);
  return afterStop(external, press, { by: by.sid, at: toInstant(facts.now) });
}

function afterApproval(
  external: External,
  request: ApprovalRequest,
  press: Extract<NoticePress, { act: 'approve' }>,
  by: Presser & { readonly approver: Approver },
  { file, writers, remarks, now }: PressFacts,
): External | Refusal {
  if (request.state === 'approved') return refused('enough');
  if (request.state === 'releasing' || request.state === 'released') return refused('too late');
  if (request.state !== 'open') return refused('over');
  if (request.content !== press.content) return refused('other content');
  const who = knownBy(by.approver, by.name);
  if (mayHaveWritten(who, writers)) return refused('writer');
  const valid = validApprovals(request, { file, writers, remarks });
  if (valid.some((one) => mayBeOne(personOf(one, file) ?? who, who))) return refused('same person');
  const left = remarks.filter((id) => !press.ticked.includes(id));
  if (left.length > 0) return { refused: 'not ticked', left };
  const at = toInstant(now);
  const approval: Approval = {
    person: by.approver.person,
    sid: by.sid,
    at,
    content: press.content,
    ticked: remarks.filter((id) => press.ticked.includes(id)),
    ...(by.name !== undefined && { name: by.name }),
  };
  const approvals = [...request.approvals, approval];
  if (valid.length + 1 < file.approvals) return { ...external, request: { ...request, approvals } };
  const { n, content, artefact } = request;
  const releaseAt = toInstant(new Date(now.getTime() + file.holdMs));
  return {
    ...external,
    request: { state: 'approved', n, content, artefact, approvals, at, releaseAt },
    mails: [...external.mails, { kind: 'review-hold', n, at }],
  };
}

/** Who acts, and when. `by`: a sid, or the id of an operator's key. */
export interface Acting {
  readonly by: string;
  readonly at: Instant;
}

/** Ends a request before its release. An operator may do so as well. */
export function afterStop(
  external: External,
  { act, n, reason }: { readonly act: 'send back' | 'stop'; readonly n: number; readonly reason: string },
  { by, at }: Acting,
): External | Refusal {
  const { request } = external;
  if (!request || request.state === 'held') return refused('over');
  if (request.n !== n) return refused('other request');
  if (request.state === 'releasing' || request.state === 'released') return refused('too late');
  if (request.state !== 'open' && request.state !== 'approved') return refused('over');
  const { content, artefact } = request;
  return {
    ...external,
    request: { state: act === 'stop' ? 'stopped' : 'sent back', n, content, artefact, by, reason, at },
    mails: [...external.mails, { kind: 'review-void', n, at }],
  };
}

/** The version that customers can read, as far as the row knows. */
export const publicVersionOf = ({ shown, withdrawn }: Pick<External, 'shown' | 'withdrawn'>): External['shown'] =>
  shown && (!withdrawn || withdrawn.n < shown.n) ? shown : undefined;

/** When customers could first read a version. Undefined: they never could. */
export const firstPublicAt = (row: Pick<External, 'publicSince' | 'shown' | 'withdrawn'>): Instant | undefined =>
  row.publicSince ?? publicVersionOf(row)?.at;

/**
 * Takes a public version back, and stops whatever is asked: no text of this content leaves without
 * somebody who asks again. An operator may do so as well.
 */
export function afterWithdrawal(
  external: External,
  { version, reason }: { readonly version: number; readonly reason: string },
  { by, at }: Acting,
): External | Refusal {
  const { request } = external;
  const releasing = request?.state === 'releasing' ? request : undefined;
  const shown = publicVersionOf(external);
  if (!shown && !releasing) return refused('not public');
  if (version !== shown?.n && version !== releasing?.n) return refused('other request');
  return withdrawn(external, at, { by, reason });
}

/**
 * The row of a notice that is being withdrawn. A version that is leaving counts as shown, because
 * it may be. `why`: whose decision it is, or what the postmortem's own state says against it.
 */
export function withdrawn(external: External, at: Instant, why: Decision | Voiding = 'not tellable'): External {
  const { request, untold: _, hurried: _h, ...rest } = external;
  const n = external.n + 1;
  const { shown, takenBack = [] } = external;
  const perhaps = request?.state === 'releasing' ? { n: request.n, content: request.content, artefact: request.artefact, at } : shown;
  const texts = [...takenBack, shown?.content, perhaps?.content].filter((text) => text !== undefined);
  return {
    ...rest,
    n,
    ...(perhaps && { shown: perhaps }),
    ...(typeof why === 'object' && { takenBack: [...new Set(texts)] }),
    withdrawn: { n, at, ...(typeof why === 'object' && { reason: why.reason }) },
    ...(request && { request: afterEnd(request, at, why) }),
    mails: [...external.mails, { kind: 'review-withdrawn', n, at }],
  };
}

interface Decision {
  readonly by: string;
  readonly reason: string;
}

function afterEnd(request: ApprovalRequest, at: Instant, why: Decision | Voiding): ApprovalRequest {
  if (request.state === 'held') return request;
  const { n, content, artefact } = request;
  if (typeof why === 'object') return { state: 'stopped', n, content, artefact, by: why.by, reason: why.reason, at };
  return { state: 'void', n, content, artefact, because: why, at };
}
