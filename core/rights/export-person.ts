import { type SessionStore, type StoredSession, sessionId } from '../access/session.ts';
import type { Evidence } from '../delivery/evidence.ts';
import type { Outcome } from '../delivery/outcome.ts';
import { dayMs } from '../shared/duration.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import type { Profile, SubscriberId } from '../subscriber/subscriber.ts';
import { type ActAbout, type ActsReader, isService, type LedgerEdition, type PersonLedger } from './ports.ts';

export interface ExportDeps {
  readonly people: Pick<PeopleStore, 'readProfiles'>;
  readonly ledger: PersonLedger;
  readonly acts: ActsReader;
  readonly sessions: Pick<SessionStore, 'list'>;
  readonly now: () => Date;
}

/** Everything that is stored about one person. */
export interface PersonExport {
  readonly exportedAt: Instant;
  readonly profile: Profile;
  /** By edition, oldest first: the outcome of their mail, and what SES reported about it. */
  readonly mails: readonly ExportedMail[];
  /** What was done about them, oldest first. */
  readonly acts: readonly ActAbout[];
  /** Where they are signed in and the feeds that they made, oldest first, without secrets. */
  readonly sessions: readonly ExportedSession[];
}
type ExportedSession = Pick<StoredSession, 'kind' | 'way' | 'createdAt' | 'seenAt' | 'device'> & { readonly id: string };
interface ExportedMail {
  readonly edition: string;
  readonly stream: string;
  /** Absent if no mail was made for them, because a subject may name what they must not learn. */
  readonly subject?: string;
  readonly composedAt: Instant;
  readonly outcome?: Outcome;
  readonly evidence?: Evidence;
}

const ledgerMs = 400 * dayMs;
const pageSize = 100;
/**
 * For each edition two requests run at once, so at most forty in all. The SDK has fifty sockets,
 * and waiting for one counts against its time limit.
 */
const abreast = 20;

/**
 * Exports everything stored about a person, and changes nothing. Undefined if there is no such
 * person.
 */
export async function exportPerson(who: Who, deps: ExportDeps): Promise<PersonExport | undefined> {
  const [profile] = await deps.people.readProfiles([who]);
  if (!profile) return undefined;
  const now = deps.now();
  const since = toInstant(new Date(now.getTime() - ledgerMs));
  return {
    exportedAt: toInstant(now),
    profile,
    mails: await mailsOf(who, since, deps),
    acts: await deps.acts.about(who.sid, since),
    sessions: who.realm === 'staff' ? await sessionsOf(who.sid, deps) : [],
  };
}

interface WantedMails extends Pick<ExportDeps, 'ledger'> {
  /**
   * Which editions are looked at. The mails that answered one person are then not listed at all.
   */
  readonly only?: (edition: LedgerEdition) => boolean;
}

async function sessionsOf(sid: SubscriberId, { sessions }: Pick<ExportDeps, 'sessions'>): Promise<ExportedSession[]> {
  const found = (await sessions.list(sid)).toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  return found.map((session) => {
    const { kind, way, createdAt, seenAt, device } = session;
    return { id: sessionId(session), kind, way, createdAt, seenAt, ...(device !== undefined && { device }) };
  });
}

/** What became of a person's mails since an instant, oldest edition first. */
export async function mailsOf({ sid }: Pick<Who, 'sid'>, since: Instant, { ledger, only }: WantedMails): Promise<ExportedMail[]> {
  const mails: ExportedMail[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await ledger.editions(since, pageSize, cursor, only ? 'news' : 'all');
    const mayBeTheirs = page.filter((one) => (only ? only(one) : !isService(one.edition) || one.edition.includes(sid)));
    const read = await fewAtATime(mayBeTheirs, (edition) => mailOf(edition, sid, ledger), abreast);
    mails.push(...read.flatMap((mail) => mail ?? []));
    cursor = page.at(-1)?.cursor;
    if (page.length < pageSize) return mails;
  }
}

/** In an edition that is still being sent, every slot is read, with a tally or without. */
async function mailOf(listed: LedgerEdition, sid: string, ledger: PersonLedger): Promise<ExportedMail | undefined> {
  const { edition, stream, subject, composedAt } = listed;
  const slots = (listed.isComplete ? listed : await ledger.edition(edition))?.slots ?? [];
  const [evidence, leaves] = await Promise.all([ledger.evidence(edition, sid), ledger.leaves(edition, slots, sid)]);
  const outcomes = leaves.flatMap(({ leaf }) => leaf.outcomes[sid] ?? []);
  // A reader who holds another slot of the edition was skipped in this one.
  const outcome = outcomes.find(({ kind }) => kind !== 'skipped') ?? outcomes[0];
  if (!evidence && !outcome) return undefined;
  const isMade = outcome?.kind !== 'skipped' || evidence !== undefined;
  return { edition, stream, ...(isMade && { subject }), composedAt, ...(outcome && { outcome }), ...(evidence && { evidence }) };
}
