import { setTimeout as sleep } from 'node:timers/promises';
import { SettleAnswer, type When } from '../../../core/operator/api.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { ApiFailed, UsedWrongly } from '../failure.ts';
import { counted } from '../printable.ts';
import type { Session } from '../session.ts';

export const settleHelp = `
For a stack whose table was restored from a backup. It sends no mail until you run this command. The restored table does not know what the
old one sent after that point in time. So that nobody gets an edition twice, Afterword composes the editions and alerts that were due in
between and recalls them. First publish, import and apply again what came after the backup. You cannot undo this.

TIME is an instant such as 2026-11-23T08:00:00Z or 2026-11-23T09:00+01:00.

Examples:
  afterword settle --since 2026-11-23T08:00:00Z
  afterword settle --since 2026-11-23T08:00:00Z --until 2026-11-23T10:30:00Z --keep sev1-alerts_checkout-down_r1`;

export interface SettleOptions {
  readonly since: When;
  readonly until?: When;
  readonly keep?: readonly string[];
  readonly yes?: boolean;
}

const betweenLooksMs = 3000;
/** Composing takes seconds, and `sweep` runs outboxes within a minute. */
const mostLooks = 60;

/** Shows what a restored table cannot know, and settles it. */
export async function settle(session: Session, options: SettleOptions): Promise<ExitCode> {
  const { terminal } = session;
  const wish = {
    since: exact('--since', options.since),
    ...(options.until && { until: exact('--until', options.until) }),
    keep: options.keep ?? [],
  };
  const seen = await lookUntilAllIsThere(session, wish);
  const question = `${counted(seen.recalled.length, 'edition')} will be recalled, and sending starts again. Settle it?`;
  terminal.say(...lines('Recalled, because somebody may have got it before', seen.recalled), ...lines('Will be sent', seen.kept));
  if (!options.yes && !(await isConfirmed(terminal, question, 'Nothing was settled. You cannot undo this: add --yes to confirm.'))) {
    terminal.say('Nothing was settled.');
    return exitCodes.ok;
  }
  const answer = await ask(session, { ...wish, how: 'act' });
  if (!answer.isSettled) {
    terminal.warn('Something new came in. Nothing was settled. Run the same command again.');
    terminal.answer(answer);
    return exitCodes.refused;
  }
  terminal.say(
    `Settled: ${counted(answer.recalled.length, 'edition')} recalled. Sending starts again. A lane that was paused by hand stays paused.`,
  );
  terminal.answer(answer);
  return exitCodes.ok;
}

interface Wish {
  readonly since: string;
  readonly until?: string;
  readonly keep: readonly string[];
}

async function lookUntilAllIsThere(session: Session, wish: Wish): Promise<SettleAnswer> {
  for (let looks = 1; ; looks += 1) {
    const seen = await ask(session, { ...wish, how: 'look' });
    if (seen.composing.length === 0 && seen.owed === 0) return seen;
    if (looks >= mostLooks) {
      throw new ApiFailed(
        `Nothing was settled. After ${(mostLooks * betweenLooksMs) / 1000} seconds these are still missing: ` +
          `${[...seen.composing, ...(seen.owed > 0 ? [`what ${counted(seen.owed, 'postmortem')} owe`] : [])].join(', ')}. Look at the dead letters of compose and the log of sweep.`,
      );
    }
    if (looks === 1) session.terminal.say('Waiting for what was due to be composed …');
    await sleep(betweenLooksMs);
  }
}

const ask = async ({ api }: Session, body: Wish & { readonly how: 'look' | 'act' }): Promise<SettleAnswer> =>
  (
    await api(
      { method: 'POST', path: 'operator/settle', body: JSON.stringify(body), type: 'application/json', mayRepeat: true },
      SettleAnswer,
    )
  ).body;

const lines = (heading: string, editions: readonly string[]) =>
  editions.length === 0 ? [] : [`${heading}:`, ...editions.map((id) => `  ${id}`)];

function exact(option: string, when: When): string {
  if (!when.includes('T'))
    throw new UsedWrongly(`${option} ${when}: write an instant such as 2026-11-23T08:00:00Z. A day is too long for this.`);
  return when;
}
