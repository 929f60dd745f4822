import { type Command, Option } from 'commander';
import { isUnreadable } from '../../../core/connector/held-words.ts';
import { sources } from '../../../core/connector/source.ts';
import { HeldActAnswer, HeldAnswer, type ShownHeld, ShownInbound } from '../../../core/operator/held-api.ts';
import { severities } from '../../../core/postmortem/postmortem.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsedWrongly } from '../failure.ts';
import { pages } from '../pages.ts';
import { columns, counted, printableLine, toTheMinute } from '../printable.ts';
import type { Run, Session } from '../session.ts';

const help = `
An incident tool told of these, and they wait for an operator: why stands beside each. What you say counts at once: the tool is asked, and
if it does not answer, again within the hour. The other commands take any incident that a tool told of, also one that was declared or
published: by its id in the list, or by that of its postmortem. undo takes back all that operators said of one. The acts need a key with
the scope configure. See docs/connectors/README.md.

Examples:
  afterword held list
  afterword held show incident-io/01FDAG4SAP5TYPT98WGR7N7W91
  afterword held release incident-io/01FDAG4SAP5TYPT98WGR7N7W91 --severity sev2
  afterword held undo incident-io/01FDAG4SAP5TYPT98WGR7N7W91
  afterword held map rootly-7a3a6aa6-7e38-4b4c-9ad9-8a6ab0c4d1c2 --postmortem checkout-outage`;

const anId = 'as the list shows it, or the id of its postmortem';

export function addHeldCommands(program: Command, run: Run): void {
  const held = program.command('held').description('incidents of incident tools that wait for an operator').addHelpText('after', help);
  held
    .command('list')
    .description('which ones wait, since when and why')
    .action((_: object, command: Command) => run(command, listHeld));
  held
    .command('show')
    .description('all that is known of one, what is missing, and what each command would do')
    .argument('<id>', anId)
    .action((id: string, _: object, command: Command) => run(command, (session) => showHeld(session, id)));
  held
    .command('release')
    .description('say what the tool leaves open, so that it is told of')
    .argument('<id>', anId)
    .addOption(new Option('--severity <severity>', 'what its severity counts as').choices(severities))
    .option('--public', 'everybody in the organisation may see it')
    .action((id: string, said: { severity?: string; public?: true }, command: Command) =>
      run(command, (session) => release(session, id, said)),
    );
  held
    .command('ignore')
    .description('tell nobody of it')
    .argument('<id>', anId)
    .requiredOption('--reason <text>', 'why, for the audit log; without an address')
    .action((id: string, said: { reason: string }, command: Command) => run(command, (session) => press(session, id, 'ignore', said)));
  held
    .command('map')
    .description('say that another postmortem tells of it')
    .argument('<id>', anId)
    .requiredOption('--postmortem <id>', 'the postmortem that tells of it')
    .option('--yes', 'skip the confirmation, which is asked for where people know its own postmortem')
    .action((id: string, said: { postmortem: string; yes?: true }, command: Command) => run(command, (session) => map(session, id, said)));
  held
    .command('undo')
    .description('take back what operators said of it: release, map and ignore')
    .argument('<id>', anId)
    .action((id: string, _: object, command: Command) => run(command, (session) => press(session, id, 'undo', {})));
}

async function listHeld({ api, terminal }: Session): Promise<ExitCode> {
  const held: ShownHeld[] = [];
  for await (const some of pages(api, 'operator/held', HeldAnswer, (page) => page.held)) held.push(...some);
  const rows = held.map(({ id, since, why, severity = '-', title, detail }) =>
    [id, since.slice(0, 10), why, severity, [title, detail].filter(Boolean).join('. ')].map(printableLine),
  );
  if (rows.length > 0) terminal.say(...columns(['INCIDENT', 'SINCE', 'WHY', 'SEVERITY THERE', 'WHAT IS KNOWN'], rows), '');
  terminal.say(countOf(held), notHeld);
  terminal.answer({ held });
  return exitCodes.ok;
}

const notHeld =
  'What was mapped, ignored or released is in: afterword audit. What a tool declared is in: afterword postmortems list --status draft';

/** What could not be read is no incident. It is one row for each tool, reason and day. */
function countOf(held: readonly ShownHeld[]): string {
  const unread = held.filter(({ id }) => isUnread(id)).length;
  const incidents = held.length === unread ? 'No incident is held.' : `${counted(held.length - unread, 'incident')}.`;
  return unread === 0 ? incidents : `${incidents} ${counted(unread, 'row')} of events that could not be read.`;
}

