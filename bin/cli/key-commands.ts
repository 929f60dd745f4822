import { type Command, Option } from 'commander';
import { type Scope, scopes } from '../../core/access/scope.ts';
import { createKey, listKeys, revokeKey, scopesHelp } from './keys.ts';
import type { Run } from './session.ts';

export function addKeyCommands(program: Command, run: Run): void {
  const keys = program.command('keys').description('list, create and revoke keys');
  keys
    .command('list')
    .description('list the keys, without their secrets')
    .action((_options: unknown, command: Command) => run(command, listKeys));
  keys
    .command('create')
    .description('make a key and print it, once')
    .argument('<label>', 'what it is for, for example "incident bot"')
    .addOption(new Option('--scope <scopes...>', 'what it may do').choices(scopes).default(['publish']))
    .addHelpText('after', scopesHelp)
    .action((label: string, { scope }: { scope: Scope[] }, command: Command) =>
      run(command, (session) => createKey(session, label, scope)),
    );
  keys
    .command('revoke')
    .description('revoke a key')
    .argument('<id>', 'the id that "keys list" shows')
    .action((id: string, _options: unknown, command: Command) => run(command, (session) => revokeKey(session, id)));
}
