import { periodBefore } from '../../core/calendar/recurring.ts';
import { scheduledEditionId, tellingId } from '../../core/edition/edition-id.ts';
import { stackNameOf } from '../../lib/stages.ts';
import { aSev1, prepared } from './drive.ts';
import type { CrashPoint } from './inside/shell.ts';
import { settle } from './settle.ts';
import type { Stage } from './stage.ts';
import { untilTaken } from './until-taken.ts';

/** Crash points: a function dies once, before or after its n-th outside call. */
export const pointsUpTo = (calls: number): Pick<CrashPoint, 'call' | 'when'>[] =>
  Array.from({ length: calls }, (_, n) => n + 1).flatMap((call) => [
    { call, when: 'before' as const },
    { call, when: 'after' as const },
  ]);

export const nameOf = (functionName: string) => `${stackNameOf('laptop')}-${functionName}`;

/**
 * Imports configuration and people: three leaders for alerts, and this many readers for digests.
 */
export const prepare = (stage: Stage, readers: number) => prepared(stage.stack, readers, 3);

export interface Died {
  /** Editions that were promised. */
  readonly promised: string[];
  /** The text of the event at which each crash was to happen. */
  readonly armed: string[];
}

/** Publishes one alert for each point. The function dies once while it handles it. */
export async function alertsWith(
  stage: Stage,
  functionName: string,
  points: ReturnType<typeof pointsUpTo>,
  label = functionName,
): Promise<Died> {
  const died: Died = { promised: [], armed: [] };
  for (const { call, when } of points) {
    const id = `c-${label}-${when}-${String(call).padStart(3, '0')}`;
    await stage.armCrash(id, { functionName: nameOf(functionName), call, when });
    await untilTaken(stage.stack, 'PUT', `/postmortems/${id}`, aSev1(stage.stack, `Down, ${id}`));
    died.promised.push(tellingId('sev1-alerts', id));
    died.armed.push(id);
  }
  return died;
}

/**
 * Publishes one alert for each point, and revises each once all of them have left. The function
 * dies once while it handles the revision.
 */
export async function updatesWith(stage: Stage, functionName: string, points: ReturnType<typeof pointsUpTo>): Promise<Died> {
  const first = await alertsWith(stage, 'nobody', points, `update-${functionName}`);
  await survived(stage, first.armed);
  await settle(stage.stack, 600);
  const died: Died = { promised: [...first.promised], armed: [] };
  for (const [n, id] of first.armed.entries()) {
    const point = points[n];
    if (!point) continue;
    await stage.armCrash(id, { functionName: nameOf(functionName), ...point });
    const revised = { ...aSev1(stage.stack, `Down, ${id}`), customersAffected: 1000 };
    await untilTaken(stage.stack, 'PUT', `/postmortems/${id}`, revised);
    died.promised.push(tellingId('sev1-alerts', id, 2));
    died.armed.push(id);
  }
  return died;
}

const week = 7 * 86_400_000;
const firstMonday = Date.UTC(2024, 0, 8, 10);

/** Sends one digest for each point, of a quiet week long ago. */
export async function digestsWith(stage: Stage, functionName: string, points: ReturnType<typeof pointsUpTo>): Promise<Died> {
  const died: Died = { promised: [], armed: [] };
  for (const [n, { call, when }] of points.entries()) {
    const at = new Date(firstMonday + n * week);
    const edition = scheduledEditionId('engineering-digest', periodBefore('week', at, 'Europe/Berlin').id);
    const about = functionName === 'compose' ? at.toISOString().slice(0, 13) : edition;
    await stage.armCrash(about, { functionName: nameOf(functionName), call, when });
    await stage.stack.runDigest(at.toISOString());
    died.promised.push(edition);
    died.armed.push(about);
  }
  return died;
}

/** The number of crash points at which no function died. */
export async function survived(stage: Stage, armed: readonly string[]): Promise<number> {
  let left = 0;
  for (const about of armed) if (await stage.disarmCrash(about)) left += 1;
  return left;
}
