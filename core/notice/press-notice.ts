import type { ApprovalFile } from '../approval/valid-approvals.ts';
import type { AuditLog } from '../audit/audit.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { AfterwordError } from '../shared/errors.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import type { Writers } from '../shared/persons.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { lineOf, owing } from './acts.ts';
import { afterPress, type NoticePress, type Presser, type Refusal } from './after-press.ts';
import { dueOf, type NoticePace } from './due.ts';
import type { External } from './external.ts';
import type { Artefacts, ExternalStore } from './ports.ts';

export interface PressNoticeDeps {
  readonly externals: ExternalStore;
  readonly artefacts: Pick<Artefacts, 'read'>;
  /** Undefined: the file that is applied names no approvers. */
  readonly file: () => Promise<ApprovalFile | undefined>;
  /** What the profiles of these addresses call their people. */
  readonly namesOf: (addresses: readonly string[]) => Promise<readonly string[]>;
  readonly audit: AuditLog;
  /** Has the postmortem's notice looked at. */
  readonly look: (postmortem: PostmortemId) => Promise<void>;
  readonly pace: NoticePace;
  readonly now: () => Date;
}

/** `external`: the row that is stored afterwards. */
export type PressedNotice =
  | { readonly kind: 'stored'; readonly external: External }
  | { readonly kind: 'refused'; readonly why: Refusal; readonly external?: External | undefined }
  /** A later release wrote the row. It is left alone. */
  | { readonly kind: 'unknown' };

/** Others kept writing the row. Nothing was changed; doing the same again may succeed. */
export class NoticeKeptChanging extends AfterwordError {
  override readonly name = 'NoticeKeptChanging';
  constructor(postmortem: PostmortemId) {
    super(`the notice of ${postmortem} was being changed by others at the same time`);
  }
}

const tries = 8;

/**
 * Changes the row of a notice by what a person decided. `change` decides by the row as it is
 * stored, and is asked again if somebody wrote it meanwhile.
 */
export async function changeNotice(
  postmortem: PostmortemId,
  change: (external: External) => Promise<External | Refusal> | External | Refusal,
  { externals, pace }: Pick<PressNoticeDeps, 'externals' | 'pace'>,
): Promise<PressedNotice> {
  for (let i = 0; i < tries; i += 1) {
    const external = await externals.read(postmortem);
    if (external === 'unknown') return { kind: 'unknown' };
    if (!external) return { kind: 'refused', why: { refused: 'over' } };
    const after = await change(external);
    if ('refused' in after) return { kind: 'refused', why: after, external };
    if (await externals.put(after, dueOf(after, pace))) return { kind: 'stored', external: { ...after, version: after.version + 1 } };
  }
  throw new NoticeKeptChanging(postmortem);
}

/**
 * What an approver's press does. Two at once both count. The press that completes the number begins
 * the hold. What follows from it, the receipt too, is done by a look, which is asked for; if we die
 * before that, the row is in the list of open work.
 */
export async function pressNotice(
  postmortem: PostmortemId,
  press: NoticePress,
  by: Presser,
  deps: PressNoticeDeps,
): Promise<PressedNotice> {
  const now = deps.now();
  const file = (await deps.file()) ?? { approvers: [], approvals: 1, holdMs: 0 };
  const pressed = await changeNotice(
    postmortem,
    async (external) => {
      const [remarks, writers] = [await remarksOf(external, press, deps), await writersOf(external, press, deps)];
      const after = afterPress(external, press, by, { file, writers, remarks, now });
      return 'refused' in after ? after : owing(after, actOf(press, by.sid, toInstant(now), after));
    },
    deps,
  );
  if (pressed.kind !== 'stored') return pressed;
  await recordLast(pressed.external, deps);
  await deps.look(postmortem);
  return pressed;
}

/** The audit line of what was just done. If we die before it, the look has the row's. */
export async function recordLast(row: External, { audit }: Pick<PressNoticeDeps, 'audit'>): Promise<void> {
  const last = row.acts?.at(-1);
  const told = last && lineOf(row, last);
  if (told) await audit.record(told.line, told.id);
}

/**
 * The remarks that each approver ticks. An artefact that cannot be read is approved by nobody: its
 * remark cannot be ticked.
 */
async function remarksOf({ postmortem, request }: External, { act }: NoticePress, { artefacts }: PressNoticeDeps): Promise<string[]> {
  if (act !== 'approve' || request?.state !== 'open') return [];
  const artefact = await artefacts.read(postmortem, request.artefact);
  return artefact ? artefact.remarks.filter(({ level }) => level === 'look').map(({ id }) => id) : ['the text cannot be read'];
}

async function writersOf({ writers }: External, { act }: NoticePress, { namesOf }: PressNoticeDeps): Promise<Writers> {
  const { addresses = [], names = [] } = writers ?? {};
  return { addresses, names: act === 'approve' ? [...names, ...(await namesOf(addresses))] : names };
}

/** What a press did. `n`: of what the page was about. */
function actOf(press: NoticePress, by: SubscriberId, at: Instant, { withdrawn }: External): Parameters<typeof owing>[1] {
  if (press.act === 'withdraw') return { act: press.act, by, at, n: press.version, ...(withdrawn && { makes: withdrawn.n }) };
  return { act: press.act, by, at, n: press.n, ...(press.act === 'approve' && { content: press.content }) };
}
