import type { ConfigurationAnswer } from '../../../core/operator/api.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { RefusedByApi } from '../failure.ts';
import { counted } from '../printable.ts';
import type { Session } from '../session.ts';
import { applyShown, planOf, showChanges, tellNeeds, tellWarnings, warnOfFile } from './plan.ts';
import { complaintsOf, readDistribution } from './read-distribution.ts';

export const applyHelp = `
Shows what differs from the file in force, asks, and applies it. Applying the same file again changes nothing.
It applies exactly what it showed. If somebody else applies a file meanwhile, it shows the new difference and asks again.
Schedules, domains and senders also need a deploy (on the local stack: a restart). Each call lists those that still wait for one.

Examples:
  afterword apply --dry-run
  afterword apply samples/distribution.yaml --yes`;

export interface ApplyOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/**
 * Puts a distribution file in force, after showing what it would change. With --yes it gives up if
 * another file was applied in between.
 */
export async function apply(session: Session, file: string, options: ApplyOptions): Promise<ExitCode> {
  const { terminal } = session;
  const read = await readDistribution(file);
  if ('flaws' in read) {
    terminal.complain(complaintsOf(file, read.flaws));
    terminal.answer({ file, applied: false, flaws: read.flaws });
    return exitCodes.refused;
  }
  const warnings = warnOfFile(terminal, file, read);
  const end = (answer: ConfigurationAnswer): ExitCode => {
    tellNeeds(terminal, file, answer);
    terminal.answer({ ...answer, warnings: [...warnings, ...answer.warnings] });
    return exitCodes.ok;
  };
  for (;;) {
    const shown = await planOf(session, read.text);
    showChanges(terminal, shown);
    tellWarnings(terminal, file, shown.warnings);
    if (shown.changes.length === 0 || options.dryRun) return end(shown);

    const question = `Apply ${counted(shown.changes.length, 'change')}?`;
    const otherwise = 'Nothing was applied. Add --yes to skip the confirmation, or --dry-run to only look.';
    if (!options.yes && !(await isConfirmed(terminal, question, otherwise))) {
      terminal.say('Nothing was applied.');
      return end(shown);
    }
    const applied = await applyShown(session, read.text, shown);
    if (applied) {
      terminal.say(`${terminal.colours.green('Applied')} ${counted(shown.changes.length, 'change')}.`);
      return end(applied);
    }
    if (options.yes) throw new RefusedByApi(`${overtaken} Look again: afterword apply ${file}`, 409, []);
    terminal.say(`${overtaken} The difference to that file:`);
  }
}

const overtaken = 'Somebody else applied a file meanwhile. Nothing of this file was applied.';
