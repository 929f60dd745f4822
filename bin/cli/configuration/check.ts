import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { counted } from '../printable.ts';
import type { Session } from '../session.ts';
import { planOf, showChanges, tellNeeds, warnOfFile } from './plan.ts';
import { complaintsOf, readDistribution } from './read-distribution.ts';

export const checkHelp = `
Needs no API. With --stack it also asks the API which parts of the file are not in force or not deployed.
Each problem is one line: file:line:column, the field, what is wrong and how to fix it.

Examples:
  afterword check samples/distribution.yaml
  afterword check --stack --api https://…`;

export interface CheckOptions {
  readonly stack?: boolean;
}

/** Reads a distribution file and says whether it can be applied. */
export async function check(session: Session, file: string, options: CheckOptions): Promise<ExitCode> {
  const { terminal } = session;
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
  const warnings = warnOfFile(terminal, file, read.distribution);
  const plan = options.stack ? await planOf(session, read.text) : undefined;
  if (plan) {
    showChanges(terminal, plan);
    tellNeeds(terminal, file, plan);
  }
  terminal.answer({
    file,
    ok: true,
    flaws: [],
    warnings,
    hash: read.hash,
    ...(plan && { changes: plan.changes, needsDeploy: plan.needsDeploy }),
  });
  return exitCodes.ok;
}
