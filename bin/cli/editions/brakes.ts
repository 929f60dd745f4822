import { BrakeAnswer, LaneAnswer } from '../../../core/operator/api.ts';
import { nearest } from '../../../core/shared/nearest.ts';
import { lanes } from '../../../core/stream/stream.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { RefusedByApi, UsedWrongly } from '../failure.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const pauseHelp = `
WHAT is an edition such as engineering-digest_2026-W47, or a lane: bulk, urgent (alerts, and mails that somebody waits for) or customers.
It holds from the next chunk of every worker on, within seconds. Nothing is lost: afterword resume goes on where it stopped.
--all holds everything; without it and WHAT you are asked. What is paused rings no alarm for being late: afterword editions shows it.

Examples:
  afterword pause engineering-digest_2026-W47
  afterword pause bulk
  afterword pause --all`;

export const resumeHelp = `
WHAT as for pause. A lane that SES stopped is tried again at once, not only when its next probe is due. Sending goes on within a minute.

Example:
  afterword resume bulk`;

export const recallHelp = `
Whoever has no mail of it yet gets none. It cannot be undone, and a mail that has left cannot be taken back: to think it over first,
use afterword pause.

Example:
  afterword recall engineering-digest_2026-W47 --yes`;

const laneNames: readonly string[] = lanes;

const said = {
  pause: { changed: 'is paused. Go on with: afterword resume', same: 'was paused already.' },
  resume: { changed: 'goes on within a minute.', same: 'was not held.' },
};

export interface BrakeOptions {
  /** All lanes. */
  readonly all?: boolean;
}

const alertsToo = 'Alerts, confirmations and new links are held too.';

/** Holds an edition, a lane or all lanes, or lets them go on. Holding everything wants a yes, because alerts are held too. */
export async function brake(
  session: Session,
  how: 'pause' | 'resume',
  what: string | undefined,
  { all = false }: BrakeOptions = {},
): Promise<ExitCode> {
  const { terminal } = session;
  if (all && what !== undefined) throw new UsedWrongly(`Say either ${printableLine(what)} or --all.`);
  const question = `Hold all mail? ${alertsToo}`;
  const otherwise = `Nothing was paused: say what (an edition, or a lane: ${lanes.join(', ')}), or --all. ${alertsToo}`;
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

/** No edition has a lane's name, so that a lane that was mistyped is looked for among the editions. */
const orNoLane = (name: string) => (error: unknown) => {
  if (!(error instanceof RefusedByApi) || error.status !== 404) throw error;
  const meant = nearest(name, lanes);
  throw new RefusedByApi(
    `There is no lane (${lanes.join(', ')}) and no edition with this name: ${printableLine(name)}. ${meant ? `Did you mean ${meant}?` : 'List editions with: afterword editions.'}`,
    404,
    [],
  );
};

/** Has nobody get an edition who has not got it. */
export async function recall(session: Session, edition: string, { yes = false }: { readonly yes?: boolean }): Promise<ExitCode> {
  const { terminal } = session;
  const question = `Nobody gets ${edition} who has not got it, and this cannot be undone. Recall it?`;
  if (!yes && !(await isConfirmed(terminal, question, 'Nothing was recalled: say --yes, because it cannot be undone.'))) {
    terminal.say('Nothing was recalled.');
    return exitCodes.ok;
  }
  const answer = await brakeEdition(session, 'recall', edition);
  terminal.say(
    answer.changed ? `${edition} is recalled: whoever has no mail of it yet gets none.` : `${edition} was recalled already.`,
    `See who had it: afterword edition ${edition}`,
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
