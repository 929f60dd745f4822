import { toldByTool } from '../../core/connector/told-by-tool.ts';
import { answerOf, withGarbled } from '../../core/intake/answer-of.ts';
import { givenBy } from '../../core/intake/given-by.ts';
import { publicationAsked } from '../../core/intake/publication-asked.ts';
import { RevisedMeanwhile, TooManyWriters, takePostmortem } from '../../core/intake/take-postmortem.ts';
import { wouldTell } from '../../core/intake/would-tell.ts';
import { isTellable, PostmortemId, Status, statuses, withoutAssignees } from '../../core/postmortem/postmortem.ts';
import { withoutEmbeddedPictures } from '../../core/postmortem/reading/embedded-pictures.ts';
import { readDocument } from '../../core/postmortem/reading/read-document.ts';
import { longestDocument } from '../../core/postmortem/reading/sent-document.ts';
import type { ListedPostmortem, StoredPostmortem } from '../../core/postmortem/stored-postmortem.ts';
import { dayMs } from '../../core/shared/duration.ts';
import { Refused } from '../../core/shared/errors.ts';
import { folded } from '../../core/shared/text.ts';
import { wouldPost } from '../../core/slack/would-post.ts';
import { type HttpAnswer, jsonAnswer } from '../shared/http-answer.ts';
import { readTextBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { filtersIn, isPlaceInTime, listQuery, readAll } from '../shared/list-query.ts';
import { HttpProblem, problem } from '../shared/problem.ts';
import type { IntakeDeps } from './deps.ts';
import { holdRoutes, labelsInForce, noSuchPostmortem } from './hold-routes.ts';
import { notTakenBack, payNow } from './pay-now.ts';
import { relevanceRoute } from './relevance-route.ts';
import { similarRoute } from './similar-route.ts';

const limits = {
  types: ['application/json', 'text/markdown', 'text/x-markdown'],
  maxBytes: longestDocument,
  shorten: withoutEmbeddedPictures,
  whenLarge: 'Split it, or take out pictures and logs and link to them.',
} as const;

/** The routes for producers. See docs/publishing.md. */
export const intakeRoutes = (deps: IntakeDeps): Route[] => [
  { method: 'PUT', path: '/postmortems/{id}', scope: 'publish', answer: (call) => take(call, deps) },
  { method: 'POST', path: '/postmortems', scope: 'publish', answer: (call) => take(call, deps) },
  { method: 'GET', path: '/postmortems/{id}', scope: 'read', answer: (call) => readOne(call, deps) },
  { method: 'GET', path: '/postmortems', scope: 'read', answer: (call) => list(call, deps) },
  relevanceRoute(deps),
  similarRoute(deps),
  ...holdRoutes(deps),
];

/**
 * Answers when several producers changed the same postmortem at once, or one changed it since it
 * was shown.
 */
export function answerToManyWriters(error: unknown): HttpAnswer | undefined {
  if (error instanceof TooManyWriters)
    return problem(409, 'Conflict', { detail: 'Others were changing the same postmortem. Nothing was stored. Send it again.' });
  if (error instanceof RevisedMeanwhile)
    return problem(409, 'Conflict', {
      detail:
        'The revision that is stored is not the one that replaces names. Nothing was stored. Read what is stored now, then send yours with that revision.',
    });
  return undefined;
}

async function take({ event, params, query, caller }: Call, deps: IntakeDeps): Promise<HttpAnswer> {
  const { type, text } = readTextBody(event, limits);
  const distribution = await deps.distribution();
  const given = givenBy(distribution, deps.now(), params.id);
  const { asked, isCheck, replaces } = readAll({
    asked: () => publicationAsked(query, given),
    isCheck: () => flagIn(query, 'check'),
    replaces: () => numberIn(query, 'replaces'),
  });
  const source = { type: type === 'application/json' ? type : 'text/markdown', text } as const;
  const read = readDocument(source, given);
  const taken = await takePostmortem(read, {
    ...deps,
    distribution,
    by: caller.id,
    asked,
    source,
    isCheck,
    replaces,
  });
  const told = await toldByTool(taken.stored, { ...deps, readCurrent: deps.postmortems.readCurrent });
  const warned = told === undefined ? taken : { ...taken, warnings: [told, ...taken.warnings] };
  const answer = {
    ...answerOf(withGarbled(warned, text)),
    tells: [...wouldTell(taken.stored, distribution, given.now), ...wouldPost(taken.stored, distribution)],
  };
  if (isCheck) return jsonAnswer(200, answer);
  const isPaid = await payNow(taken.stored, deps);
  const { postmortem } = taken.stored;
  const more = isTellable(postmortem) && taken.outcome !== 'unchanged' ? { relevance: `/postmortems/${postmortem.id}/relevance` } : {};
  if (!isPaid && takesBack(taken.stored)) throw new HttpProblem(503, notTakenBack);
  return jsonAnswer(taken.outcome === 'new' ? 201 : 200, { ...answer, ...more }, { location: `/postmortems/${postmortem.id}` });
}

/** Reads a flag of the address. Throws `Refused` for anything but true and false. */
function flagIn(query: URLSearchParams, name: string): boolean {
  const value = query.get(name) ?? 'false';
  if (value !== 'true' && value !== 'false')
    throw new Refused('content', [{ field: name, problem: 'is neither true nor false', remedy: `For example ${name}=true.` }]);
  return value === 'true';
}

/** Reads a number of the address. Throws `Refused` for anything but a whole one. */
function numberIn(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value !== null && !/^\d{1,9}$/.test(value))
    throw new Refused('content', [{ field: name, problem: 'is not the number of a revision', remedy: `For example ${name}=0.` }]);
  return value === null ? undefined : Number(value);
}

