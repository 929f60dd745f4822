import { approvalFileOf, type SidsByAddress, sidIn } from '../approval/approval-file.ts';
import { type ApprovalFile, ableApprovers } from '../approval/valid-approvals.ts';
import type { AuditLog } from '../audit/audit.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { type NoticeRules, noticeRulesOf } from '../distribution/notice-rules.ts';
import type { EditionFragments } from '../mail/fragments.ts';
import { isTellable, type PostmortemId } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { AfterwordError } from '../shared/errors.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { actsOf, lineOf, owing, receiptOf } from './acts.ts';
import { dueOf, type NoticePace, reminderMs } from './due.ts';
import type { External, PublicId, ReviewMail, ReviewMailKind } from './external.ts';
import { afterLookStep, beginLook, type LookEvent, type LookStep, type NoticeStanding, nextLookStep } from './look-step.ts';
import { contentHash, type NoticeContent, noticeContentOf } from './notice-content.ts';
import type { Artefacts, ExternalLists, ExternalStore, PublicNotices, Remark } from './ports.ts';
import type { ReviewAct } from './review-link.ts';

/** One mail to one person about a request. Asking for it again makes no second one. */
export interface WantedReviewMail {
  readonly kind: ReviewMailKind | 'review-receipt';
  /** Of a receipt. */
  readonly act?: ReviewAct;
  readonly postmortem: PostmortemId;
  /** The request, or the version. */
  readonly n: number;
  readonly subscriber: SubscriberId;
  readonly at: Instant;
}

/** The distribution file in force, with the sids of those whom it names. */
export interface NoticeFile {
  readonly distribution: Distribution;
  readonly sids: SidsByAddress;
}

export interface LookDeps {
  readonly externals: ExternalStore;
  readonly lists: Pick<ExternalLists, 'asked' | 'isDue'>;
  readonly artefacts: Artefacts;
  readonly notices: Pick<PublicNotices, 'read' | 'putVersion' | 'show'>;
  /** Consistent. */
  readonly stored: (postmortem: PostmortemId) => Promise<StoredPostmortem | undefined>;
  readonly file: () => Promise<NoticeFile | undefined>;
  /** Throws if it could not look. */
  readonly lint: (content: NoticeContent, stored: StoredPostmortem, distribution: Distribution) => Promise<readonly Remark[]>;
  /** The mail of the version that it would become. */
  readonly render: (
    content: NoticeContent,
    about: { readonly isUpdate: boolean },
    distribution: Distribution,
  ) => EditionFragments | Promise<EditionFragments>;
  /**
   * Makes the mail of a version, or of a withdrawal. `fragments`: those that were approved; absent:
   * it was withdrawn. The second time nothing is left to do.
   */
  readonly tell: (told: { readonly publicId: PublicId; readonly version: number; readonly fragments?: EditionFragments }) => Promise<void>;
  readonly mail: (mails: readonly WantedReviewMail[]) => Promise<void>;
  readonly audit: AuditLog;
  /** Has it looked at once more, after this time. */
  readonly lookAgain: (postmortem: PostmortemId, delaySeconds: number) => Promise<void>;
  /** The lint failed. The text is not logged. */
  readonly failed: (postmortem: PostmortemId, error: unknown) => void;
  readonly newPublicId: () => PublicId;
  readonly pace: NoticePace;
  readonly now: () => Date;
}

/**
 * `rests`: nothing is to be done now. `check failed`: the lint could not look before a release, so
 * nothing leaves. `kept changing`: others wrote it. `left alone`: a later release wrote the row,
 * and `sweep` goes on asking for it.
 */
export type NoticeLook = Exclude<Extract<LookStep, { do: 'end' }>['how'], 'unknown'> | 'left alone';

/**
 * A later release wrote the row, so this one leaves it alone. Whoever asked for the look keeps the
 * message: a row of which nothing is due is in no list that is asked for, and a retraction would be
 * lost with it.
 */
export class NoticeOfLaterRelease extends AfterwordError {
  override readonly name = 'NoticeOfLaterRelease';
  constructor(postmortem: PostmortemId) {
    super(`the notice of ${postmortem} was written by a later release, which has to look at it`);
  }
}

/** What was read, which no step decides by itself. */
interface Read {
  readonly stored?: StoredPostmortem | undefined;
  readonly file?: NoticeFile | undefined;
  readonly rules?: NoticeRules | undefined;
  readonly approvers?: ApprovalFile | undefined;
  readonly content?: NoticeContent | undefined;
  readonly remarks?: readonly Remark[];
}

