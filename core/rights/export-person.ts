import type { Evidence } from '../delivery/evidence.ts';
import type { Outcome } from '../delivery/outcome.ts';
import { dayMs } from '../shared/duration.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { type ActAbout, type ActsReader, isService, type LedgerEdition, type PersonLedger } from './ports.ts';

export interface ExportDeps {
  readonly people: Pick<PeopleStore, 'readProfiles'>;
  readonly ledger: PersonLedger;
  readonly acts: ActsReader;
  readonly now: () => Date;
}

/** Everything that is stored about one person. */
export interface PersonExport {
  readonly exportedAt: Instant;
  readonly profile: Profile;
  /** By edition, oldest first: what became of their mail, and what the mail server told of it. */
  readonly mails: readonly ExportedMail[];
  /** What was done about them, oldest first. */
  readonly acts: readonly ActAbout[];
}
interface ExportedMail {
  readonly edition: string;
  readonly stream: string;
  /** Absent where no mail was made for them: it may name what they were not to be told. */
  readonly subject?: string;
  readonly composedAt: Instant;
  readonly outcome?: Outcome;
  readonly evidence?: Evidence;
}

const ledgerMs = 400 * dayMs;
const pageSize = 100;
/**
 * Of each edition two things are asked for at once, so at most forty in all: the SDK has fifty
 * sockets, and waiting for one counts against its time limit.
 */
const abreast = 20;

/** Undefined where there is nobody. Reads and changes nothing. */
export async function exportPerson(who: Who, deps: ExportDeps): Promise<PersonExport | undefined> {
  const [profile] = await deps.people.readProfiles([who]);
  if (!profile) return undefined;
  const now = deps.now();
  const since = toInstant(new Date(now.getTime() - ledgerMs));
  return { exportedAt: toInstant(now), profile, mails: await mailsOf(who, since, deps), acts: await deps.acts.about(who.sid, since) };
}

async function mailsOf({ sid }: Who, since: Instant, { ledger }: ExportDeps): Promise<ExportedMail[]> {
  const mails: ExportedMail[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await ledger.editions(since, pageSize, cursor);
    const mayBeTheirs = page.filter(({ edition }) => !isService(edition) || edition.includes(sid));
    const read = await fewAtATime(mayBeTheirs, (edition) => mailOf(edition, sid, ledger), abreast);
    mails.push(...read.flatMap((mail) => mail ?? []));
    cursor = page.at(-1)?.cursor;
    if (page.length < pageSize) return mails;
  }
}

/** Of an edition that is still being sent every slot counts, with a tally or without. */
async function mailOf(listed: LedgerEdition, sid: string, ledger: PersonLedger): Promise<ExportedMail | undefined> {
  const { edition, stream, subject, composedAt } = listed;
  const slots = (listed.isComplete ? listed : await ledger.edition(edition))?.slots ?? [];
  const [evidence, leaves] = await Promise.all([ledger.evidence(edition, sid), ledger.leaves(edition, slots, sid)]);
  const outcomes = leaves.flatMap(({ leaf }) => leaf.outcomes[sid] ?? []);
  // Who holds another slot of the edition is not due in this one.
  const outcome = outcomes.find(({ kind }) => kind !== 'skipped') ?? outcomes[0];
  if (!evidence && !outcome) return undefined;
  const isMade = outcome?.kind !== 'skipped' || evidence !== undefined;
  return { edition, stream, ...(isMade && { subject }), composedAt, ...(outcome && { outcome }), ...(evidence && { evidence }) };
}
