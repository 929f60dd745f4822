/**
 * How well the lint of external versions tells leaks from harmless texts, on labelled ones:
 * npm run eval:external -- [--verbose]. `--verbose`: what was found in each of the odd ones, which
 * rules may be built with. The even ones are for the verdict and are never shown.
 */
import { parseArgs } from 'node:util';
import { secretlintFinder } from '../../adapters/secretlint/find-secrets.ts';
import { type Judged, judge } from './external-score.ts';
import { contextsOfTexts, labelledTexts } from './external-texts.ts';

const { values: options } = parseArgs({ options: { verbose: { type: 'boolean', default: false } } });
const contexts = contextsOfTexts();
const secrets = secretlintFinder();
const judged: Judged[] = [];
for (const text of labelledTexts()) {
  const context = contexts.get(text.file);
  if (context === undefined) throw new Error(`${text.name}: no company is called ${text.file}`);
  judged.push(await judge(text, context, secrets));
}

const share = (some: readonly Judged[], all: readonly Judged[]) =>
  `${some.length} of ${all.length} (${((100 * some.length) / all.length).toFixed(1)} %)`;
const rates = (half: readonly Judged[]) => {
  const [leaks, harmless] = [half.filter(({ text }) => text.isLeak), half.filter(({ text }) => !text.isLeak)];
  const mustRefuse = leaks.filter(({ text }) => text.expect === 'refuse');
  const mustPass = harmless.filter(({ text }) => text.expect === 'pass');
  return {
    'leaks refused or to be looked at': share(
      leaks.filter(({ level }) => level !== 'pass'),
      leaks,
    ),
    'leaks to be refused: refused': share(
      mustRefuse.filter(({ level }) => level === 'refuse'),
      mustRefuse,
    ),
    'leaks to be refused: to be looked at only': share(
      mustRefuse.filter(({ level }) => level === 'look'),
      mustRefuse,
    ),
    'leaks missed': share(
      leaks.filter(({ level }) => level === 'pass'),
      leaks,
    ),
    'harmless refused': share(
      harmless.filter(({ level }) => level === 'refuse'),
      harmless,
    ),
    'harmless without a finding, of those that should have none': share(
      mustPass.filter(({ level }) => level === 'pass'),
      mustPass,
    ),
  };
};

const [odd, even] = [1, 0].map((rest) => judged.filter(({ text }) => text.index % 2 === rest));
const table = { 'odd, for building': rates(odd ?? []), 'even, for the verdict': rates(even ?? []), 'all 120': rates(judged) };
for (const row of Object.keys(rates(judged)))
  console.log(row.padEnd(62), ...Object.values(table).map((column) => String(column[row as keyof typeof column]).padStart(20)));
console.log(''.padEnd(62), ...Object.keys(table).map((name) => name.padStart(20)));

if (options.verbose) {
  for (const { text, remarks, level } of odd ?? []) {
    const isRight = text.isLeak ? level === text.expect : text.expect === 'pass' ? level === 'pass' : level !== 'refuse';
    console.log(
      `\n${isRight ? ' ' : '✗'} ${text.index} ${text.isLeak ? 'leak' : 'harmless'}, ${text.name}: expected ${text.expect}, was ${level}`,
    );
    for (const label of [...text.leaks, ...text.looks]) console.log(`     labelled: ${JSON.stringify(label).slice(0, 160)}`);
    for (const { level: of, rule, found } of remarks) console.log(`     ${of} ${rule}: ${JSON.stringify(found).slice(0, 160)}`);
  }
}
