/**
 * How well postmortems find the teams to which they matter, measured on labels that were made
 * before there was a ranking (test/relevance). npm run eval:relevance -- [--half tune|report]
 * [--verbose] `--half`: `report` (the default) is for figures, `tune` for building. `--verbose`:
 * each incident with its teams and reasons, of `tune` alone. A team counts as right with grade 1
 * or 2.
 */
import { parseArgs } from 'node:util';
import { teamKey } from '../../core/catalog/names.ts';
import { engineeringRendition } from '../../core/rendition/engineering-rendition.ts';
import { relevanceCatalog } from '../support/relevance-catalog.ts';
import { type LabelledIncident, labels, sampleIncidents, secondLabels, shortIncidents } from '../support/relevance-set.ts';
import { intervalOf, type Judged, kappaOf, type Measure, measures } from './relevance/measures.ts';
import { gradesOf, printReasons, rankings } from './relevance/rankings.ts';

const { values: options } = parseArgs({
  options: { half: { type: 'string', default: 'report' }, verbose: { type: 'boolean', default: false } },
});
const half = options.half;
if (half !== 'tune' && half !== 'report') throw new Error('--half is tune or report');
if (options.verbose && half === 'report') throw new Error('--verbose reads the half "tune" alone: nobody tunes on the other one');

const all = [...sampleIncidents(), ...shortIncidents()];
const catalog = relevanceCatalog();
const ofHalf = labels().filter((label) => label.half === half);
const told = ofHalf.map(({ incident }) => {
  const found = all.find(({ postmortem }) => postmortem.id === incident);
  if (!found) throw new Error(`there is no incident ${incident}`);
  return found;
});
// Whoever tunes sees nothing of the other half, not even as an earlier postmortem.
const world = { catalog, archive: half === 'tune' ? told : all };

const judged: Readonly<Record<string, Judged[]>> = Object.fromEntries(
  Object.entries(rankings(world)).map(([name, ranking]) => [
    name,
    told.map(({ postmortem }, i) => ({ ...ranking(engineeringRendition(postmortem)), grades: gradesOf(ofHalf[i] ?? fail()) })),
  ]),
);
function fail(): never {
  throw new Error('an incident has no label');
}

const { ours = [] } = judged;
const withLabel = ofHalf.filter(({ teams }) => teams.length > 0).length;
console.log(`half "${half}": ${ofHalf.length} incidents, ${withLabel} with a label; 95 % of 10,000 draws in brackets\n`);
const number = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(2));
const shown = ({ from, to }: { from: number; to: number }) => `[${number(from)}, ${number(to)}]`;
const names = Object.keys(measures) as Measure[];
console.log(`${'best possible P@3'.padEnd(26)} ${number(measures['P@3'](ofHalf.map((label) => perfect(label))))}\n`);
for (const [name, results] of Object.entries(judged)) {
  console.log(name);
  for (const measure of names) {
    const difference = name === 'ours' ? '' : `   ours is better by ${shown(intervalOf(measure, ours, results))}`;
    console.log(`  ${measure.padEnd(26)} ${number(measures[measure](results))} ${shown(intervalOf(measure, results))}${difference}`);
  }
}
printKappa();
if (options.verbose) printReasons(world, told, ofHalf);

function perfect(label: LabelledIncident): Judged {
  const grades = gradesOf(label);
  return { grades, teams: [...grades.keys()].map((team) => ({ team, shown: true })) };
}

function printKappa(): void {
  const second = secondLabels();
  const teams = [...new Set(catalog.services.flatMap(({ team }) => team ?? []))];
  const first = new Map(labels().map((label) => [label.incident, label]));
  const owner = new Map(all.map(({ postmortem }) => [postmortem.id, postmortem.owningTeam]));
  const pairs = second.flatMap((label) => {
    const [a, b] = [first.get(label.incident) ?? fail(), label].map(gradesOf);
    return teams
      .filter((team) => team !== teamKey(owner.get(label.incident) ?? ''))
      .map((team) => [a?.get(team) ?? 0, b?.get(team) ?? 0] as const);
  });
  const listed = pairs.map(([a, b]) => [Math.sign(a), Math.sign(b)] as const);
  console.log(
    `\nsecond labeller: ${pairs.length} judgements, kappa ${number(kappaOf(listed))} listed or not, ${number(kappaOf(pairs))} with grades`,
  );
}
