import type { Distribution } from '../distribution/distribution.ts';
import { alertsFor, frequenciesOf } from '../distribution/stream-rules.ts';
import { isTellingOf } from '../edition/edition-id.ts';
import { contentHash } from '../postmortem/content-hash.ts';
import { isTellable, type Postmortem } from '../postmortem/postmortem.ts';
import type { ReadPostmortem } from '../postmortem/reading/reading.ts';
import type { OutboxTask, StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { dayMs } from '../shared/duration.ts';
import { AfterwordError } from '../shared/errors.ts';
import { toInstant } from '../shared/instant.ts';
import { alertStreams, type PublishedStream, publishedStreams } from '../stream/stream.ts';
import { namesWarnings, withTeam } from './names-warnings.ts';
import { isPublishedWithin, newsDays } from './news.ts';
import type { PostmortemStore, RevisionLog } from './ports.ts';

/** What intake answers: what was stored, and what the author should know about it. */
export interface TakenPostmortem {
  readonly outcome: 'new' | 'changed' | 'unchanged';
  readonly stored: StoredPostmortem;
  readonly sections: readonly string[];
  readonly warnings: readonly string[];
}

/** Others kept changing the same postmortem. Nothing was stored; sending it again may succeed. */
export class TooManyWriters extends AfterwordError {
  override readonly name = 'TooManyWriters';
  constructor(id: string) {
    super(`${id} was being changed by others at the same time`);
  }
}

const tries = 8;
/** An incident older than this was more likely imported from an archive than just written up. */
const longAgoDays = 90;

/**
 * Stores a revision: first the immutable copy, then the current item, on condition that nobody
 * wrote in between. Identical content stores nothing. Content is identical if the author sent the
 * same: the team that the distribution file adds makes no revision (docs/adr/029). What follows
 * from a revision (actions, renditions, an alert) is put in the outbox in the same write, and
 * `runOutbox` does it.
 */
export async function takePostmortem(
  read: ReadPostmortem,
  deps: { postmortems: PostmortemStore; revisions: RevisionLog; distribution: Distribution | undefined; now: () => Date; by?: string },
): Promise<TakenPostmortem> {
  for (let i = 0; i < tries; i += 1) {
    const before = await deps.postmortems.readCurrent(read.postmortem.id);
    const sent = withPublication(read.postmortem, before?.postmortem, deps.now());
    const hash = contentHash(sent);
    const postmortem = before?.hash === hash ? before.postmortem : withTeam(sent, deps.distribution);
    const { isDue, warning } = alertFor(postmortem, before, deps.distribution, deps.now());
    const { sections } = read;
    const undated = read.postmortem.publishedAt === undefined ? undatedWarning(postmortem) : undefined;
    const warnings = [
      ...read.warnings,
      ...namesWarnings(sent, postmortem, deps.distribution),
      ...[othersWarning(postmortem, hash, before, deps.by), toldWarning(postmortem, before), warning, undated].filter(
        (one) => one !== undefined,
      ),
    ];
    if (before?.hash === hash) return { outcome: 'unchanged', stored: before, sections, warnings };

    const stored: StoredPostmortem = {
      postmortem,
      hash,
      revision: (before?.revision ?? 0) + 1,
      updatedAt: deps.now().toISOString(),
      ...(deps.by !== undefined && { by: deps.by }),
      owed: owedFor(postmortem, before, { alert: isDue, published: isNews(postmortem, before, undated !== undefined, deps) }),
      editions: before?.editions ?? [],
      namedIn: before?.namedIn ?? [],
    };
    // Tasks that a crash left undone move to the new revision. Only the line about who sent the old
    // one has to be written now.
    if (before?.owed.includes('projections')) await deps.revisions.note(before);
    await deps.postmortems.putRevision(stored);
    if (await deps.postmortems.putCurrent(stored, before)) return { outcome: before ? 'changed' : 'new', stored, sections, warnings };
  }
  throw new TooManyWriters(read.postmortem.id);
}

/**
 * Sets when a postmortem was published: the author's own date, else the time at which it first came
 * as published. Whole seconds.
 */
function withPublication(postmortem: Postmortem, before: Postmortem | undefined, now: Date): Postmortem {
  if (postmortem.publishedAt || postmortem.status === 'draft') return postmortem;
  const seconds = new Date(Math.floor(now.getTime() / 1000) * 1000);
  return { ...postmortem, publishedAt: before?.publishedAt ?? toInstant(seconds) };
}

/**
 * Warns if a postmortem about an old incident has no date of publication. Archives are often
 * imported without dates, and would fill the next digest.
 */
function undatedWarning({ startedAt, resolvedAt, publishedAt }: Postmortem): string | undefined {
  const happened = resolvedAt ?? startedAt;
  if (!happened || !publishedAt || Date.parse(publishedAt) - Date.parse(happened) < longAgoDays * dayMs) return undefined;
  return 'No publishedAt was given: it counts as published now and stands in the next digest, though it happened long ago.';
}

/**
 * Whether it may be shown again after a time when it might not. False if the revision before is the
 * first and a draft, which was never shown.
 */
const isToldAgain = (postmortem: Postmortem, before: StoredPostmortem | undefined): boolean =>
  before !== undefined &&
  isTellable(postmortem) &&
  !isTellable(before.postmortem) &&
  (before.revision > 1 || before.editions.length > 0 || before.postmortem.status !== 'draft');

/**
 * Warns an author who restricts a postmortem that editions carry, or lifts the restriction: for
 * some readers that comes too late.
 */
function toldWarning(postmortem: Postmortem, before: StoredPostmortem | undefined): string | undefined {
  if (!before || before.editions.length === 0 || isTellable(postmortem) === isTellable(before.postmortem)) return undefined;
  const editions = [...before.editions].toSorted().join(', ');
  return isTellable(postmortem)
    ? `It was kept back for a while. Whom an alert skipped meanwhile gets it within minutes, and the next digest tells it where one left without it; a text that was changed is not added to ${editions}. See whom each reached with: afterword edition.`
    : `It is taken out of what has not left yet. Mails that have left cannot be taken back: see whom they reached with: afterword edition (${editions}).`;
}

/**
 * Warns an author who replaces what may be another team's postmortem. An id made from a title alone
 * may be another team's, and any key may change any postmortem.
 */
function othersWarning(
  postmortem: Postmortem,
  hash: string,
  before: StoredPostmortem | undefined,
  by: string | undefined,
): string | undefined {
  if (!before || before.hash === hash) return undefined;
  const [was, is] = [before.postmortem.owningTeam, postmortem.owningTeam];
  const isOther = (was !== undefined && was !== is) || (by !== undefined && before.by !== undefined && by !== before.by);
  if (!isOther) return undefined;
  const whose = was === undefined ? 'that another key sent' : `of ${was}`;
  return `This replaces "${before.postmortem.title}" ${whose}. If yours is another incident, send it once more with an id of its own, and send theirs again.`;
}

/** The outbox of a new revision. Tasks that an earlier revision left undone are kept. */
function owedFor(
  postmortem: Postmortem,
  before: StoredPostmortem | undefined,
  due: { readonly alert: boolean; readonly published: boolean },
): OutboxTask[] {
  const owed = new Set<OutboxTask>(before?.owed.filter((task) => task !== 'alert' && task !== 'published'));
  owed.add('projections');
  // Only a postmortem that was visible before can be in an edition.
  if (!isTellable(postmortem) && before && isTellable(before.postmortem)) owed.add('withhold');
  if (isToldAgain(postmortem, before)) owed.add('tell again');
  if (due.alert) owed.add('alert');
  if (due.published) owed.add('published');
  return [...owed];
}

/**
 * Whether readers who want each postmortem as it is published get this one. True the first time
 * that it may be shown. Not for an archive, with or without dates. A task that an earlier revision
 * left undone is kept.
 */
function isNews(
  postmortem: Postmortem,
  before: StoredPostmortem | undefined,
  isUndatedArchive: boolean,
  { distribution, now }: { distribution: Distribution | undefined; now: () => Date },
): boolean {
  const isOffered = (stream: PublishedStream) =>
    distribution !== undefined && distribution.streams[stream] !== undefined && frequenciesOf(distribution, stream).includes('published');
  if (!publishedStreams.some(isOffered)) return false;
  if (!isTellable(postmortem) || isUndatedArchive) return false;
  if (before && isTellable(before.postmortem) && !before.owed.includes('published')) return false;
  return isPublishedWithin(newsDays, postmortem, now());
}

/**
 * An alert is news: it goes out once, only for a severity that the distribution file names, and
 * only if the postmortem was published recently.
 */
function alertFor(
  postmortem: Postmortem,
  before: StoredPostmortem | undefined,
  distribution: Distribution | undefined,
  now: Date,
): { isDue: boolean; warning?: string } {
  const isTold = (edition: string) => alertStreams.some((stream) => isTellingOf(edition, stream, postmortem.id));
  if (!isTellable(postmortem) || before?.editions.some(isTold)) return { isDue: false };
  const configured = alertStreams.filter((stream) => distribution?.streams[stream]);
  if (!distribution || configured.length === 0) {
    return postmortem.severity === 'sev1'
      ? { isDue: false, warning: `No alert goes out: the distribution file that is applied has no stream ${alertStreams.join(' or ')}.` }
      : { isDue: false };
  }
  const due = alertsFor(distribution, postmortem.severity);
  if (due.length === 0) return { isDue: false };
  const days = Math.max(...due.map(({ withinDays }) => withinDays));
  if (isPublishedWithin(days, postmortem, now)) return { isDue: true };
  return {
    isDue: false,
    warning: `No alert goes out: it was published more than ${days} days ago, so it is kept as history.`,
  };
}
