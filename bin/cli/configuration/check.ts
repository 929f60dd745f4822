import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsedWrongly } from '../failure.ts';
import { counted } from '../printable.ts';
import type { Session } from '../session.ts';
import { showDrift } from './drift.ts';
import { planOf, showChanges, tellNeeds, tellWarnings, warnOfFile } from './plan.ts';
import { complaintsOf, defaultFile, readDistribution } from './read-distribution.ts';

export const checkHelp = `
Needs no API. With --stack it also asks the API which parts of the file are not in force or not deployed, and warns of channels that get no posts.
Each problem is one line: file:line:column, the field, what is wrong and how to fix it.
With --drift it reads no file: it asks the API what differs between the file in force and what is so, such as channels that are gone,
people who left, streams that nobody gets, services without a team. It ends with 1 if anything does. Operators get the same as a mail once a week.

Examples:
  afterword check samples/distribution.yaml
  afterword check --stack --api https://…
  afterword check --drift --api https://…`;

export interface CheckOptions {
  readonly stack?: boolean;
  readonly drift?: boolean;
}

/** Reads a distribution file and says whether it can be applied, or looks for drift. */
export async function check(session: Session, named: string | undefined, options: CheckOptions): Promise<ExitCode> {
  const { terminal } = session;
  if (options.drift) {
    if (named !== undefined || options.stack)
      throw new UsedWrongly('--drift looks at the file in force: give no file and no --stack with it.');
    return showDrift(session);
  }
  const file = named ?? defaultFile;
  const read = await readDistribution(file);
  if ('flaws' in read) {
    terminal.complain(complaintsOf(file, read.flaws));
    terminal.answer({ file, ok: false, flaws: read.flaws });
    return exitCodes.refused;
  }
  const { streams, teams } = read.distribution;
  const services = teams.reduce((sum, team) => sum + team.services.length, 0);
  const told = [counted(Object.keys(streams).length, 'stream'), counted(teams.length, 'team'), counted(services, 'service')];
  terminal.say(`${file} is fine: ${told.join(', ')}`);
  const warnings = warnOfFile(terminal, file, read);
  const plan = options.stack ? await planOf(session, read.text) : undefined;
  if (plan) {
    tellWarnings(terminal, file, plan.warnings);
    showChanges(terminal, plan);
    tellNeeds(terminal, file, plan);
  }
  terminal.answer({
    file,
    ok: true,
    flaws: [],
    warnings: [...warnings, ...(plan?.warnings ?? [])],
    hash: read.hash,
    ...(plan && { changes: plan.changes, needsDeploy: plan.needsDeploy }),
  });
  return exitCodes.ok;
}
