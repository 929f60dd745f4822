import type { ActionRow } from '../action/action.ts';
import { lostActions } from '../action/follow-actions.ts';
import type { ActionLedger } from '../action/ports.ts';
import { isEarlier } from '../calendar/period.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { alertsFor, comesAtOnce, configuredStream, toldAtOnce } from '../distribution/stream-rules.ts';
import { isTellingOf } from '../edition/edition-id.ts';
import type { ExternalStore, SecretFinder } from '../notice/ports.ts';
import { contentHash } from '../postmortem/content-hash.ts';
import { asWritten, type Hold, withHold } from '../postmortem/hold.ts';
import { isNewsWithin, longAgoDays, newsDateOf, publishedNewsDays } from '../postmortem/news.ts';
import { isAwaited, isTellable, type Postmortem } from '../postmortem/postmortem.ts';
import type { Account, ReadPostmortem } from '../postmortem/reading/reading.ts';
import type { SentDocument } from '../postmortem/reading/sent-document.ts';
import { lastHidden, type OutboxTask, type StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { hasPassed } from '../rendition/next-news.ts';
import { AfterwordError } from '../shared/errors.ts';
import { alertStreams, type PublishedStream, publishedStreams, streamsOf, updateStreams } from '../stream/stream.ts';
import { checkExternal, externalOutlook, notAskedWarning } from './external-version.ts';
import { materialAfter } from './material-change.ts';
import { namesWarnings, withTeam } from './names-warnings.ts';
import type { PostmortemStore, RevisionLog } from './ports.ts';
import { type PublicationAsked, withPublication } from './publication.ts';
import { concerns } from './would-tell.ts';

/** What intake answers: what was stored, and what the author should know about it. */
export interface TakenPostmortem extends Account {
  /** `checked`: nothing was stored. `stored` is what would be. */
  readonly outcome: 'new' | 'changed' | 'unchanged' | 'checked';
  readonly stored: StoredPostmortem;
  readonly sections: readonly string[];
  readonly warnings: readonly string[];
  /** The revision that was current before; 0 if there was none. */
  readonly replaces: number;
}

/** Others kept changing the same postmortem. Nothing was stored; sending it again may succeed. */
export class TooManyWriters extends AfterwordError {
  override readonly name = 'TooManyWriters';
  constructor(id: string) {
    super(`${id} was being changed by others at the same time`);
  }
}

/** Another revision came since the one that was shown. Nothing was stored. */
export class RevisedMeanwhile extends AfterwordError {
  override readonly name = 'RevisedMeanwhile';
  constructor(id: string) {
    super(`${id} was revised since it was shown`);
  }
}

export interface ConsiderDeps {
  readonly postmortems: Pick<PostmortemStore, 'readCurrent'>;
  /** What people did with action items. Absent: nobody is warned of what this revision loses. */
  readonly actions?: Pick<ActionLedger, 'list'>;
  readonly distribution: Distribution | undefined;
  readonly now: () => Date;
  /** Id of the key, or sid of the person, that sends it. */
  readonly by?: string;
  readonly asked?: PublicationAsked;
  /** There if the stage has Slack. Each revision then owes what its posts show. */
  readonly posts?: unknown;
}

export interface TakeDeps extends ConsiderDeps {
  readonly postmortems: PostmortemStore;
  readonly revisions: RevisionLog;
  /** Where notices stand. Absent: nothing is known of versions that customers have read. */
  readonly externals?: Pick<ExternalStore, 'read'>;
  /** For what is said of an external version. */
  readonly secrets?: SecretFinder;
  /** The document as it was sent, kept with its revision for whoever revises it. */
  readonly source?: SentDocument;
  /** Only says what would become of it. Stores nothing. */
  readonly isCheck?: boolean;
  /**
   * The revision that the sender was shown, 0 for none. Throws `RevisedMeanwhile` if another one is
   * stored by now, unless it says the same. Absent: whatever is stored is replaced.
   */
  readonly replaces?: number | undefined;
}

/** How often a write that lost a race is tried. */
export const tries = 8;

/**
 * Stores a revision: first the immutable copy, then the current item, on condition that nobody
 * wrote in between. Identical content stores nothing. Content is identical if the author sent the
 * same: the team that the distribution file adds makes no revision (docs/adr/029). What follows
 * from a revision (actions, renditions, an alert) is put in the outbox in the same write, and
 * `runOutbox` does it.
 */
export async function takePostmortem(read: ReadPostmortem, deps: TakeDeps): Promise<TakenPostmortem> {
  for (let i = 0; i < tries; i += 1) {
    const { before, ...taken } = await considerPostmortem(read, deps);
    const { stored, outcome } = taken;
    if (deps.isCheck) {
      const outlook = await externalOutlook(stored.postmortem, deps);
      return { ...taken, warnings: [...taken.warnings, ...outlook], outcome: 'checked' };
    }
    if (outcome === 'unchanged') return withHeldWarning(taken, deps);
    if (deps.replaces !== undefined && deps.replaces !== taken.replaces) throw new RevisedMeanwhile(read.postmortem.id);
    if (await storeRevision(stored, before, deps)) return withHeldWarning(taken, deps);
  }
  throw new TooManyWriters(read.postmortem.id);
}

const withHeldWarning = async (taken: TakenPostmortem, deps: TakeDeps): Promise<TakenPostmortem> => ({
  ...taken,
  warnings: [...taken.warnings, ...(await notAskedWarning(taken.stored.postmortem, deps))],
});

/** What would be stored, beside what is stored now. Reads only. */
export async function considerPostmortem(
  read: ReadPostmortem,
  deps: ConsiderDeps,
): Promise<TakenPostmortem & { readonly before: StoredPostmortem | undefined }> {
  const nowhere = await mergedWarning(read.postmortem, deps.postmortems);
  const before = await deps.postmortems.readCurrent(read.postmortem.id);
  const written = before && { ...before, postmortem: asWritten(before) };
  const { postmortem: sent, publication } = withPublication(read.postmortem, written, deps.asked ?? {}, deps.now());
  const hash = contentHash(sent);
  // What is stored already is not refused for a file that was changed since.
  if (written?.hash !== hash) checkExternal(sent, deps.distribution);
  const document = written?.hash === hash ? written.postmortem : withTeam(sent, deps.distribution);
  const held = before?.held && { ...before.held, document: { restricted: document.restricted, status: document.status } };
  const postmortem = withHold(document, held);
  const by = deps.by === undefined ? {} : { by: deps.by };
  const { stored, warning } = nextRevision(before, { postmortem, hash, publication, ...by, ...(held && { held }) }, deps);
  const { postmortem: _, warnings: ofReading, ...account } = read;
  const warnings = [
    ...ofReading,
    ...namesWarnings(sent, postmortem, deps.distribution),
    ...[
      heldBackWarning(held),
      othersWarning(postmortem, hash, before, deps),
      nowhere,
      toldWarning(postmortem, before),
      nextNewsWarning({ postmortem, publication }, deps.distribution, deps.now()),
      warning,
      silentWarning({ postmortem, publication }, before, deps),
      undatedWarning({ postmortem, publication }, deps.now()),
    ].filter((one) => one !== undefined),
  ];
  if (before && deps.actions) warnings.push(...lostWarnings(await deps.actions.list(postmortem.id), stored));
  const told = { ...account, warnings, replaces: before?.revision ?? 0, before };
  if (before?.hash === hash && (before.publication ?? publication) === publication && isAlike(before.postmortem, postmortem))
    return { outcome: 'unchanged', stored: before, ...told };
  return { outcome: before ? 'changed' : 'new', stored, ...told };
}

/** Names actions that were decided on and that this revision no longer has. */
const lostWarnings = (rows: readonly ActionRow[], { postmortem, updatedAt }: StoredPostmortem): string[] =>
  lostActions(rows, { postmortem, at: updatedAt }).map(({ row, perhaps }) => {
    const like = perhaps === undefined ? '' : ` Is it now "${perhaps}"? If it is, give it the old title.`;
    return `actionItems: "${row.reported.title}" is not among them any more. What was decided on it stays with that title and moves to no other.${like}`;
  });

/** Whether both are shown to the same people. */
export const isAlike = (a: Postmortem, b: Postmortem): boolean => a.restricted === b.restricted && a.status === b.status;

type Content = Pick<StoredPostmortem, 'postmortem' | 'hash' | 'publication' | 'by' | 'sentBy' | 'held'>;

/** The revision after `before` with this content, and a warning about mails that do not go out. */
export function nextRevision(
  before: StoredPostmortem | undefined,
  content: Content,
  deps: Pick<TakeDeps, 'distribution' | 'now' | 'posts'>,
): { readonly stored: StoredPostmortem; readonly warning: string | undefined } {
  const { postmortem } = content;
  const { owed, warning } = mailsFor(content, before, deps);
  const change = { revision: (before?.revision ?? 0) + 1, at: deps.now().toISOString() };
  const material = materialAfter(postmortem, before, change, deps.distribution);
  const stored: StoredPostmortem = {
    ...content,
    revision: change.revision,
    updatedAt: change.at,
    ...(material && { material }),
    owed: owedFor(postmortem, before, [
      ...owed,
      ...(material === before?.material ? [] : (['corrections'] as const)),
      ...(deps.posts === undefined ? [] : (['slack'] as const)),
      ...(concernsCustomers(postmortem, before, deps.distribution) ? (['notice'] as const) : []),
    ]),
    editions: before?.editions ?? [],
    namedIn: before?.namedIn ?? [],
    hiddenIn: isTellable(postmortem) ? (before ? lastHidden(before) : 0) : change.revision,
  };
  return { stored, warning };
}

/** Tells an author whose document an operator restricted or took back. */
function heldBackWarning(held: Hold | undefined): string | undefined {
  if (!held) return undefined;
  const done = held.retracted ? 'took it back' : 'restricted it';
  const on = held.at === undefined ? '' : ` on ${held.at.slice(0, 10)}`;
  return `An operator ${done}${on}: it stays so, whatever the document says, until they release it (afterword postmortems release ID).`;
}

/**
 * Stores a revision, the immutable copy first. False if somebody else stored one meanwhile. Tasks
 * that a crash left undone move to the new revision. Only the line about who sent the old one has
 * to be written now.
 */
export async function storeRevision(
  stored: StoredPostmortem,
  before: StoredPostmortem | undefined,
  { postmortems, revisions, source }: Pick<TakeDeps, 'postmortems' | 'revisions' | 'source'>,
): Promise<boolean> {
  if (before?.owed.includes('projections')) await revisions.note(before);
  await postmortems.putRevision(stored, source);
  return postmortems.putCurrent(stored, before);
}

/**
 * Warns if nothing says that a postmortem is new, because it counts as published now all the same.
 */
function undatedWarning(stored: Dated, now: Date): string | undefined {
  if (stored.publication !== 'assumed' || !isTellable(stored.postmortem)) return undefined;
  const date = newsDateOf(stored);
  if (date === undefined) return 'There is no date: it counts as published now; give `publishedAt`.';
  if (isNewsWithin(longAgoDays, stored, now)) return undefined;
  return 'No publishedAt was given: it counts as published now and stands in the next digest, though it happened long ago.';
}

/**
 * Warns if the postmortem that is to tell of the incident instead is none: the id may be misspelt,
 * and then this one is taken back for nothing.
 */
async function mergedWarning({ mergedInto }: Postmortem, postmortems: Pick<PostmortemStore, 'readCurrent'>): Promise<string | undefined> {
  if (mergedInto === undefined || (await postmortems.readCurrent(mergedInto))) return undefined;
  return `mergedInto: nothing has the id ${mergedInto}. If it is misspelt, this one is taken back for nothing: mend the id, or leave it out.`;
}

/** Warns if news are announced for a time that cannot be meant. */
function nextNewsWarning({ postmortem, publication }: Dated, distribution: Distribution | undefined, now: Date): string | undefined {
  const { support: { nextNewsAt: at } = {}, startedAt } = postmortem;
  if (at === undefined || !isTellable(postmortem) || publication === 'history') return undefined;
  const zone = distribution?.organisation.zone ?? 'UTC';
  const isBefore = startedAt !== undefined && isEarlier(at, startedAt, zone);
  // Nothing began in the future, so what is before it has passed too.
  if (!hasPassed(at, now, zone)) return undefined;
  const why = isBefore ? `is before the incident began (${startedAt})` : 'has passed';
  return `support.nextNewsAt: ${at} ${why}, so no mail announces it. Give the next time, or leave it out.`;
}

/**
 * Whether it may be shown again after a time when it might not. A later revision counts too,
 * because it may have the text that some readers missed then. False if the revision before is the
 * first and a draft, which was never shown.
 */
function isToldAgain(postmortem: Postmortem, before: StoredPostmortem | undefined): boolean {
  if (!before || !isTellable(postmortem)) return false;
  if (isTellable(before.postmortem)) return (before.hiddenIn ?? 0) > 0 && before.editions.length > 0;
  return before.revision > 1 || before.editions.length > 0 || before.postmortem.status !== 'draft';
}

/**
 * Warns an author who restricts a postmortem that editions carry, or lifts the restriction: for
 * some readers that comes too late.
 */
export function toldWarning(postmortem: Postmortem, before: StoredPostmortem | undefined): string | undefined {
  if (!before || before.editions.length === 0 || isTellable(postmortem) === isTellable(before.postmortem)) return undefined;
  const editions = [...before.editions].toSorted().join(', ');
  const isUpdate = (edition: string) => updateStreams.some((stream) => isTellingOf(edition, stream, postmortem.id));
  const isFollowed = before.editions.some(isUpdate);
  if (isTellable(postmortem)) {
    const follows = isFollowed ? ' Readers who were told that it was taken back are told that it stands again.' : '';
    return `It was kept back for a while and may be told again. Readers who missed the alert get it within minutes.${follows} If a digest left without it, the next one tells of it. A text that was changed is not added to ${editions}. To see who got them: afterword edition.`;
  }
  const follows = isFollowed ? ', but readers of an alert are told within minutes that it no longer stands' : '';
  return `It is taken out of what has not left yet. Mails that have left cannot be taken back${follows}: see whom they reached with: afterword edition (${editions}).`;
}

/**
 * Warns an author who replaces what may be another team's postmortem. An id made from a title alone
 * may be another team's, and any key may change any postmortem.
 */
function othersWarning(
  postmortem: Postmortem,
  hash: string,
  before: StoredPostmortem | undefined,
  { by, distribution }: Pick<TakeDeps, 'by' | 'distribution'>,
): string | undefined {
  if (!before || before.hash === hash || isPreparedDraft(before, distribution)) return undefined;
  const [was, is] = [before.postmortem.owningTeam, postmortem.owningTeam];
  const sentBy = before.sentBy ?? before.by;
  const isOther = (was !== undefined && was !== is) || (by !== undefined && sentBy !== undefined && by !== sentBy);
  const began = before.postmortem.startedAt?.slice(0, 10);
  if (!isOther && !isOtherIncident(before.postmortem, postmortem)) return undefined;
  const whose = isOther ? (was === undefined ? 'that somebody else sent' : `of ${was}`) : `which began on ${began}`;
  return `This replaces "${before.postmortem.title}" ${whose}. If yours is another incident, send it once more with an id of its own, and send theirs again.`;
}

/** A draft that a tool or Slack made, for an author to finish under its id. */
function isPreparedDraft({ postmortem, sentBy, by = '' }: StoredPostmortem, distribution: Distribution | undefined): boolean {
  const maker = sentBy ?? by;
  return postmortem.status === 'draft' && (maker.startsWith('slack:') || Object.hasOwn(distribution?.connectors ?? {}, maker));
}

/** Neither the title nor the day of its start is the same: a file of the same name elsewhere. */
export const isOtherIncident = (before: Postmortem, now: Postmortem): boolean =>
  before.title !== now.title &&
  before.startedAt !== undefined &&
  now.startedAt !== undefined &&
  before.startedAt.slice(0, 10) !== now.startedAt.slice(0, 10);

type Dated = Pick<StoredPostmortem, 'postmortem' | 'publication'>;
type Mails = readonly ('alert' | 'published')[];

/**
 * The outbox of a new revision: `own` and what every revision owes. Tasks that an earlier revision
 * left undone are kept. Corrections are owed whether or not an edition is noted, because one may be
 * noted between the reading of this postmortem and its writing.
 */
function owedFor(
  postmortem: Postmortem,
  before: StoredPostmortem | undefined,
  own: readonly ('alert' | 'published' | 'corrections' | 'slack' | 'notice')[],
): string[] {
  const owed = new Set(before?.owed.filter((task) => task !== 'alert' && task !== 'published'));
  const owes = (task: OutboxTask) => owed.add(task);
  owes('projections');
  // Only a postmortem that was visible before can be in an edition, and a draft that was awaited.
  const wasAwaited = before !== undefined && isAwaited(before.postmortem) && !isAwaited(postmortem);
  if (!isTellable(postmortem) && before && (isTellable(before.postmortem) || wasAwaited)) owes('withhold');
  if (isToldAgain(postmortem, before)) owes('tell again');
  for (const task of own) owes(task);
  return [...owed];
}

/**
 * Whether what customers read of it has to be looked at: it has an external version or had one, or
 * it may not be told as before. Whoever looks decides, so asking too often does no harm. What is
 * taken back is looked at whatever the file says, because the page shows what was public before a
 * stream left the file.
 */
export function concernsCustomers(
  postmortem: Postmortem,
  before: Pick<StoredPostmortem, 'postmortem'> | undefined,
  distribution: Distribution | undefined,
): boolean {
  if (postmortem.external || before?.postmortem.external) return true;
  if (!distribution || !streamsOf('customers').some((stream) => configuredStream(distribution, stream))) return false;
  return before !== undefined && (!isAlike(before.postmortem, postmortem) || before.postmortem.mergedInto !== postmortem.mergedInto);
}

/**
 * The mails that tell of it at once, and a warning if it is not recent enough for them, or nothing
 * says that it is.
 */
function mailsFor(
  stored: Dated,
  before: StoredPostmortem | undefined,
  { distribution, now }: Pick<ConsiderDeps, 'distribution' | 'now'>,
): { readonly owed: Mails; readonly warning?: string | undefined } {
  const { postmortem } = stored;
  const updates: Mails = isToBeLookedAt(stored, before, distribution, now()) ? ['alert'] : [];
  if (!isTellable(postmortem) || stored.publication === 'history') return { owed: updates };
  const alert = alertFor(postmortem, before, distribution);
  const wanted = [
    ...(alert.withinDays === undefined ? [] : [{ mail: 'alert' as const, days: alert.withinDays }]),
    ...(isPublishedMailDue(postmortem, before, distribution, now())
      ? [{ mail: 'published' as const, days: publishedNewsDays(stored) }]
      : []),
  ];
  const isNews = ({ days }: (typeof wanted)[number]) => isNewsWithin(days, stored, now());
  const published: Mails = wanted.some((one) => one.mail === 'published' && isNews(one)) ? ['published'] : [];
  const held = wanted.find((one) => !isNews(one));
  return { owed: [...updates, ...published], warning: alert.warning ?? (held && heldWarning(held, stored)) };
}

/**
 * Whether a stream with incident updates has to look at it: it may be due its first mail, or what
 * was told of it may not stand any more. Composing decides again by what was sent, so asking too
 * often does no harm. A task that an earlier revision left undone is kept.
 */
function isToBeLookedAt(stored: Dated, before: StoredPostmortem | undefined, distribution: Distribution | undefined, now: Date): boolean {
  const isToBeTold = (one: Dated) =>
    distribution !== undefined &&
    isTellable(one.postmortem) &&
    toldAtOnce(distribution, one.postmortem.severity).some(({ withinDays }) => isNewsWithin(withinDays, one, now));
  if (isToBeTold(stored)) return true;
  if (!before) return false;
  const isUpdate = (edition: string) => updateStreams.some((stream) => isTellingOf(edition, stream, before.postmortem.id));
  return isToBeTold(before) || before.owed.includes('alert') || [...before.editions, ...before.namedIn].some(isUpdate);
}

/**
 * Warns if a stream that is no alert, and tells of such an incident at once, stays silent: nothing
 * says that it is recent enough. A severity that has alerts is warned of with them.
 */
function silentWarning(
  stored: Dated,
  before: StoredPostmortem | undefined,
  { distribution, now }: Pick<ConsiderDeps, 'distribution' | 'now'>,
): string | undefined {
  const { postmortem, publication } = stored;
  if (!distribution || !isTellable(postmortem) || publication === 'history') return undefined;
  if (alertsFor(distribution, postmortem.severity).length > 0) return undefined;
  const silent = toldAtOnce(distribution, postmortem.severity).find(
    ({ stream, withinDays }) =>
      comesAtOnce(distribution, stream) &&
      concerns(stream, postmortem, distribution) &&
      !before?.editions.some((edition) => isTellingOf(edition, stream, postmortem.id)) &&
      !isNewsWithin(withinDays, stored, now()),
  );
  return silent && heldWarning({ mail: 'alert', days: silent.withinDays, nobody: `No mail of ${silent.stream} goes out at once` }, stored);
}

interface HeldMail {
  readonly mail: Mails[number];
  readonly days: number;
  /** What does not happen, where the mail does not say it. */
  readonly nobody?: string;
}

/** Says why a mail does not go out, and what would send it. */
function heldWarning({ mail, days, nobody: said }: HeldMail, stored: Dated): string | undefined {
  const nobody =
    said ?? (mail === 'alert' ? 'No alert goes out' : 'No mail goes to the readers who want each postmortem as it is published');
  const date = newsDateOf(stored);
  if (stored.publication !== 'assumed') {
    return mail === 'alert' ? `${nobody}: it was published more than ${days} days ago, so it is kept as history.` : undefined;
  }
  return date === undefined
    ? `${nobody}: there is no date that says it is new. Give \`publishedAt\` or the start of the incident, and it goes out.`
    : `${nobody}. It is old: its last date is ${date.slice(0, 10)}, more than ${days} days ago. Give \`publishedAt\` if it is new, and it goes out.`;
}

/**
 * Whether readers who want each postmortem as it is published have not got this one yet: the first
 * time that it may be shown, or that something says that it is new. A task that an earlier revision
 * left undone is kept.
 */
function isPublishedMailDue(
  { id }: Postmortem,
  before: StoredPostmortem | undefined,
  distribution: Distribution | undefined,
  now: Date,
): boolean {
  const isOffered = (stream: PublishedStream) =>
    distribution !== undefined && distribution.streams[stream] !== undefined && comesAtOnce(distribution, stream);
  if (!publishedStreams.some(isOffered)) return false;
  if (!before || !isTellable(before.postmortem) || before.owed.includes('published')) return true;
  const wasTold = before.editions.some((edition) => publishedStreams.some((stream) => isTellingOf(edition, stream, id)));
  return before.publication === 'assumed' && !wasTold && !isNewsWithin(publishedNewsDays(before), before, now);
}

/**
 * How recent a postmortem must be for its first alert, which is news and only for a severity that
 * the distribution file names. Undefined if none is due, with a warning if the author may expect
 * one.
 */
function alertFor(
  postmortem: Postmortem,
  before: StoredPostmortem | undefined,
  distribution: Distribution | undefined,
): { readonly withinDays?: number; readonly warning?: string } {
  const isTold = (edition: string) => alertStreams.some((stream) => isTellingOf(edition, stream, postmortem.id));
  if (before?.editions.some(isTold)) return {};
  const configured = alertStreams.filter((stream) => distribution?.streams[stream]);
  if (!distribution || configured.length === 0) {
    return postmortem.severity === 'sev1'
      ? { warning: `No alert goes out: the distribution file that is applied has no stream ${alertStreams.join(' or ')}.` }
      : {};
  }
  const due = alertsFor(distribution, postmortem.severity);
  return due.length === 0 ? {} : { withinDays: Math.max(...due.map(({ withinDays }) => withinDays)) };
}
