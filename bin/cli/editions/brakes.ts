import { BrakeAnswer, LaneAnswer } from '../../../core/operator/api.ts';
import { nearest } from '../../../core/shared/nearest.ts';
import { lanes } from '../../../core/stream/stream.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { RefusedByApi, UsedWrongly } from '../failure.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const pauseHelp = `
WHAT is an edition such as engineering-digest_2026-W47, or a lane: bulk, prompt (incidents that customers felt, at once),
urgent (alerts, and mails that somebody waits for) or customers.
Sending stops within seconds, at the next chunk of each worker. Nothing is lost: afterword resume continues where it stopped.
--all pauses everything. Without it and without WHAT, the command asks first. A paused edition or lane rings no alarm for being late;
afterword editions shows what is paused.

Examples:
  afterword pause engineering-digest_2026-W47
  afterword pause bulk
  afterword pause --all`;

export const resumeHelp = `
WHAT is the same as for pause. A lane that SES stopped is tried again at once, before its next probe is due. Sending continues within a minute.

Example:
  afterword resume bulk`;

export const recallHelp = `
Everyone who has not got the edition yet will not get it. You cannot undo this, and you cannot take back a mail that was sent. To think
about it first, use afterword pause.

Example:
  afterword recall engineering-digest_2026-W47 --yes`;

const laneNames: readonly string[] = lanes;

const said = {
  pause: { changed: 'is paused. Continue with: afterword resume', same: 'was already paused.' },
  resume: { changed: 'continues within a minute.', same: 'was not paused.' },
};

export interface BrakeOptions {
  /** All lanes. */
  readonly all?: boolean;
}

const alertsToo = 'This pauses alerts, confirmations and new links too.';

/**
 * Pauses or resumes an edition, a lane or all lanes. Pausing everything needs a confirmation,
 * because it pauses alerts too.
 */
export async function brake(
  session: Session,
  how: 'pause' | 'resume',
  what: string | undefined,
  { all = false }: BrakeOptions = {},
): Promise<ExitCode> {
  const { terminal } = session;
  if (all && what !== undefined) throw new UsedWrongly(`Use either ${printableLine(what)} or --all, not both.`);
  const question = `Pause all mail? ${alertsToo}`;
  const otherwise = `Nothing was paused. Name an edition or a lane (${lanes.join(', ')}), or add --all. ${alertsToo}`;
  if (how === 'pause' && what === undefined && !all && !(await isConfirmed(terminal, question, otherwise))) {
    terminal.say('Nothing was paused.');
    return exitCodes.ok;
  }
  const answers = [];
  for (const name of what === undefined ? laneNames : [what]) {
    const isLane = laneNames.includes(name);
    const answer = isLane ? await brakeLane(session, how, name) : await brakeEdition(session, how, name).catch(orNoLane(name));
    const { changed, same } = said[how];
    terminal.say(
      `${isLane ? `The lane ${name}` : name} ${answer.changed ? changed : same}${how === 'pause' && answer.changed ? ` ${name}` : ''}`,
    );
    if (how === 'pause' && name === 'urgent') terminal.say(alertsToo);
    answers.push(answer);
  }
  terminal.answer(what === undefined ? { lanes: answers } : answers[0]);
  return exitCodes.ok;
}

/**
 * No edition has the name of a lane. So a mistyped lane is looked up among the editions and not
 * found.
 */
const orNoLane = (name: string) => (error: unknown) => {
  if (!(error instanceof RefusedByApi) || error.status !== 404) throw error;
  const meant = nearest(name, lanes);
  throw new RefusedByApi(
    `There is no lane (${lanes.join(', ')}) and no edition with this name: ${printableLine(name)}. ${meant ? `Did you mean ${meant}?` : 'List editions with: afterword editions.'}`,
    404,
    [],
  );
};

/** Stops an edition for everyone who has not got it yet. */
export async function recall(session: Session, edition: string, { yes = false }: { readonly yes?: boolean }): Promise<ExitCode> {
  const { terminal } = session;
  const question = `Stop ${edition} for everyone who has not got it? You cannot undo this.`;
  if (!yes && !(await isConfirmed(terminal, question, 'Nothing was recalled. You cannot undo a recall: add --yes to confirm.'))) {
    terminal.say('Nothing was recalled.');
    return exitCodes.ok;
  }
  const answer = await brakeEdition(session, 'recall', edition);
  terminal.say(
    answer.changed ? `${edition} is recalled: everyone who has not got it yet will not get it.` : `${edition} was already recalled.`,
    `See who got it: afterword edition ${edition}`,
  );
  terminal.answer(answer);
  return exitCodes.ok;
}

async function brakeEdition({ api }: Session, how: 'pause' | 'resume' | 'recall', edition: string) {
  const path = `operator/editions/${encodeURIComponent(edition)}/${how}`;
  return (await api({ method: 'POST', path, mayRepeat: true }, BrakeAnswer)).body;
}

async function brakeLane({ api }: Session, how: 'pause' | 'resume', lane: string) {
  return (await api({ method: 'POST', path: `operator/lanes/${lane}/${how}`, mayRepeat: true }, LaneAnswer)).body;
}
