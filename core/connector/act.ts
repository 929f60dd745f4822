import type { Distribution } from '../distribution/distribution.ts';
import { givenBy } from '../intake/given-by.ts';
import { RevisedMeanwhile } from '../intake/take-postmortem.ts';
import { asWritten } from '../postmortem/hold.ts';
import { idAtVendor } from '../postmortem/id-at-vendor.ts';
import { timesOfIncident } from '../postmortem/news.ts';
import type { Postmortem, PostmortemId } from '../postmortem/postmortem.ts';
import { readDocument } from '../postmortem/reading/read-document.ts';
import type { ReadPostmortem } from '../postmortem/reading/reading.ts';
import { longestDocument, type SentDocument } from '../postmortem/reading/sent-document.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { dayMs } from '../shared/duration.ts';
import { Refused } from '../shared/errors.ts';
import type { Instant } from '../shared/instant.ts';
import { asDocument } from './as-document.ts';
import type { Current, Decision } from './decide.ts';
import type { InboundIncident } from './inbound-incident.ts';
import { joinActions, type SentAction } from './join-actions.ts';
import { leavesShown } from './known.ts';
import type { Looked } from './ports.ts';
import type { Source } from './source.ts';

/** Where postmortems are stored. */
export interface Desk {
  readCurrent(id: PostmortemId): Promise<StoredPostmortem | undefined>;
  /**
   * Stores a revision and runs its outbox. Content that is the same stores nothing. Throws
   * `RevisedMeanwhile` if another one is stored than `replaces` by now.
   */
  take(read: ReadPostmortem, by: { readonly source: Source; readonly replaces: number; readonly document?: SentDocument }): Promise<void>;
}

export interface ActDeps {
  readonly desk: Desk;
  readonly distribution: Distribution | undefined;
  readonly now: () => Date;
}

/** What was done in the end, with what an operator should know. */
export type Done = Decision & { readonly detail?: string };

interface About {
  readonly incident: InboundIncident;
  readonly stored: StoredPostmortem | undefined;
  readonly current: Current;
  /** It is shown by a release alone that an operator took back. */
  readonly isUnsaid: boolean;
  /** What the API said just now. */
  readonly looked: Looked | undefined;
}

/**
 * Does what was decided. 'again': somebody stored a revision meanwhile, so it has to be decided
 * anew. A document that intake refuses is held, with what is wrong.
 */
export async function act(decided: Decision, about: About, deps: ActDeps): Promise<Done | 'again'> {
  const { incident, stored } = about;
  const take = async (read: ReadPostmortem, document?: SentDocument) =>
    deps.desk.take(read, { source: incident.source, replaces: stored?.revision ?? 0, ...(document && { document }) });
  try {
    if (decided.do === 'hide' && stored)
      await take(changed(stored, decided.why === 'deleted' ? { status: 'retracted' } : { restricted: true }));
    if (decided.do === 'join' && stored) await take(changed(stored, { status: 'retracted', mergedInto: decided.postmortem }));
    if (stored && leavesShown(decided)) {
      // Reviews and briefs would await what nobody writes.
      const isAwaited = decided.do === 'ignore' && about.current.owner === 'ours' && stored.postmortem.status === 'draft';
      const change = { ...(about.isUnsaid && { restricted: true }), ...(isAwaited && { status: 'retracted' as const }) };
      if (Object.keys(change).length > 0) await take(changed(stored, change));
    }
    if (decided.do === 'publish' || decided.do === 'declare') {
      if (!about.looked) return { do: 'wait' };
      const { document, read } = dated(about.looked, (looked) => written(looked, decided, about, deps));
      await take(read, document);
    }
    return decided;
  } catch (error) {
    if (error instanceof RevisedMeanwhile) return 'again';
    if (!(error instanceof Refused)) throw error;
    const [flaw] = error.flaws;
    return { do: 'hold', why: 'refused', ...(flaw && { detail: `${flaw.field} ${flaw.problem}. ${flaw.remedy}`.trim() }) };
  }
}

interface Written {
  readonly document: SentDocument;
  readonly read: ReadPostmortem;
}

function written(looked: Looked, decided: Decision & { do: 'declare' | 'publish' }, about: About, deps: ActDeps): Written {
  const { incident } = about;
  const id = idAtVendor(incident.source, incident.ref);
  const finishedAt = longAgo(about, deps.now());
  const given = givenBy(deps.distribution, deps.now(), id);
  const document = (actions: readonly SentAction[]) =>
    asDocument(incident, { ...looked, actions }, { id, severity: decided.severity, isDraft: decided.do === 'declare', finishedAt });
  const read = (sent: SentDocument): Written => {
    refuseLong(sent);
    return { document: sent, read: readDocument(sent, given) };
  };
  const alone = read(document([]));
  return looked.actions.length === 0 ? alone : read(document(joinActions(looked.actions, alone.read.postmortem.actionItems)));
}

/**
 * Who declared an incident knew of it then. So that counts as when it was detected, where neither
 * the vendor nor the text has a time of it: without a date nobody is told at once (docs/adr/036).
 */
function dated(looked: Looked, write: (looked: Looked) => Written): Written {
  const made = write(looked);
  const isUndated = looked.declaredAt !== undefined && timesOfIncident(made.read.postmortem).length === 0;
  return isUndated ? write({ ...looked, times: { detectedAt: looked.declaredAt } }) : made;
}

/**
 * As long as a producer's may be. A longer one does not fit into the table, however often it comes.
 */
function refuseLong({ text }: SentDocument): void {
  if (Buffer.byteLength(text) > longestDocument)
    throw new Refused('content', [
      {
        field: 'body',
        problem: 'has more than 256 KB without its pictures',
        remedy: 'Shorten it at the vendor, and link to what is long.',
      },
    ]);
}

/** What somebody touches at the vendor long after it was finished is no news. */
const newsMs = 14 * dayMs;
function longAgo({ incident, stored, looked }: About, now: Date): Instant | undefined {
  const { status } = incident.facts;
  const at = (status?.value === 'published' ? looked?.finishedAt : undefined) ?? status?.at;
  return at === undefined || stored?.postmortem.publishedAt !== undefined || now.getTime() - Date.parse(at) < newsMs ? undefined : at;
}

/** What is stored, hidden. Its text stays as it was, for whoever may see it later. */
function changed(stored: StoredPostmortem, change: Partial<Postmortem>): ReadPostmortem {
  return { postmortem: { ...asWritten(stored), ...change }, sections: [], warnings: [], recognised: [], missing: [] };
}
