import { type ListedPerson, PeopleAnswer, SuspendAnswer } from '../../../core/operator/api.ts';
import { canAsk, isConfirmed } from '../confirm.ts';
import { Failure } from '../failure.ts';
import { Interrupted, watchForInterrupt } from '../interrupt.ts';
import { pages } from '../pages.ts';
import { counted, printableLine } from '../printable.ts';
import type { Session } from '../session.ts';
import { lineRanges } from './line-ranges.ts';
import type { Imported } from './send-batches.ts';

const batchSize = 100;
/**
 * If more than this share of the staff is missing at once, the file is more often wrong than right.
 */
const usualShare = 0.1;
const shownAddresses = 5;
const shownPeople = 50;

/** What a synchronisation did, or why it did nothing. */
export interface Synced {
  readonly suspended: number;
  /** How many people somebody else changed after the list was read. They are left alone. */
  readonly kept: number;
  /** The people who are not in the file. */
  readonly missing?: readonly ListedPerson[];
  readonly refusal?: string;
  readonly failure?: Failure;
}

/**
 * Lists the active staff before a file is imported. Only they can be suspended by it. People added
 * later, by this file or by another operator, are not in the list. People changed later are not
 * suspended, because the revision read here is then out of date. Nor are those whom the directory
 * manages: it says itself who left (docs/adr/097).
 */
export async function listActiveStaff({ api }: Session): Promise<ListedPerson[]> {
  const staff: ListedPerson[] = [];
  for await (const people of pages(api, 'operator/people', PeopleAnswer, (page) => page.people)) {
    staff.push(...people.filter(({ realm, isSuspended, directory }) => realm === 'staff' && !isSuspended && !directory));
  }
  return staff;
}

/**
 * Suspends the staff who are not in the file, once everything in it is stored. Names them first,
 * and asks if somebody can answer. Idempotent.
 */
export async function suspendMissing(session: Session, before: readonly ListedPerson[], imported: Imported, yes: boolean): Promise<Synced> {
  const nothing = { suspended: 0, kept: 0 };
  if (imported.failure) return { ...nothing, refusal: 'Nobody was suspended: not every line was stored. Import the file again.' };
  if (imported.refused.length > 0) {
    const lines = lineRanges([...new Set(imported.refused.map(({ line }) => line))]);
    return {
      ...nothing,
      refusal: `Nobody was suspended: lines were refused (${lines}), and they may name people who would be suspended. Fix them first.`,
    };
  }
  const missing = before.filter(({ sid }) => !imported.staff.has(sid)).toSorted((a, b) => oddness(a) - oddness(b));
  session.terminal.say(...missingLines(missing));
  const refusal = await whyNot(session, missing, before.length, yes);
  return { ...(refusal === undefined ? await suspend(session, missing) : { ...nothing, refusal }), missing };
}

async function whyNot({ terminal }: Session, missing: readonly ListedPerson[], known: number, yes: boolean): Promise<string | undefined> {
  if (yes || missing.length === 0) return undefined;
  if (missing.length > known * usualShare) return tooMany(missing, known);
  if (!canAsk(terminal) || (await isConfirmed(terminal, 'Suspend them?', ''))) return undefined;
  return 'Nobody was suspended.';
}

/** People whom no file named. They are more often forgotten in the file than gone. */
const howJoined: Readonly<Record<string, string>> = {
  approval: 'approved by the owner of a stream',
  signup: 'joined by themselves',
  directory: 'named by the directory, which let go of them',
};
const oddness = ({ joined }: ListedPerson) => (joined === 'approval' ? 0 : joined === 'signup' ? 1 : 2);

function missingLines(missing: readonly ListedPerson[]): string[] {
  if (missing.length === 0) return [];
  const lines = missing.slice(0, shownPeople).map(({ address, name, joined }) => {
    const how = joined === undefined ? undefined : (howJoined[joined] ?? joined);
    return ['', address, name ?? '', how === undefined ? '' : `(${how})`].map(printableLine).join('  ').trimEnd();
  });
  const more = missing.length - lines.length;
  return [`Not in the file: ${counted(missing.length, 'person', 'people')}`, ...lines, ...(more > 0 ? [`  and ${more} more`] : [])];
}

function tooMany(missing: readonly ListedPerson[], known: number): string {
  const some = missing.slice(0, shownAddresses).map(({ address }) => address);
  const more = missing.length > some.length ? ` and ${missing.length - some.length} more` : '';
  return (
    `Nobody was suspended: the file misses ${missing.length} of the ${counted(known, 'person', 'people')} who get mail now, ` +
    `more than ${usualShare * 100} % (${some.join(', ')}${more}). If they really left, add --yes.`
  );
}

async function suspend({ api, terminal }: Session, missing: readonly ListedPerson[]): Promise<Synced> {
  let [suspended, kept] = [0, 0];
  using interrupt = watchForInterrupt();
  const progress = terminal.progress(missing.length, 'suspensions');
  try {
    for (let start = 0; start < missing.length; start += batchSize) {
      if (interrupt.wanted) throw new Interrupted('Interrupted. The rest was not changed. Import the file again to finish.');
      const people = missing.slice(start, start + batchSize).map(({ sid, revision }) => ({ sid, revision }));
      const call = { method: 'POST', path: 'operator/people/suspend', type: 'application/json', mayRepeat: true } as const;
      const { body } = await api({ ...call, body: JSON.stringify({ people }) }, SuspendAnswer);
      suspended += body.suspended + body.unchanged;
      kept += body.kept.length;
      progress.step(people.length);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { suspended, kept, failure: error };
  } finally {
    progress.stop();
  }
  return { suspended, kept };
}
