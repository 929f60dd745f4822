/**
 * What the taxonomy finds in real postmortems without labels. npm run eval:taxonomy -- --data
 * <folder of Markdown files> [--sample 60] [--seed 1]. `--sample`: so many found terms at random,
 * each with its surroundings, to be read by hand.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { partMarkdown } from '../../core/postmortem/reading/front-matter.ts';
import { taxonomyOf } from '../../core/taxonomy/taxonomy-of.ts';
import { type FoundTerm, type RenditionLike, termsOf } from '../../core/taxonomy/terms-of.ts';

const { values: options } = parseArgs({
  options: { data: { type: 'string' }, sample: { type: 'string', default: '0' }, seed: { type: 'string', default: '1' } },
});
if (options.data === undefined) throw new Error('Name the folder: npm run eval:taxonomy -- --data <folder>');
const folder = options.data;
const taxonomy = taxonomyOf({});

/** Their title and their text. Keywords and summaries of front matter are not the author's. */
function readText(file: string): RenditionLike {
  const text = readFileSync(join(folder, file), 'utf8');
  const { frontMatter, body } = partMarkdown(text);
  const title = frontMatter && 'title' in frontMatter ? String(frontMatter.title) : '';
  return { title, tags: [], services: [], timeline: [], sections: [{ heading: '', body }] };
}

const texts = readdirSync(folder)
  .filter((file) => file.endsWith('.md'))
  .map(readText);
for (const text of texts) termsOf(text, taxonomy);
const before = process.cpuUsage();
const found = texts.map((text) => ({ text, terms: termsOf(text, taxonomy) }));
const { user, system } = process.cpuUsage(before);

const plain = new Set(['bad-deploy', 'overload', 'wrong-configuration']);
const modesOf = (terms: readonly FoundTerm[]) => terms.filter(({ kind }) => kind === 'failure mode');
const share = (fits: (terms: readonly FoundTerm[]) => boolean) => {
  const count = found.filter(({ terms }) => fits(terms)).length;
  return `${count} (${Math.round((100 * count) / found.length)} %)`;
};
console.log(`${found.length} postmortems`);
console.log(`say no failure mode: ${share((terms) => modesOf(terms).length === 0)}`);
console.log(`none beside deploy, overload and configuration: ${share((terms) => modesOf(terms).every(({ id }) => plain.has(id)))}`);
console.log(`name a technology: ${share((terms) => terms.some(({ kind }) => kind === 'technology'))}`);
console.log(
  `terms found: ${found.flatMap(({ terms }) => terms).length}, of them failure modes: ${found.flatMap(({ terms }) => modesOf(terms)).length}`,
);
console.log(`processor for each: ${((user + system) / 1000 / found.length).toFixed(2)} ms`);

let state = Number(options.seed);
const random = (): number => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return state / 2_147_483_648;
};
const pool = found.flatMap(({ text, terms }) => terms.map((term) => ({ term, text })));
for (let left = Math.min(Number(options.sample), pool.length); left > 0; left -= 1) {
  const [one] = pool.splice(Math.floor(random() * pool.length), 1);
  if (!one) break;
  const whole = `${one.text.title} — ${one.text.sections[0]?.body ?? ''}`.replace(/[*`_]+/g, '').replace(/\s+/g, ' ');
  const at = Math.max(0, whole.indexOf(one.term.said));
  console.log(
    `\n${one.term.id}: …${whole.slice(Math.max(0, at - 120), at)}>>${one.term.said}<<${whole.slice(at + one.term.said.length).slice(0, 80)}`,
  );
}
