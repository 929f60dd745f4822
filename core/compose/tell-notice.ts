import { mayHaveReachedBy } from '../delivery/has-reached.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { countsOf, type Edition } from '../edition/edition.ts';
import { noticeEditionId, parseEditionId } from '../edition/edition-id.ts';
import type { EditionFragments } from '../mail/fragments.ts';
import { asContentHash, fragmentsHash } from '../mail/fragments-hash.ts';
import type { PublicId } from '../notice/external.ts';
import type { NoticeVersion, PublicNotices, WithdrawalMails } from '../notice/ports.ts';
import { AfterwordError } from '../shared/errors.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { type ApprovedStream, approvedStreams } from '../stream/stream.ts';
import { composeWithdrawal, type NoticeRendering } from './compose-notice.ts';
import { everySubscriber } from './plan-edition.ts';
import type { StartDeps } from './ports.ts';
import { NothingApplied } from './start-edition.ts';
import { begin, storeEdition } from './store-edition.ts';

/** A version of a notice that is public, or a withdrawal that customers are to be told of. */
export interface NoticeToTell {
  readonly publicId: PublicId;
  readonly version: number;
  /** The mail that was approved. Absent: the notice was withdrawn. */
  readonly fragments?: EditionFragments;
}

export interface TellNoticeDeps
  extends NoticeRendering,
    Pick<StartDeps, 'distribution' | 'editions' | 'registry' | 'ranges' | 'start' | 'profileWriterSeconds' | 'leaseSeconds' | 'now'> {
  readonly notices: Pick<PublicNotices, 'read' | 'readVersion'>;
  readonly withdrawals: WithdrawalMails;
}

/** The mail differs from the one that was approved, or there is no such version. */
export class NotTheApprovedMail extends AfterwordError {
  override readonly name = 'NotTheApprovedMail';
  constructor({ publicId, version }: NoticeToTell) {
    super(`notice ${publicId}: the mail of version ${version} is not the one that was approved`);
  }
}

/** A version before, with its mail. */
interface Earlier extends NoticeVersion {
  readonly edition: Edition;
  readonly wasPaused: boolean;
}

/**
 * Makes and starts the mail of one version of a notice, or of a withdrawal, and ends those of
 * earlier versions. A withdrawal is mailed only if somebody may have a mail of what it withdraws,
 * and then to all readers of its products. Every step can be repeated, and whoever comes late with
 * an earlier version starts nothing.
 */
export async function tellNotice(notice: NoticeToTell, deps: TellNoticeDeps): Promise<{ readonly edition: string } | undefined> {
  const distribution = await deps.distribution();
  if (!distribution) throw new NothingApplied();
  const [stream] = approvedStreams;
  if (!stream) return undefined;
  const id = noticeEditionId(stream, notice.publicId, notice.version);
  // Nobody is told any more of what a later version replaced, and of its mail there is none.
  if (((await deps.notices.read(notice.publicId))?.version ?? 0) > notice.version && !(await deps.editions.read(id))) return undefined;
  const versions = await versionsBefore(notice, deps);
  const earlier = await endEarlier(stream, notice, versions, deps);
  const edition = (await deps.editions.read(id)) ?? (await make(stream, notice, { versions, earlier }, distribution, deps));
  if (!edition) return undefined;
  if (!edition.completedAt) await setNoticeGoing(stream, edition, notice, earlier.length > 0 ? deps.leaseSeconds : 0, deps);
  return { edition: id };
}

/**
 * The products of every public version before one. Whoever may have an earlier version gets what
 * follows it.
 */
export async function productsBefore(
  notice: Pick<NoticeToTell, 'publicId' | 'version'>,
  deps: Pick<TellNoticeDeps, 'notices'>,
): Promise<string[]> {
  return productsOf(await versionsBefore(notice, deps));
}

/** Numbers have gaps: not every one became a version. */
async function versionsBefore(
  { publicId, version }: Pick<NoticeToTell, 'publicId' | 'version'>,
  { notices }: Pick<TellNoticeDeps, 'notices'>,
): Promise<NoticeVersion[]> {
  const numbers = Array.from({ length: version - 1 }, (_, n) => n + 1);
  const found = await fewAtATime(numbers, (n) => notices.readVersion(publicId, n));
  return found.filter((one) => one !== undefined);
}

const productsOf = (versions: readonly NoticeVersion[]): string[] => [
  ...new Set(versions.flatMap(({ content }) => content?.products ?? [])),
];