/** The id as the list shows it: the tool, a slash, its own id. Or the id of the postmortem. */
function pathOf(id: string): string {
  const source = sources.find((one) => id.startsWith(`${one}-`));
  const [tool = '', ...rest] = source ? [source, id.slice(source.length + 1)] : id.split('/');
  const ref = rest.join('/');
  if (tool === '' || ref === '')
    throw new UsedWrongly(
      `${printableLine(id)} is no id of an incident: it is written like rootly/7a3a6aa6 or rootly-7a3a6aa6. List them with: afterword held list`,
    );
  return `operator/held/${encodeURIComponent(tool)}/${encodeURIComponent(ref)}`;
}

async function showHeld({ api, terminal }: Session, id: string): Promise<ExitCode> {
  const { body } = await api({ method: 'GET', path: pathOf(id) }, ShownInbound);
  terminal.say(...inboundLines(body));
  terminal.answer(body);
  return exitCodes.ok;
}

function inboundLines({ id, state, since, why, detail, postmortem, facts, missing, follows = [], acts }: ShownInbound): string[] {
  const rows = facts.map(({ name, value = keptBack, at, seen }) =>
    [name, value, `${toTheMinute(at)} UTC`, sourceOf[seen] ?? seen].map(printableLine),
  );
  const indented = (text: string) => `  ${printableLine(text)}`;
  return [
    printableLine(
      `${id} is ${state}${since === undefined ? '' : ` since ${toTheMinute(since)} UTC`}${why === undefined ? '' : `: ${why}`}.`,
    ),
    ...(detail === undefined ? [] : [printableLine(detail)]),
    ...(isUnread(id) ? [] : [`Its postmortem is ${printableLine(postmortem)}.`]),
    '',
    ...(rows.length === 0
      ? [isUnread(id) ? 'It is no incident: an event that could not be read.' : 'Nothing is known of it.']
      : columns(['FACT', 'VALUE', 'AT', 'SAID BY'], rows)),
    ...(missing.length === 0 ? [] : ['', 'Missing before everybody is told:', ...missing.map(indented)]),
    ...(follows.length === 0 ? [] : ['', 'What follows by itself:', ...follows.map(indented)]),
    ...(acts.length === 0 ? [] : ['', 'What you can do, and what comes of it:']),
    ...acts.flatMap(({ command, does }) => [indented(command), `  ${indented(does)}`]),
  ];
}

const linkAgain =
  'If another postmortem links to the page of this incident, that joins them again. To keep them apart, take the link out there.';
const askedNow = 'Its tool is asked at once, and then';
const askedLater = 'From the next poll on, within the hour,';
const keptBack = '(kept back: nobody knows that it is public)';
const sourceOf: Readonly<Record<string, string>> = {
  event: 'an event',
  api: 'the API',
  operator: 'an operator',
  file: 'keySees in the file',
};
const isUnread = (id: string) => isUnreadable({ ref: id.slice(id.indexOf('/') + 1) });

async function release(session: Session, id: string, said: { readonly severity?: string; readonly public?: true }): Promise<ExitCode> {
  if (said.severity === undefined && said.public === undefined)
    throw new UsedWrongly(
      `Say what the tool leaves open: --severity ${severities.join('|')}, --public, or both. What is missing: afterword held show ${printableLine(id)}`,
    );
  return press(session, id, 'release', said);
}

/** Asks first where people know its own postmortem: readers of an alert are mailed. */
async function map(
  session: Session,
  id: string,
  { postmortem, yes }: { readonly postmortem: string; readonly yes?: true },
): Promise<ExitCode> {
  const { body: shown } = yes ? { body: undefined } : await session.api({ method: 'GET', path: pathOf(id) }, ShownInbound);
  if (shown?.told) {
    const follows = `People know ${printableLine(shown.postmortem)}. It is taken back, readers of an alert about it are mailed so, and ${printableLine(postmortem)} tells of the incident.`;
    if (!(await isConfirmed(session.terminal, `${follows} Map it?`, `Nothing was changed. ${follows} Add --yes to confirm.`))) {
      session.terminal.say('Nothing was changed.');
      return exitCodes.ok;
    }
  }
  return press(session, id, 'map', { postmortem });
}

async function press({ api, terminal }: Session, id: string, act: string, said: object): Promise<ExitCode> {
  const path = `${pathOf(id)}/${act}`;
  const body = JSON.stringify(said);
  const { body: answer } = await api({ method: 'POST', path, body, type: 'application/json' }, HeldActAnswer);
  if (answer.unchanged) terminal.say('Nothing was changed: an operator said so before.');
  if (answer.undone)
    terminal.say(
      answer.undone.length > 0 ? `Taken back: ${answer.undone.join(', ')}.` : 'Nothing to take back: no operator said anything of it.',
    );
  terminal.say(
    printableLine(
      `${answer.id} is ${answer.state} now${answer.does === undefined ? '' : `. ${answer.asked ? askedNow : askedLater} ${answer.does}`}.`,
    ),
  );
  if (answer.undone?.includes('map')) terminal.say(linkAgain);
  terminal.answer(answer);
  return exitCodes.ok;
}
