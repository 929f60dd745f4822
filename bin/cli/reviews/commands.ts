import { type Command, Option } from 'commander';
import { reviewStates } from '../../../core/review/review.ts';
import { dayArgument } from '../arguments.ts';
import type { Run } from '../session.ts';
import { type ListOptions, listHelp, listReviews } from './list.ts';
import { type WaiveOptions, waiveHelp, waiveReview } from './waive.ts';

export function addReviewCommands(program: Command, run: Run): void {
  const reviews = program
    .command('reviews')
    .description('list which postmortems leadership reviews, and where each stands; waive one')
    .addOption(new Option('--state <state>', 'only in this state').choices(reviewStates))
    .option('--overdue', 'only overdue ones')
    .option('--since <day>', 'also those that were over since this day (default: 31 days ago)', dayArgument)
    .addHelpText('after', listHelp)
    .action((options: ListOptions, command: Command) => run(command, (session) => listReviews(session, options)));
  reviews
    .command('waive')
    .description('end the review of a postmortem without one, or the wait for the postmortem')
    .argument('<id>', 'the id of the postmortem, as the list shows it')
    .requiredOption('--reason <text>', 'why, for the audit log; without an address')
    .option('--yes', 'skip the confirmation')
    .addHelpText('after', waiveHelp)
    .action((id: string, options: WaiveOptions, command: Command) => run(command, (session) => waiveReview(session, id, options)));
}
