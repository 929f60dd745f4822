import { type CatalogCheckAnswer, CatalogCheckAnswer as CheckAnswer, ServiceAnswer } from '../../../core/operator/catalog-api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { counted, printableLine, toTheMinute } from '../printable.ts';
import type { Session } from '../session.ts';

export const showHelp = `
SERVICE is a name, an alias or a reference such as component:default/payments. It says which team runs it and whence that is known: the
distribution file wins, then the catalogue, then the archive, where a team that owned two postmortems about a service runs it.
The key needs the scope read.

Example:
  afterword catalog show payments`;

export const checkHelp = `
Looks at the stored catalogue: services that nobody runs, teams that nobody is in, references that lead nowhere, circles, and services of
which the distribution file names another team. It ends with 1 if there are services without a team or teams without people.
The key needs the scope read.`;

const words: Readonly<Record<string, string>> = {
  'distribution file': 'as the distribution file says',
  catalogue: 'as the catalogue says',
  archive: 'because it owned most postmortems about it',
};

export async function showService({ api, terminal }: Session, name: string): Promise<ExitCode> {
  const { body } = await api({ method: 'GET', path: `operator/catalog/service?name=${encodeURIComponent(name)}` }, ServiceAnswer);
  const { service, isInCatalogue, runner, otherwise, edges } = body;
  const line = (what: string, value: string | undefined) => (value ? [`${what}: ${printableLine(value)}`] : []);
  const known = runner && `Run by ${printableLine(runner.name)}, ${words[runner.source] ?? printableLine(runner.source)}`;
  terminal.say(
    terminal.colours.bold(printableLine(service.name)) +
      (isInCatalogue ? `  ${printableLine(`${service.kind}, ${service.ref}`)}` : '  not in the catalogue'),
    `${known ?? 'Nobody says who runs it'}${otherwise === undefined ? '' : `; the catalogue says ${printableLine(otherwise)}`}.`,
    ...line('Also called', service.aliases.join(', ')),
    ...line('Technologies', service.tech.join(', ')),
    ...line('System', service.system),
    ...line('Lifecycle', service.lifecycle),
    ...line('About', service.about),
  );
  for (const [direction, heading] of [
    ['uses', 'Uses'],
    ['used by', 'Is used by'],
  ]) {
    const own = edges.filter((edge) => edge.direction === direction);
    if (own.length === 0) continue;
    const shown = own.map(({ path, team, kind }) => {
      const about = [kind === undefined ? 'not in the catalogue' : kind, team].filter((one) => one !== undefined).join(', ');
      return `  ${path.slice(1).map(printableLine).join(' > ')}  (${printableLine(about)})`;
    });
    terminal.say(`${heading}:`, ...shown);
  }
  terminal.answer(body);
  return exitCodes.ok;
}

const shownAtMost = 20;

export async function checkCatalog({ api, terminal }: Session): Promise<ExitCode> {
  const { body } = await api({ method: 'GET', path: 'operator/catalog/check' }, CheckAnswer);
  const { head, counts } = body;
  terminal.say(`${counted(head.services, 'service')} and ${counted(head.teams, 'team')}, imported ${toTheMinute(head.at)} UTC`);
  for (const { heading, count, lines } of partsOf(body)) {
    if (count === 0) continue;
    const more = count - Math.min(lines.length, shownAtMost);
    terminal.say(
      terminal.colours.bold(heading(count)),
      ...lines.slice(0, shownAtMost).map((text) => `  ${printableLine(text)}`),
      ...(more > 0 ? [`  and ${more} more`] : []),
    );
  }
  if (!body.sawEverybody) terminal.say('Not looked at: teams without people, because there are more people than were read.');
  if (Object.values(counts).every((count) => count === 0)) terminal.say('Nothing is amiss.');
  terminal.answer(body);
  return counts.withoutTeam + counts.dissolved > 0 ? exitCodes.refused : exitCodes.ok;
}

const partsOf = ({ counts, withoutTeam, dissolved, cycles, unresolved, differences }: CatalogCheckAnswer) => [
  {
    heading: (n: number) =>
      `${counted(n, 'service')} that nobody runs. Name an owner in the catalogue, or the team in the distribution file:`,
    count: counts.withoutTeam,
    lines: withoutTeam,
  },
  {
    heading: (n: number) => `${counted(n, 'team')} that nobody on the list of people is in. Correct the owner, or the team of its people:`,
    count: counts.dissolved,
    lines: dissolved.map(
      ({ team, services, partOf }) => `${team}: ${counted(services, 'service')}${partOf === undefined ? '' : `, part of ${partOf}`}`,
    ),
  },
  {
    heading: (n: number) => `${counted(n, 'reference')} to what the catalogue does not have:`,
    count: counts.unresolved,
    lines: unresolved.map(({ service, reference }) => `${service}: ${reference}`),
  },
  {
    heading: (n: number) => `${counted(n, 'circle')} of services that depend on each other, which is allowed:`,
    count: counts.cycles,
    lines: cycles.map((refs) => refs.join(', ')),
  },
  {
    heading: (n: number) => `${counted(n, 'service')} of which the distribution file names another team. The file counts:`,
    count: counts.differences,
    lines: differences.map(({ service, file, catalogue }) => `${service}: ${file}, and ${catalogue} in the catalogue`),
  },
];