/** Whether it may be shown no longer. */
const takesBack = ({ postmortem, revision }: StoredPostmortem): boolean => revision > 1 && !isTellable(postmortem);

async function readOne({ params }: Call, deps: IntakeDeps): Promise<HttpAnswer> {
  const id = PostmortemId.safeParse(params.id);
  const stored = id.success ? await deps.postmortems.readCurrent(id.data) : undefined;
  if (!stored) throw noSuchPostmortem();
  const { postmortem, revision, updatedAt, editions, namedIn, held } = stored;
  const severityLabel = (await labelsInForce(deps))[postmortem.severity];
  return jsonAnswer(200, {
    ...withoutAssignees(postmortem),
    severityLabel,
    revision,
    updatedAt,
    editions,
    ...(namedIn.length > 0 && { namedIn }),
    ...(held && { held }),
  });
}

const usualDays = 31;
const longestDays = 5 * 366;

async function list({ query }: Call, deps: IntakeDeps): Promise<HttpAnswer> {
  const now = deps.now();
  const { since, place, wanted } = readAll({
    since: () => sinceIn(query, now),
    place: () => listQuery(query, isPlaceInTime),
    wanted: () => wantedIn(query),
  });
  const [page, labels] = [await deps.list(since, now, place.limit, place.cursor), await labelsInForce(deps)];
  const postmortems = page.postmortems.filter(wanted).map((one) => ({ ...one, severityLabel: labels[one.severity] }));
  return jsonAnswer(200, { ...page, postmortems });
}

function sinceIn(query: URLSearchParams, now: Date): Date {
  const asked = query.get('since');
  const since = asked === null ? new Date(now.getTime() - usualDays * dayMs) : new Date(asked);
  if (since.getTime() >= now.getTime() - longestDays * dayMs) return since;
  throw new Refused('content', [
    { field: 'since', problem: 'is not an instant within the last five years', remedy: 'For example since=2026-11-01T00:00:00Z.' },
  ]);
}

/** An empty value excludes none. Throws `Refused` for a status or a flag that is none. */
function wantedIn(query: URLSearchParams): (postmortem: ListedPostmortem) => boolean {
  const { status, restricted } = readAll({
    status: () => filtersIn(query)('status', Status, 'is no status', `Use one of ${statuses.join(', ')}.`),
    restricted: () => (query.get('restricted') ? flagIn(query, 'restricted') : undefined),
  });
  const words = folded(query.get('text') ?? '')
    .split(/\s+/)
    .filter(Boolean);
  return (one) => {
    if (status !== undefined && one.status !== status) return false;
    if (restricted !== undefined && one.restricted !== restricted) return false;
    const searched = words.length > 0 ? folded(`${one.id} ${one.title}`) : '';
    return words.every((word) => searched.includes(word));
  };
}
