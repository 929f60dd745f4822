import type { ConfigurationAnswer } from '../../../core/operator/api.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { RefusedByApi } from '../failure.ts';
import { counted } from '../printable.ts';
import type { Session } from '../session.ts';
import { applyShown, planOf, showChanges, tellNeeds, warnOfClocks } from './plan.ts';
import { complaintsOf, readDistribution } from './read-distribution.ts';

export const applyHelp = `
Shows what differs from what is in force, asks, and puts it there. Applying the same again changes nothing.
What was shown is what is applied: if somebody applies another file meanwhile, you see the new difference and are asked again.
Schedules, domains and senders also need a deploy (on the local stack a restart); each call says which of them wait for one.

Examples:
  afterword apply --dry-run
  afterword apply samples/distribution.yaml --yes`;

export interface ApplyOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** Puts a distribution file in force, after showing what it would change. Under --yes it gives up where another file came between. */
export async function apply(session: Session, file: string, options: ApplyOptions): Promise<ExitCode> {
  const { terminal } = session;
  const read = await readDistribution(file);
  if ('flaws' in read) {
    terminal.complain(complaintsOf(file, read.flaws));
    terminal.answer({ file, applied: false, flaws: read.flaws });
    return exitCodes.refused;
  }
  const warnings = warnOfClocks(terminal, file, read.distribution);
  const end = (answer: ConfigurationAnswer): ExitCode => {
    tellNeeds(terminal, file, answer);
    terminal.answer({ ...answer, warnings });
    return exitCodes.ok;
  };
  for (;;) {
    const shown = await planOf(session, read.text);
    showChanges(terminal, shown);
    if (shown.changes.length === 0 || options.dryRun) return end(shown);

    const question = `Apply ${counted(shown.changes.length, 'change')}?`;
    const otherwise = 'Nothing was applied: say --yes to apply without being asked, or --dry-run to look only.';
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
    terminal.say(`${overtaken} From that one this file differs:`);
  }
}

const overtaken = 'Somebody applied another file meanwhile, so nothing of this one was applied.';
