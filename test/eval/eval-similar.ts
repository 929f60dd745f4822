/**
 * Whether repeats are found and near misses are not, and whether it is true that a promise would
 * have caught the later incident: test/relevance/repeats.json. npm run eval:similar --
 * [--verbose] Rules and thresholds were chosen on the first ten pairs of each kind.
 */
import { parseArgs } from 'node:util';
import { type JudgedPair, judgedPairs } from './relevance/similar-pairs.ts';

const { values: options } = parseArgs({ options: { verbose: { type: 'boolean', default: false } } });
const { judged, unlabelled } = judgedPairs();
const tuned = judged.filter(({ isTuned }) => isTuned);
const rest = judged.filter(({ isTuned }) => !isTuned);
for (const [name, some] of [
  ['all pairs', judged],
  ['tuned on', tuned],
  ['the rest', rest],
] as const)
  print(name, some);
console.log(`\nfound beside the pairs, which nobody labelled: ${unlabelled}`);

function print(name: string, some: readonly JudgedPair[]): void {
  const share = (kind: string) => {
    const ofKind = some.filter(({ pair }) => pair.kind === kind);
    return `${ofKind.filter(({ isFound }) => isFound).length} of ${ofKind.length}`;
  };
  const found = some.filter(({ pair, isFound }) => pair.kind === 'repeat' && isFound);
  const due = found.filter(({ pair }) => pair.wouldHaveCaught !== null);
  const isNamed = ({ pair, unkept }: JudgedPair) => unkept.some((title) => title === pair.wouldHaveCaught);
  const said = some.flatMap(({ pair, caught }) => caught.map((title) => title === pair.wouldHaveCaught));
  console.log(`\n${name}`);
  console.log(`  repeats found                          ${share('repeat')}`);
  console.log(`  near misses found                      ${share('near miss')}`);
  console.log(`  the promise that counts is named       ${due.filter(isNamed).length} of ${due.length} found repeats that have one`);
  console.log(`  "would have caught it" said            ${said.length}, of them false ${said.filter((isTrue) => !isTrue).length}`);
}

if (options.verbose)
  for (const { pair, isFound, unkept, caught } of tuned)
    console.log(
      `${isFound ? 'found ' : '      '} ${pair.kind} ${pair.later} <- ${pair.earlier}: ${unkept.map((title) => (caught.includes(title) ? `[${title}]` : title)).join(' · ')}`,
    );
