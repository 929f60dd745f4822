import { ConfigurationAnswer } from '../../../core/operator/api.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { counted, printableLine } from '../printable.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { complaintsOf, readDistribution } from './read-distribution.ts';

export const applyHelp = `
Shows what differs from what is in force, asks, and puts it there. Applying the same again changes nothing.
Schedules, domains and senders also need a deploy; the output says when.

Examples:
  afterword apply --dry-run
  afterword apply samples/distribution.yaml --yes`;

export interface ApplyOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** Puts a distribution file in force, after showing what it would change. */
export async function apply(session: Session, file: string, options: ApplyOptions): Promise<ExitCode> {
  const { terminal } = session;
  const read = await readDistribution(file);
  if ('flaws' in read) {
    terminal.complain(complaintsOf(file, read.flaws));
    terminal.answer({ file, applied: false, flaws: read.flaws });
    return exitCodes.refused;
  }
  const planned = await put(session, read.text, true);
  showChanges(terminal, planned);
  if (planned.changes.length === 0 || options.dryRun) {
    terminal.answer(planned);
    return exitCodes.ok;
  }
  const question = `Apply ${counted(planned.changes.length, 'change')}?`;
  const otherwise = 'Nothing was applied: say --yes to apply without being asked, or --dry-run to look only.';
  if (!options.yes && !(await isConfirmed(terminal, question, otherwise))) {
    terminal.say('Nothing was applied.');
    terminal.answer(planned);
    return exitCodes.ok;
  }
  const applied = await put(session, read.text, false);
  terminal.say(`${terminal.colours.green('Applied')} ${counted(planned.changes.length, 'change')}.`);
  if (applied.needsDeploy.length > 0) {
    terminal.say(
      `${terminal.colours.yellow('Needs a deploy')} (npm run deploy) before it takes full effect: ${applied.needsDeploy.join(', ')}`,
    );
  }
  terminal.answer(applied);
  return exitCodes.ok;
}

async function put({ api }: Session, body: string, dryRun: boolean): Promise<ConfigurationAnswer> {
  const call = { method: 'PUT', path: `operator/configuration?dryRun=${dryRun}`, body, type: 'text/yaml' } as const;
  return (await api(call, ConfigurationAnswer)).body;
}

function showChanges({ say, colours }: Terminal, { changes, needsDeploy }: ConfigurationAnswer): void {
  if (changes.length === 0) say('Nothing differs from what is in force.');
  for (const { path, before, after } of changes) {
    say(`${colours.bold(printableLine(path))}${needsDeploy.includes(path) ? colours.yellow('  (needs a deploy)') : ''}`);
    if (before !== undefined) say(colours.red(`  - ${printableLine(before)}`));
    if (after !== undefined) say(colours.green(`  + ${printableLine(after)}`));
  }
}
