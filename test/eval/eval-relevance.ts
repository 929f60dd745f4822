/**
 * How well postmortems find the teams to which they matter, measured on labels that were made
 * before there was a ranking (test/relevance). npm run eval:relevance -- [--half tune|report]
 * [--verbose] [--data <folder of Markdown files> --seed <number> --pairs <number>] `--half`:
 * `report` (the default) is for figures, `tune` for building. `--verbose`: each incident with its
 * teams and reasons, of `tune` alone. `--data`: real texts without labels instead: how many of
 * them matter to nobody, and some pairs to be judged by hand. A team counts as right with grade 1
 * or 2.
 */
import { parseArgs } from 'node:util';
import { teamKey } from '../../core/catalog/names.ts';
import { engineeringRendition } from '../../core/rendition/engineering-rendition.ts';
import { relevanceCatalog } from '../support/relevance-catalog.ts';
import { type LabelledIncident, labels, sampleIncidents, secondLabels, shortIncidents, type Told } from '../support/relevance-set.ts';
import { intervalOf, type Judged, kappaOf, type Measure, measures } from './relevance/measures.ts';
import { gradesOf, printReasons, rankings, type World } from './relevance/rankings.ts';
import { printRealTexts } from './relevance/real-texts.ts';

const { values: options } = parseArgs({
  options: {
    half: { type: 'string', default: 'report' },
    verbose: { type: 'boolean', default: false },
    data: { type: 'string' },
    seed: { type: 'string', default: '1' },
    pairs: { type: 'string', default: '20' },
  },
});
// Whoever builds sees nothing of the other half, not even as an earlier postmortem.
const half = options.data === undefined ? options.half : 'tune';
if (half !== 'tune' && half !== 'report') throw new Error('--half is tune or report');
if (options.verbose && half === 'report') throw new Error('--verbose reads the half "tune" alone: nobody tunes on the other one');

const all = [...sampleIncidents(), ...shortIncidents()];
const catalog = relevanceCatalog();
const ofHalf = labels().filter((label) => label.half === half);
const told = ofHalf.map(({ incident }) => all.find(({ postmortem }) => postmortem.id === incident) ?? missing(incident));
const world: World = { catalog, archive: half === 'tune' ? told : all };

/** What the second labeller had read tells something of the first labels of these. */
const toldBefore = new Set([
  'a-zone-that-could-not-be-unsigned',
  'all-cards-full',
  'the-building-without-power',
  'a-little-less-room-for-names',
  'fifteen-seconds-behind-a-report',
  'two-billion-and-one',
]);

if (options.data === undefined) evaluate(told, ofHalf);
else printRealTexts(world, { folder: options.data, seed: Number(options.seed), pairs: Number(options.pairs) });

function missing(incident: string): never {
  throw new Error(`there is no incident or label ${incident}`);
}

function evaluate(incidents: readonly Told[], labelled: readonly LabelledIncident[]): void {
  const judge = (name: string, by: readonly LabelledIncident[] = labelled) => {
    const ranking = rankings(world)[name];
    return by.map((label): Judged => {
      const { postmortem } = incidents.find((one) => one.postmortem.id === label.incident) ?? missing(label.incident);
      return { teams: ranking?.(engineeringRendition(postmortem)).teams ?? [], grades: gradesOf(label) };
    });
  };
  const withLabel = labelled.filter(({ teams }) => teams.length > 0).length;
  console.log(`half "${half}": ${labelled.length} incidents, ${withLabel} with a label; 95 % of 10,000 draws in brackets`);
  console.log(`best possible P@3: ${number(measures['P@3'](labelled.map(perfect)))}\n`);
  const ours = judge('ours');
  for (const name of Object.keys(rankings(world))) {
    const results = judge(name);
    console.log(name);
    for (const measure of Object.keys(measures) as Measure[]) {
      const difference = name === 'ours' ? '' : `   ours is better by ${range(intervalOf(measure, ours, results))}`;
      console.log(`  ${measure.padEnd(26)} ${number(measures[measure](results))} ${range(intervalOf(measure, results))}${difference}`);
    }
  }
  printKappa();
  const again = secondLabels().filter(({ incident }) => incidents.some(({ postmortem }) => postmortem.id === incident));
  const bySecond = measures['shown: precision'](judge('ours', again));
  console.log(`ours by the second labels, ${again.length} of this half: shown precision ${number(bySecond)}`);
  if (options.verbose) printReasons(world, incidents, labelled);
}

function number(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(2);
}
function range({ from, to }: { readonly from: number; readonly to: number }): string {
  return `[${number(from)}, ${number(to)}]`;
}
function perfect(label: LabelledIncident): Judged {
  const grades = gradesOf(label);
  return { grades, teams: [...grades.keys()].map((team) => ({ team, shown: true })) };
}

/** How far two people agree, over each incident and each team that does not own it. */
function printKappa(): void {
  const teams = [...new Set(catalog.services.flatMap(({ team }) => team ?? []))];
  const first = new Map(labels().map((label) => [label.incident, label]));
  const owner = new Map(all.map(({ postmortem }) => [postmortem.id, teamKey(postmortem.owningTeam ?? '')]));
  const print = (name: string, second: readonly LabelledIncident[]) => {
    const pairs = second.flatMap((label) => {
      const [a, b] = [gradesOf(first.get(label.incident) ?? missing(label.incident)), gradesOf(label)];
      return teams.filter((team) => team !== owner.get(label.incident)).map((team) => [a.get(team) ?? 0, b.get(team) ?? 0] as const);
    });
    const listed = pairs.map(([a, b]) => [Math.sign(a), Math.sign(b)] as const);
    const kappa = `${number(kappaOf(listed))} listed or not, ${number(kappaOf(pairs))} with grades`;
    console.log(`${name}: ${second.length} incidents, ${pairs.length} judgements, kappa ${kappa}`);
  };
  console.log('');
  print('second labeller', secondLabels());
  print(
    'without the six',
    secondLabels().filter(({ incident }) => !toldBefore.has(incident)),
  );
}
