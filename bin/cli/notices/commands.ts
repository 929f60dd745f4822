import { type Command, Option } from 'commander';
import { noticeStates } from '../../../core/operator/notices-api.ts';
import { dayArgument } from '../arguments.ts';
import type { Run } from '../session.ts';
import { type ActOptions, askHelp, askNotice, stopHelp, stopNotice, withdrawHelp, withdrawNotice } from './acts.ts';
import { type ListOptions, listHelp, listNotices, showNotice } from './list.ts';

export function addNoticeCommands(program: Command, run: Run): void {
  const notices = program
    .command('notices')
    .description('list where notices to customers stand; show one, have it asked, stop or withdraw it');
  notices
    .command('list', { isDefault: true })
    .description('list where each stands, without titles and texts')
    .addOption(new Option('--state <state>', 'only those whose approval request is in this state').choices(noticeStates))
    .option('--since <day>', 'also those that rest and were changed since this day (default: 31 days ago)', dayArgument)
    .addHelpText('after', listHelp)
    .action((options: ListOptions, command: Command) => run(command, (session) => listNotices(session, options)));
  const about = (name: string, description: string) =>
    notices.command(name).description(description).argument('<postmortem>', 'the id of the postmortem, as the list shows it');
  about('show', 'show where one stands').action((id: string, _options: unknown, command: Command) =>
    run(command, (session) => showNotice(session, id)),
  );
  about('ask', 'have its approvers asked at once')
    .addHelpText('after', askHelp)
    .action((id: string, _options: unknown, command: Command) => run(command, (session) => askNotice(session, id)));
  about('stop', 'end its approval request before the release')
    .requiredOption('--reason <text>', 'why, for its writer and its approvers; without an address')
    .addHelpText('after', stopHelp)
    .action((id: string, options: ActOptions, command: Command) => run(command, (session) => stopNotice(session, id, options)));
  about('withdraw', 'take back what customers can read')
    .requiredOption('--reason <text>', 'why, for its writer and its approvers; without an address')
    .option('--yes', 'skip the confirmation')
    .addHelpText('after', withdrawHelp)
    .action((id: string, options: ActOptions, command: Command) => run(command, (session) => withdrawNotice(session, id, options)));
}
