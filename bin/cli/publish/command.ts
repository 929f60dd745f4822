import type { Command } from 'commander';
import type { Run } from '../session.ts';
import { publish, publishHelp } from './publish.ts';

export function addPublishCommand(program: Command, run: Run): void {
  program
    .command('publish')
    .description('publish postmortems')
    .argument('<files...>', 'files or folders; "-" is stdin')
    .addHelpText('after', publishHelp)
    .action((files: string[], _options: unknown, command: Command) => run(command, (session) => publish(session, files)));
}
