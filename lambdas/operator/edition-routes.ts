import { labelsOf } from '../../core/distribution/severity-label.ts';
import {
  type EditionAnswer,
  type EditionsAnswer,
  PreviewRequest,
  SendRequest,
  type TestAnswer,
  TestRequest,
} from '../../core/operator/api.ts';
import { heldLanes } from '../../core/operator/read-status.ts';
import { realms } from '../../core/stream/stream.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { requireScope } from '../shared/http-authorise.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { isPlaceInTime, listQuery } from '../shared/list-query.ts';
import { HttpProblem } from '../shared/problem.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';

export const editionRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'GET', path: '/operator/editions', scope: 'read', answer: (call) => listEditions(call, deps) },
  { method: 'GET', path: '/operator/editions/{edition}', scope: 'read', answer: (call) => readEdition(call, deps) },
  { method: 'POST', path: '/operator/send', scope: 'send', answer: (call) => send(call, deps) },
  { method: 'POST', path: '/operator/preview', scope: 'read', answer: (call) => preview(call, deps) },
  { method: 'POST', path: '/operator/test', scope: 'send', answer: (call) => test(call, deps) },
];

async function listEditions({ query }: Call, { editions, laneBrakes }: OperatorDeps) {
  const { limit, cursor } = listQuery(query, isPlaceInTime);
  const page = await editions.list(limit, cursor, query.get('service') === 'true' ? 'service' : 'news');
  return jsonAnswer(200, { ...page, lanes: await heldLanes(laneBrakes) } satisfies EditionsAnswer);
}

async function readEdition({ params, query, caller }: Call, { editions, people, distribution, laneBrakes }: OperatorDeps) {
  const withAddresses = query.get('addresses') === 'true';
  if (withAddresses) requireScope(caller, 'people');
  const id = params.edition ?? '';
  const found = /^[A-Za-z0-9_-]{1,200}$/.test(id) ? await editions.report(id) : undefined;
  if (!found) throw new HttpProblem(404, { detail: 'There is no edition with this id. List them with: afterword editions.' });
  const labels: Readonly<Record<string, string>> = labelsOf((await distribution.read())?.distribution ?? { severities: {} });
  const carries = found.carries.map((one) => ({ ...one, severityLabel: labels[one.severity] }));
  const answer = { ...found, carries, lanes: await heldLanes(laneBrakes) } satisfies EditionAnswer;
  if (!withAddresses) return jsonAnswer(200, answer);
  const named = [...found.inDoubt, ...found.unconfirmed, ...Object.keys(found.refused)].flatMap((sid) =>
    realms.map((realm) => ({ realm, sid })),
  );
  const addresses = Object.fromEntries((await people.readProfiles(named)).map(({ sid, address }) => [sid, address]));
  return jsonAnswer(200, { ...answer, addresses } satisfies EditionAnswer);
}

async function send({ event, caller }: Call, deps: OperatorDeps) {
  const sent = await deps.send(readJsonBody(event, SendRequest));
  if (!sent.existed) await leaveLine(deps, caller.id, 'edition sent', { edition: sent.edition });
  return jsonAnswer(202, sent);
}

/** A draft of the longest length, in JSON. */
const mostBytes = 1024 * 1024;

/**
 * Showing a mail as one person gets it reveals who they are, so this needs the scope for people as
 * well.
 */
async function preview({ event, caller }: Call, deps: OperatorDeps) {
  const request = readJsonBody(event, PreviewRequest, mostBytes);
  if (request.as !== undefined) requireScope(caller, 'people');
  return jsonAnswer(200, await deps.preview(request));
}

/** Sending a mail to a person reveals who they are, so this needs the scope for people as well. */
async function test({ event, caller }: Call, deps: OperatorDeps) {
  requireScope(caller, 'people');
  const { subscriber, ...sent } = await deps.test(readJsonBody(event, TestRequest, mostBytes));
  if (!sent.existed) await leaveLine(deps, caller.id, 'test sent', { edition: sent.shows, subscriber });
  return jsonAnswer(202, sent satisfies TestAnswer);
}