/** No earlier mail leaves any more. The oldest first. */
async function endEarlier(
  stream: ApprovedStream,
  { publicId, version }: NoticeToTell,
  versions: readonly NoticeVersion[],
  { editions }: TellNoticeDeps,
): Promise<Earlier[]> {
  const ended: Earlier[] = [];
  for (const one of versions) {
    const id = noticeEditionId(stream, publicId, one.version);
    const answer = await editions.supersede(id, noticeEditionId(stream, publicId, version));
    const edition = answer === 'unknown' ? undefined : await editions.read(id);
    if (edition) ended.push({ ...one, edition, wasPaused: answer !== 'unknown' && answer.wasPaused });
  }
  return ended;
}

interface Before {
  readonly versions: readonly NoticeVersion[];
  readonly earlier: readonly Earlier[];
}

async function make(
  stream: ApprovedStream,
  notice: NoticeToTell,
  before: Before,
  distribution: Distribution,
  deps: TellNoticeDeps,
): Promise<Edition | undefined> {
  const id = noticeEditionId(stream, notice.publicId, notice.version);
  const mail = await mailOf(id, notice, before, distribution, deps);
  if (!mail) return undefined;
  const { fragments, content } = mail;
  const composed = {
    id,
    stream,
    // All that META knows of the incident is what customers know.
    incident: notice.publicId,
    notice: { public: notice.publicId, version: notice.version },
    carried: [],
    subject: fragments.subject,
    fragments,
  };
  const making = {
    shows: stream,
    frequency: parseEditionId(id).frequency,
    readers: everySubscriber,
    paused: before.earlier.some(({ wasPaused }) => wasPaused),
    ...(content && { content }),
  };
  return storeEdition(composed, making, distribution, deps);
}

/** `content`: where a mail is stored that another made first. Undefined: nobody has to be told. */
async function mailOf(
  id: string,
  notice: NoticeToTell,
  before: Before,
  distribution: Distribution,
  deps: TellNoticeDeps,
): Promise<{ readonly fragments: EditionFragments; readonly content?: Edition['content'] } | undefined> {
  const { publicId, version, fragments } = notice;
  const stored = await deps.notices.readVersion(publicId, version);
  if (fragments) {
    if (stored?.mailHash !== fragmentsHash(fragments)) throw new NotTheApprovedMail(notice);
    return { fragments };
  }
  if (!stored || stored.content) throw new NotTheApprovedMail(notice);
  const first = await firstToTakeBack(before.earlier, deps);
  if (!first) return undefined;
  const facts = { publicId, products: productsOf(before.versions), publishedAt: first.at, withdrawnAt: stored.at };
  const withdrawal = await composeWithdrawal(facts, distribution, deps);
  const { parts } = await deps.editions.putContent(id, withdrawal);
  const noted = await deps.withdrawals.note(publicId, version, { hash: fragmentsHash(withdrawal), parts });
  return { fragments: withdrawal, content: { hash: asContentHash(noted.hash), parts: noted.parts } };
}

/**
 * The first mail that somebody may have and that no withdrawal has reached. What lies before a
 * withdrawal that everybody got was taken back by it.
 */
async function firstToTakeBack(earlier: readonly Earlier[], { ranges, now }: TellNoticeDeps): Promise<Earlier | undefined> {
  let first: Earlier | undefined;
  for (const one of earlier.toReversed()) {
    if (!one.content && hasReachedAll(one.edition)) break;
    if (one.content && (await mayHaveReachedBy(now(), one.edition, ranges))) first = one;
  }
  return first;
}

const hasReachedAll = (edition: Edition): boolean =>
  edition.completedAt !== undefined && !edition.recalled && (countsOf(edition)['skipped: superseded'] ?? 0) === 0;

/**
 * Starts the mail, unless another version counts by now. The check comes after META is stored: a
 * version that becomes current later ends this mail by itself, and one that did so before is seen
 * here. Whoever dies between the two leaves a mail that `deliver` refuses.
 */
async function setNoticeGoing(
  stream: ApprovedStream,
  edition: Edition,
  { publicId, version }: NoticeToTell,
  least: number,
  deps: TellNoticeDeps,
): Promise<void> {
  const current = await deps.notices.read(publicId);
  if (!current || current.version < version) throw new Error(`notice ${publicId}: version ${version} is told before it is shown`);
  if (current.version > version)
    return void (await deps.editions.supersede(edition.id, noticeEditionId(stream, publicId, current.version)));
  await begin(edition, deps, least);
}
