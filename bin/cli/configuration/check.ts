import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { counted } from '../printable.ts';
import type { Session } from '../session.ts';
import { complaintsOf, readDistribution } from './read-distribution.ts';

export const checkHelp = `
Needs no API. Every flaw is told as file:line:column: the field, what is wrong and how to mend it.

Example:
  afterword check samples/distribution.yaml`;

/** Reads a distribution file and says whether it could be applied. */
export async function check({ terminal }: Session, file: string): Promise<ExitCode> {
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
  terminal.answer({ file, ok: true, flaws: [], hash: read.hash });
  return exitCodes.ok;
}