/**
 * Looks at the notice of a postmortem and does whatever is due: asks, reminds, releases, withdraws
 * and tells. `look-step.ts` decides each step, and docs/adr/074-approvals.md says what is left
 * behind if we die at one of them. It does not matter how often or by whom this is asked for.
 * Throws `NoticeOfLaterRelease`.
 */
export async function lookAtNotice(postmortem: PostmortemId, deps: LookDeps): Promise<NoticeLook> {
  const facts = () => ({ now: deps.now(), pace: deps.pace });
  let state = beginLook(deps.newPublicId());
  let read: Read = {};
  for (;;) {
    const step = nextLookStep(state, facts());
    if (step.do === 'end') {
      if (step.how === 'unknown') return leftAlone(postmortem, deps);
      if (step.wrote && step.row) await lookAgain(step.row, deps);
      return step.how;
    }
    if (step.do === 'read document') read = await readDocument(postmortem, step.publicId, deps);
    const { event, remarks } = await act(step, postmortem, read, deps);
    if (remarks) read = { ...read, remarks };
    state = afterLookStep(state, event, facts(), postmortem);
  }
}

/**
 * Each minute's message about a row that is due would end as a dead letter. The alarm
 * `notice-waits` tells of such a row.
 */
async function leftAlone(postmortem: PostmortemId, { lists, now }: LookDeps): Promise<'left alone'> {
  if (await lists.isDue(postmortem, now())) return 'left alone';
  throw new NoticeOfLaterRelease(postmortem);
}

/** SQS delays a message for at most this long. Later ones are found by `sweep`. */
const longestDelaySeconds = 900;

async function lookAgain(row: External, { lookAgain, now, pace }: LookDeps): Promise<void> {
  const dueAt = dueOf(row, pace);
  if (dueAt === undefined) return;
  const seconds = Math.max(0, Math.ceil((Date.parse(dueAt) - now().getTime()) / 1000));
  if (seconds <= longestDelaySeconds) await lookAgain(row.postmortem, seconds);
}

async function readDocument(postmortem: PostmortemId, publicId: PublicId, deps: LookDeps): Promise<Read> {
  const [stored, file] = [await deps.stored(postmortem), await deps.file()];
  if (!stored || !file) return { stored, file };
  const rules = noticeRulesOf(file.distribution);
  const content = noticeContentOf(stored, publicId, file.distribution);
  return { stored, file, rules, approvers: rules && approvalFileOf(rules, file.sids), content };
}

/** How a postmortem stands for its notice. */
export function standingOf({ postmortem }: Pick<StoredPostmortem, 'postmortem'>, content: NoticeContent | undefined): NoticeStanding {
  const isTakenBack = postmortem.status === 'retracted' || postmortem.mergedInto !== undefined;
  return {
    is: isTakenBack ? 'taken back' : isTellable(postmortem) ? 'tellable' : 'hidden',
    content: content && contentHash(content),
    writers: { addresses: postmortem.external?.writtenBy ?? [], names: postmortem.authors },
    hasProducts: (content?.products.length ?? 0) > 0,
    hasChange: content?.change !== undefined,
  };
}

