import { ImportAnswer, type PersonRow } from '../../../core/operator/api.ts';
import { Failure, RefusedByApi } from '../failure.ts';
import { Interrupted, watchForInterrupt } from '../interrupt.ts';
import type { Session } from '../session.ts';
import type { BadLine } from './read-people.ts';

const batchSize = 100;
const inFlight = 4;
/**
 * The batch itself is refused. Other batches, and most lines of this one, may still be accepted.
 */
const batchIsAtFault = [413, 422];
/**
 * How often batches are halved to find the line that spoils them. The limit keeps an API that
 * accepts nothing from being asked about every line.
 */
const mostHalvings = 200;

export interface Imported {
  added: number;
  changed: number;
  unchanged: number;
  restored: number;
  /** Lines of people who are put on no stream, neither by their line nor by their role. */
  readonly withoutStreams: number[];
  /** Lines of people whom an operator suspended, which no import ends. */
  readonly suspended: number[];
  /** Teams that the distribution file does not list, by name. */
  readonly unknownTeams: Map<string, ImportAnswer['unknownTeams'][number]>;
  /** Subscriber ids of the staff who were accepted. */
  readonly staff: Set<string>;
  readonly refused: BadLine[];
  /**
   * Lines of people who asked to be forgotten. They are left out, and nothing is wrong with them.
   */
  readonly forgotten: number[];
  /** Lines whose batch was not sent or got no answer. Some of them may be stored all the same. */
  readonly unanswered: number[];
  /** What ended the import early. */
  failure: Failure | undefined;
}

/**
 * Sends rows in batches, a few at a time. No person may be in two batches. A batch that the API
 * cannot accept is halved until the line that spoils it is found, and the rest goes on. Without an
 * answer, or after Ctrl-C, no further batch is begun. Sending everything again finishes the rest.
 */
export async function sendBatches({ api, terminal }: Session, rows: readonly PersonRow[]): Promise<Imported> {
  const imported: Imported = {
    added: 0,
    changed: 0,
    unchanged: 0,
    restored: 0,
    withoutStreams: [],
    suspended: [],
    unknownTeams: new Map(),
    staff: new Set(),
    refused: [],
    forgotten: [],
    unanswered: [],
    failure: undefined,
  };
  using interrupt = watchForInterrupt();
  const progress = terminal.progress(rows.length, 'people');
  const batches = batchesOf(rows).values();
  const halvings = { left: mostHalvings };
  const work = async () => {
    for (const batch of batches) {
      if (interrupt.wanted) imported.failure ??= new Interrupted('Interrupted. What had begun was finished; nothing else was begun.');
      if (imported.failure) imported.unanswered.push(...batch.map(({ line }) => line));
      else await send(batch, { api, imported, halvings });
      progress.step(imported.failure ? 0 : batch.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: inFlight }, work));
  } finally {
    progress.stop();
  }
  return imported;
}

const batchesOf = (rows: readonly PersonRow[]): PersonRow[][] =>
  Array.from({ length: Math.ceil(rows.length / batchSize) }, (_, n) => rows.slice(n * batchSize, (n + 1) * batchSize));

interface Sending {
  readonly api: Session['api'];
  readonly imported: Imported;
  readonly halvings: { left: number };
}

async function send(batch: readonly PersonRow[], sending: Sending): Promise<void> {
  const { api, imported, halvings } = sending;
  const body = JSON.stringify({ rows: batch });
  try {
    const call = { method: 'POST', path: 'operator/people/import', body, type: 'application/json', mayRepeat: true } as const;
    add(imported, (await api(call, ImportAnswer)).body);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error instanceof RefusedByApi && batchIsAtFault.includes(error.status)) {
      if (batch.length === 1 || halvings.left <= 0) {
        imported.refused.push(...refusedBatch(batch, error));
        return;
      }
      halvings.left -= 1;
      const half = Math.ceil(batch.length / 2);
      await send(batch.slice(0, half), sending);
      await send(batch.slice(half), sending);
    } else {
      imported.unanswered.push(...batch.map(({ line }) => line));
      imported.failure ??= error;
    }
  }
}

function add(imported: Imported, answer: ImportAnswer): void {
  imported.added += answer.added;
  imported.changed += answer.changed;
  imported.unchanged += answer.unchanged;
  imported.restored += answer.restored;
  imported.withoutStreams.push(...answer.linesWithoutStreams);
  imported.suspended.push(...answer.linesSuspended);
  for (const team of answer.unknownTeams) {
    const { people = 0 } = imported.unknownTeams.get(team.name) ?? {};
    imported.unknownTeams.set(team.name, { ...team, people: people + team.people });
  }
  for (const sid of answer.staff) imported.staff.add(sid);
  imported.forgotten.push(...answer.refused.filter(({ forgotten }) => forgotten).map(({ line }) => line));
  imported.refused.push(...answer.refused.filter(({ forgotten }) => !forgotten));
}

const refusedBatch = (batch: readonly PersonRow[], { message }: RefusedByApi): BadLine[] =>
  batch.map(({ line }) => ({
    line,
    field: '',
    problem: batch.length === 1 ? `was refused: ${message}` : `was refused with the ${batch.length - 1} sent together with it: ${message}`,
    remedy: 'Look for cells that are very long or hold unusual characters.',
  }));
