import { type Command, Option } from 'commander';
import { HeldActAnswer, HeldAnswer, type ShownHeld } from '../../../core/operator/held-api.ts';
import { severities } from '../../../core/postmortem/postmortem.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { pages } from '../pages.ts';
import { columns, counted, printableLine } from '../printable.ts';
import type { Run, Session } from '../session.ts';

const help = `
An incident tool told of these, and nobody is told of them: why stands beside each. What you say counts from the next poll on, within the
hour. The acts need a key with the scope configure, and the audit log keeps them. See docs/connectors/README.md.

Examples:
  afterword held list
  afterword held release incident-io/01FDAG4SAP5TYPT98WGR7N7W91 --severity sev2
  afterword held map rootly/7a3a6aa6-7e38-4b4c-9ad9-8a6ab0c4d1c2 --postmortem checkout-outage`;

export function addHeldCommands(program: Command, run: Run): void {
  const held = program.command('held').description('incidents of incident tools that wait for an operator').addHelpText('after', help);
  held
    .command('list')
    .description('which ones wait, since when and why')
    .action((_: object, command: Command) => run(command, listHeld));
  held
    .command('release')
    .description('say what the tool leaves open, so that it is told of')
    .argument('<id>', 'as the list shows it')
    .addOption(new Option('--severity <severity>', 'what its severity counts as').choices(severities))
    .option('--public', 'everybody in the organisation may see it')
    .action((id: string, said: { severity?: string; public?: true }, command: Command) =>
      run(command, (session) => press(session, id, 'release', said, 'It is told of from the next poll on, within the hour.')),
    );
  held
    .command('ignore')
    .description('tell nobody of it')
    .argument('<id>', 'as the list shows it')
    .requiredOption('--reason <text>', 'why, for the audit log; without an address')
    .action((id: string, said: { reason: string }, command: Command) =>
      run(command, (session) => press(session, id, 'ignore', said, 'Nobody is told of it.')),
    );
  held
    .command('map')
    .description('say that another postmortem tells of it')
    .argument('<id>', 'as the list shows it')
    .requiredOption('--postmortem <id>', 'the postmortem that tells of it')
    .action((id: string, said: { postmortem: string }, command: Command) =>
      run(command, (session) => press(session, id, 'map', said, 'Its own draft, if there is one, is taken back within the hour.')),
    );
}

async function listHeld({ api, terminal }: Session): Promise<ExitCode> {
  const held: ShownHeld[] = [];
  for await (const some of pages(api, 'operator/held', HeldAnswer, (page) => page.held)) held.push(...some);
  const rows = held.map(({ id, since, why, severity = '-', title, detail }) =>
    [id, since.slice(0, 10), why, severity, [title, detail].filter(Boolean).join('. ')].map(printableLine),
  );
  if (rows.length > 0) terminal.say(...columns(['INCIDENT', 'SINCE', 'WHY', 'SEVERITY THERE', 'WHAT IS KNOWN'], rows), '');
  terminal.say(rows.length === 0 ? 'No incident is held.' : `${counted(rows.length, 'incident')}.`);
  terminal.answer({ held });
  return exitCodes.ok;
}

async function press({ api, terminal }: Session, id: string, act: string, said: object, done: string): Promise<ExitCode> {
  const path = `operator/held/${id.split('/').map(encodeURIComponent).join('/')}/${act}`;
  const body = JSON.stringify(said);
  const { body: answer } = await api({ method: 'POST', path, body, type: 'application/json' }, HeldActAnswer);
  terminal.say(`${printableLine(answer.id)}: ${done}`);
  terminal.answer(answer);
  return exitCodes.ok;
}
