import type { Lanes } from '../delivery/lane.ts';
import type { EditionId } from '../edition/edition.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { askForLeftOut, type LeftOutDeps } from './ask-for-left-out.ts';
import { askForMonthly, type MonthlyDeps, type MonthlyNotes } from './ask-for-monthly.ts';
import { askForNotices, type NoticesDeps } from './ask-for-notices.ts';
import { askForUpdates, type UpdatesDeps } from './ask-for-updates.ts';
import { attempt, type Failures } from './attempt.ts';
import { beginWaves, type WaveDeps } from './begin-waves.ts';
import { countEmptyRuns, type EmptyRuns, type QueueDeps } from './count-empty-runs.ts';
import { type LaneDeps, readLanes } from './read-lanes.ts';
import { type LeftOutboxDeps, runLeftOutboxes } from './run-left-outboxes.ts';
import { sendLeftProbes } from './send-left-probes.ts';
import { type DueLeaves, type ResumePoints, wakeLeaves } from './wake-leaves.ts';
import type { WalkDeps, WalkPosition } from './walk-edition.ts';
import { type EditionsDeps, walkEditions } from './walk-editions.ts';

export interface SweepDeps extends WalkDeps, QueueDeps, LaneDeps, Failures {
  readonly pay: LeftOutboxDeps['pay'];
  readonly waves: WaveDeps['waves'];
  readonly updates: UpdatesDeps['updates'];
  readonly notices: NoticesDeps['notices'];
  readonly monthly: MonthlyDeps;
  readonly leftOut: LeftOutDeps;
  readonly open: EditionsDeps['open'] & LeftOutboxDeps['open'] & { readonly settling: DueLeaves };
  /** Milliseconds that this run still has. */
  readonly remainingMs: () => number;
  readonly memory: {
    read(): Promise<SweepMemory>;
    write(memory: SweepMemory): Promise<void>;
  };
  readonly refreshQuota: () => Promise<void>;
}

/** What one run leaves for the next. */
export interface SweepMemory {
  readonly emptyRuns: EmptyRuns;
  /** The place in an edition where the next run goes on. */
  readonly cursor?: WalkPosition & { readonly edition: EditionId };
  /**
   * Where the next run goes on among the leaves that are due. Absent: from the head of the list.
   */
  readonly settling?: ResumePoints;
  /** The last outbox that was tried. The next run begins behind it. */
  readonly lastOutbox?: PostmortemId;
  readonly monthly?: MonthlyNotes;
}

export interface Swept {
  readonly outboxes: number;
  readonly editions: number;
  /**
   * Milliseconds since the oldest wave that is being sent was due; 0 without one. Paused editions
   * and lanes do not count.
   */
  readonly oldestMs: number;
  readonly rows: number;
  readonly lanes: Lanes;
}

/** New work is taken up only while the run has more milliseconds left than this. */
const reserveMs = 5000;

/** Finishes what was left unfinished. A duty that fails does not keep the others from running. */
export async function sweep(deps: SweepDeps): Promise<Swept> {
  const run = { ...deps, settling: deps.open.settling, hasTime: () => deps.remainingMs() > reserveMs };
  await attempt('quota', deps.refreshQuota, run);
  const memory = await deps.memory.read();
  const emptyRuns = await countEmptyRuns(memory.emptyRuns, run);
  const lanes = await readLanes(run);
  const woken = await wakeLeaves(memory.settling ?? {}, lanes, run);
  await beginWaves(run);
  await askForUpdates(run);
  await askForNotices(run);
  const walked = await walkEditions(memory.cursor, { emptyRuns, lanes }, run);
  await sendLeftProbes([...woken.candidates, ...walked.candidates], walked.probed, run);
  const { outboxes, lastOutbox } = await runLeftOutboxes(memory.lastOutbox, run);
  const monthly = (await attempt('monthly', () => askForMonthly(memory.monthly ?? {}, deps.monthly), run)) ?? memory.monthly;
  await attempt('left out', () => askForLeftOut(deps.leftOut), run);
  await deps.memory.write({
    emptyRuns,
    ...(walked.cursor && { cursor: walked.cursor }),
    ...(Object.keys(woken.resume).length > 0 && { settling: woken.resume }),
    ...(lastOutbox && { lastOutbox }),
    ...(monthly && { monthly }),
  });
  return { outboxes, editions: walked.editions, oldestMs: walked.oldestMs, rows: walked.rows, lanes };
}