/** Carries out one step. It contains no rule. */
async function act(
  step: Exclude<LookStep, { do: 'end' }>,
  postmortem: PostmortemId,
  read: Read,
  deps: LookDeps,
): Promise<{ readonly event: LookEvent; readonly remarks?: readonly Remark[] }> {
  const { externals, artefacts, notices } = deps;
  switch (step.do) {
    case 'read row':
      return { event: { kind: 'row read', row: await externals.read(postmortem) } };
    case 'read document':
      return {
        event: { kind: 'document read', standing: read.stored && read.file && standingOf(read.stored, read.content), file: read.approvers },
      };
    case 'count open': {
      const open = (await deps.lists.asked()).filter(({ postmortem: other }) => other !== postmortem).length;
      return { event: { kind: 'open counted', open } };
    }
    case 'check':
      return check(postmortem, read, deps);
    case 'store artefact': {
      const { content, file } = wanted(read);
      const fragments = await deps.render(content, { isUpdate: step.isUpdate }, file.distribution);
      const stored = await artefacts.put(postmortem, { content, fragments, remarks: read.remarks ?? [] });
      return { event: { kind: 'artefact stored', artefact: stored.artefact } };
    }
    case 'read artefact': {
      const artefact = await artefacts.read(postmortem, step.artefact);
      const stored = artefact && { content: contentHash(artefact.content), look: idsOf('look', artefact.remarks) };
      return { event: { kind: 'artefact read', stored } };
    }
    case 'put version': {
      const { publicId, version } = step;
      const artefact = step.artefact === undefined ? undefined : await approved(postmortem, step.artefact, deps);
      const at = toInstant(deps.now());
      await notices.putVersion(publicId, { version, at, ...(artefact && { content: artefact.content, mailHash: artefact.mail }) });
      return { event: { kind: 'version put' } };
    }
    case 'read current':
      return { event: { kind: 'current read', current: await notices.read(step.publicId) } };
    case 'show':
      return { event: { kind: 'shown', isOurs: await notices.show(step.notice, step.over) } };
    case 'tell': {
      const { publicId, version } = step;
      const artefact = step.artefact === undefined ? undefined : await approved(postmortem, step.artefact, deps);
      await deps.tell({ publicId, version, ...(artefact && { fragments: artefact.fragments }) });
      return { event: { kind: 'done' } };
    }
    case 'mail':
      await tellPeople(step.row, read, deps);
      return { event: { kind: 'done' } };
    case 'write': {
      const row = actsOf(step.row, step.before, toInstant(deps.now())).reduce(owing, step.row);
      const isOurs = await externals.put(row, dueOf(row, deps.pace));
      return { event: { kind: 'written', isOurs } };
    }
    default:
      return step satisfies never;
  }
}

const idsOf = (level: Remark['level'], remarks: readonly Remark[]): string[] =>
  remarks.filter((remark) => remark.level === level).map(({ id }) => id);

async function check(postmortem: PostmortemId, read: Read, { lint, failed }: LookDeps) {
  const { content, stored, file } = wanted(read);
  try {
    const remarks = await lint(content, stored, file.distribution);
    return { event: { kind: 'checked', check: { refuse: idsOf('refuse', remarks), look: idsOf('look', remarks) } }, remarks } as const;
  } catch (error) {
    failed(postmortem, error);
    return { event: { kind: 'checked', check: 'failed' } } as const;
  }
}

function wanted({ content, stored, file }: Read) {
  if (!content || !stored || !file) throw new Error('there is no external version to look at');
  return { content, stored, file };
}

/** What was approved is sent as it was stored, or not at all. */
async function approved(postmortem: PostmortemId, hash: string, { artefacts }: LookDeps) {
  const artefact = await artefacts.read(postmortem, hash);
  if (!artefact) throw new Error(`${postmortem}: what was approved is not stored as it was`);
  return artefact;
}

/** The second time it makes no second line and no second mail. */
async function tellPeople(row: External, read: Read, { audit, mail }: LookDeps): Promise<void> {
  const { postmortem, acts = [], mails } = row;
  for (const act of acts) {
    const told = lineOf(row, act);
    if (told) await audit.record(told.line, told.id);
  }
  const receipts = acts.flatMap((act) => receiptOf(act) ?? []).map((receipt) => ({ ...receipt, postmortem }));
  await mail([...receipts, ...mails.flatMap((one) => mailsOf(one, row, read))]);
}

/** Who gets a mail about a request. Whoever wrote the text is not asked, and nobody twice. */
function mailsOf({ kind, n, at }: ReviewMail, row: External, { approvers, rules, file }: Read): WantedReviewMail[] {
  if (!approvers || !rules || !file) return [];
  const { postmortem, request } = row;
  const mail = (subscriber: SubscriberId): WantedReviewMail => ({ kind, postmortem, n, subscriber, at });
  const isQuestion = kind === 'review' || kind === 'review-again';
  if (!isQuestion) return approvers.approvers.map(({ person }) => mail(person));
  if (request?.state !== 'open' || request.n !== n) return [];
  const able = ableApprovers(approvers, row.writers ?? { addresses: [], names: [] });
  const answered = new Set(request.approvals.map(({ person }) => person));
  const asked = able.map(({ person }) => person).filter((person) => !answered.has(person));
  const isLast = kind === 'review-again' && request.reminded >= reminderMs.length;
  const others = isLast ? rules.escalate.flatMap((address) => sidIn(file.sids, address) ?? []) : [];
  return [...new Set([...asked, ...others])].map(mail);
}
