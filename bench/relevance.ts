/**
 * To whom a postmortem matters, in a large company: what preparing catalogue and archive takes, one
 * postmortem, and one after another was published, in milliseconds of the processor. npm run
 * bench:relevance -- [teams=1000] [services=5000] [postmortems=5000] [measured=200]
 */
import { catalogOf, type Service } from '../core/catalog/catalog.ts';
import { relevantTeams } from '../core/relevance/relevant-teams.ts';
import { surroundingsOf } from '../core/relevance/surroundings.ts';
import { engineeringEntry, engineeringRendition } from '../core/rendition/engineering-rendition.ts';
import { taxonomyOf } from '../core/taxonomy/taxonomy-of.ts';
import { termsOf } from '../core/taxonomy/terms-of.ts';
import { aPostmortem } from '../test/support/postmortem.ts';
import { seededRandom } from '../test/support/seeded-random.ts';

const [teams = 1000, services = 5000, postmortems = 5000, measured = 200] = process.argv.slice(2).map(Number);
const random = seededRandom(19);
const below = (most: number) => Math.floor(random() * most);
/** Small numbers come more often than large ones, as words and technologies do. */
const common = (most: number) => Math.floor(most * random() ** 3);
const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

const terms = [...taxonomyOf({}).terms.values()];
const technologies = terms.filter(({ kind }) => kind === 'technology').map(({ label }) => label);
const modes = terms.filter(({ kind }) => kind === 'failure mode').map(({ label }) => label);
const letters = 'bcdfghklmnprstvw';
const word = (n: number) => [...String(n * 7919 + 17)].map((digit, i) => `${letters[Number(digit)]}${'aeiou'[(n + i) % 5]}`).join('');
const words = (count: number) => times(count, () => word(common(8000))).join(' ');
const technology = () => technologies[common(technologies.length)] ?? '';

const isResource = (n: number) => n % 3 === 2;
const refOf = (n: number) => `${isResource(n) ? 'resource' : 'component'}:default/thing-${n}`;
const catalog = catalogOf({
  services: times(
    services,
    (n): Service => ({
      ref: refOf(n),
      name: `thing-${n}`,
      aliases: [],
      team: `Team ${n % teams}`,
      kind: isResource(n) ? 'resource' : 'service',
      tech: times(3, technology),
      dependsOn: isResource(n) ? [] : times(5, () => refOf(common(services))),
      provides: [],
      consumes: [],
      about: words(25),
    }),
  ),
  teams: times(teams, (n) => ({ name: `Team ${n}` })),
});
const made = times(postmortems, (n) => {
  const owner = below(services);
  return aPostmortem({
    id: `pm-${n}`,
    title: `${modes[common(modes.length)]} ${words(4)}`,
    owningTeam: `Team ${owner % teams}`,
    services: [owner, below(services)].map((one) => `thing-${one}`),
    tags: [technology(), words(1)],
    summary: `${technology()}: ${words(40)}. It was ${modes[common(modes.length)]}. ${words(40)}.`,
    rootCauses: [`${technology()} had ${modes[common(modes.length)]}, ${words(30)}.`],
    sections: [{ heading: 'Details', body: words(600) }],
    actionItems: times(3, () => ({ title: words(6), owner: `Team ${below(teams)}` })),
    publishedAt: new Date(Date.UTC(2026, 10, 20) - n * 3_600_000).toISOString(),
  });
});
const renditions = made.slice(0, measured).map(engineeringRendition);
const entries = made.map((postmortem) => {
  const rendition = engineeringRendition(postmortem);
  const found = termsOf(rendition, taxonomyOf({})).map(({ id }) => id);
  return { ...engineeringEntry(rendition, 1, postmortem.publishedAt ?? ''), terms: found };
});
made.length = 0;

const heap = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};
const timed = <T>(work: () => T): { readonly value: T; readonly ms: number } => {
  const from = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(from);
  return { value, ms: (user + system) / 1000 };
};

const before = heap();
const around = timed(() => surroundingsOf({ entries, catalog, distribution: { teams: [] } }));
const results = renditions.map((postmortem) => timed(() => relevantTeams({ postmortem, ...around.value })));
const after = heap();
const published = timed(() =>
  relevantTeams({
    postmortem: renditions[0] ?? fail(),
    ...surroundingsOf({ entries: [...entries], catalog, distribution: { teams: [] } }),
  }),
);
const [first, ...rest] = results.map(({ ms }) => ms);
const sorted = rest.toSorted((a, b) => a - b);
const told = results.map(({ value }) => value.length);
console.table({
  'catalogue and archive made ready, ms': Math.round(around.ms),
  'the first postmortem, with both indexes, ms': Math.round(first ?? 0),
  'a further one: half of them within, ms': Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
  'a further one: 95 of 100 within, ms': Math.round(sorted[Math.floor(sorted.length * 0.95)] ?? 0),
  'one after the archive changed, ms': Math.round(published.ms),
  'teams told of one, mean': (told.reduce((a, b) => a + b, 0) / told.length).toFixed(1),
  'memory of what is kept, MB': Math.round(after - before),
  'heap with entries and catalogue, MB': Math.round(after),
  'resident at the most, MB': Math.round(process.resourceUsage().maxRSS / 1000),
});
function fail(): never {
  throw new Error('at least one postmortem is measured');
}
