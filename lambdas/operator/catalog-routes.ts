import { CatalogContent, catalogLimits, catalogOf } from '../../core/catalog/catalog.ts';
import type { CatalogAnswer, CatalogCheckAnswer, CatalogPutAnswer, ServiceAnswer } from '../../core/operator/catalog-api.ts';
import { checkCatalog } from '../../core/operator/check-catalog.ts';
import { type RunFacts, runsFrom, showService } from '../../core/operator/show-service.ts';
import { teamsOfPeople } from '../../core/operator/teams-of-people.ts';
import { weekMs } from '../../core/shared/duration.ts';
import { Refused } from '../../core/shared/errors.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { widestAudience } from '../../core/stream/audience.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import type { OperatorDeps } from './deps.ts';

const path = '/operator/catalog';

/** The service catalogue. */
export const catalogRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'PUT', path, scope: 'configure', answer: (call) => put(call, deps) },
  { method: 'GET', path, scope: 'read', answer: (call) => tell(call, deps) },
  { method: 'GET', path: `${path}/service`, scope: 'read', answer: (call) => show(call, deps) },
  { method: 'GET', path: `${path}/check`, scope: 'read', answer: () => check(deps) },
];

async function put({ event, query, caller }: Call, deps: OperatorDeps) {
  const readHash = query.get('readHash');
  if (readHash === null || readHash === '') {
    throw new Refused('content', [
      { field: 'readHash', problem: 'is missing', remedy: 'Give the hash that GET told, or none if there is no catalogue.' },
    ]);
  }
  const content = readJsonBody(event, CatalogContent, catalogLimits.bytes);
  refuseDoubled(content);
  const catalog = catalogOf(content);
  const counts = { services: catalog.services.length, teams: catalog.teams.length };
  const before = await deps.catalog.head();
  if (before?.hash === catalog.hash) {
    // An import that died after it was stored is finished by the same call.
    await leaveLineOfImport(deps);
    await relateAgain(deps);
    return jsonAnswer(200, { hash: catalog.hash, outcome: 'unchanged', ...counts } satisfies CatalogPutAnswer);
  }
  // What replaces an import takes its line with it.
  if (before) await leaveLineOfImport(deps);
  const facts = { hash: catalog.hash, ...counts, servicesBefore: before?.services ?? 0, teamsBefore: before?.teams ?? 0 };
  const line = { who: caller.id, facts: { by: caller.label, ...facts } };
  const outcome = await deps.catalog.put(catalog, { readHash: readHash === 'none' ? undefined : readHash, line });
  if (outcome === 'changed meanwhile') {
    throw new HttpProblem(409, { detail: 'Somebody imported another catalogue meanwhile, so this one was not stored. Import it again.' });
  }
  await leaveLineOfImport(deps);
  await relateAgain(deps);
  return jsonAnswer(200, { hash: catalog.hash, outcome, ...counts } satisfies CatalogPutAnswer);
}

/** Left again, it is the same line. */
async function leaveLineOfImport({ catalog, audit }: OperatorDeps): Promise<void> {
  const owed = await catalog.line();
  if (owed) await audit.record(owed.line, owed.id);
}

const weeksRelated = 5;
const mostRelated = 500;

/** To whom recent postmortems matter is found anew by the catalogue that counts now. */
async function relateAgain({ archive, relate, now }: OperatorDeps): Promise<void> {
  const since = toInstant(new Date(Date.parse(now()) - weeksRelated * weekMs));
  const { entries } = await archive(widestAudience, since, mostRelated);
  await relate(entries.flatMap((entry) => ('title' in entry && entry.publishedAt >= since ? [entry.id] : [])));
}

function refuseDoubled({ services }: CatalogContent): void {
  const seen = new Set<string>();
  for (const [n, { ref }] of services.entries()) {
    if (seen.has(ref)) {
      throw new Refused('content', [{ field: `services.${n}.ref`, problem: 'stands there twice', remedy: 'A ref names one service.' }]);
    }
    seen.add(ref);
  }
}

async function tell({ query }: Call, { catalog }: OperatorDeps) {
  const [head, stored] = await Promise.all([catalog.head(), query.get('content') === 'true' ? catalog.read() : undefined]);
  return jsonAnswer(200, {
    ...(head && { head }),
    ...(stored && { content: { services: stored.services, teams: stored.teams } }),
  } satisfies CatalogAnswer);
}

async function show({ query }: Call, deps: OperatorDeps) {
  const name = query.get('name')?.trim() ?? '';
  const shown = showService(name, await runFacts(deps));
  if ('service' in shown) return jsonAnswer(200, shown satisfies ServiceAnswer);
  const remedy = shown.meant === undefined ? 'Check its name, or add it to the catalogue and import that.' : `Is ${shown.meant} meant?`;
  throw new HttpProblem(404, { detail: `Neither the catalogue, nor the distribution file, nor the archive has such a service. ${remedy}` });
}

async function check(deps: OperatorDeps) {
  const [facts, head, people] = await Promise.all([runFacts(deps), deps.catalog.head(), teamsOfPeople(deps.peopleList)]);
  if (!head || !facts.catalog)
    throw new HttpProblem(404, { detail: 'There is no service catalogue yet. Import one: afterword catalog import PATHS' });
  return jsonAnswer(200, checkCatalog(facts.catalog, head, runsFrom(facts), people) satisfies CatalogCheckAnswer);
}

/** How much of the archive is asked who ran what, the latest first. */
const mostPostmortems = 5000;
const everything = '1970-01-01T00:00:00Z';

async function runFacts({ catalog, distribution, archive }: OperatorDeps) {
  const [stored, applied, { entries }] = await Promise.all([
    catalog.read(),
    distribution.read(),
    archive(widestAudience, everything, mostPostmortems),
  ]);
  return { catalog: stored, distribution: applied?.distribution ?? { teams: [] }, archive: entries } satisfies RunFacts;
}
