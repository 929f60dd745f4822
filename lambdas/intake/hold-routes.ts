import { labelsOf } from '../../core/distribution/severity-label.ts';
import { type HoldAnswer, HoldRequest, type RevisionsAnswer } from '../../core/intake/api.ts';
import { type HeldPostmortem, type HoldAct, holdActs, holdPostmortem } from '../../core/intake/hold-postmortem.ts';
import { wouldTell } from '../../core/intake/would-tell.ts';
import { isTellable, PostmortemId } from '../../core/postmortem/postmortem.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { wouldPost } from '../../core/slack/would-post.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import type { IntakeDeps } from './deps.ts';
import { notTakenBack, payNow } from './pay-now.ts';

/** What operators decide about one postmortem, and its revisions. */
export const holdRoutes = (deps: IntakeDeps): Route[] => [
  ...holdActs.map(
    (act): Route => ({ method: 'POST', path: `/postmortems/{id}/${act}`, scope: 'send', answer: (call) => hold(call, act, deps) }),
  ),
  { method: 'GET', path: '/postmortems/{id}/revisions', scope: 'read', answer: (call) => revisions(call, deps) },
];

const acts = { restrict: 'postmortem restricted', retract: 'postmortem retracted', release: 'postmortem released' } as const;
const mostRevisions = 50;

async function hold({ event, params, caller }: Call, act: HoldAct, deps: IntakeDeps) {
  const id = idIn(params);
  const { reason } = readJsonBody(event, HoldRequest);
  const distribution = await deps.distribution();
  const done = await holdPostmortem(id, act, { ...deps, distribution, by: caller.id });
  if (!done) throw noSuchPostmortem();
  const { stored, outcome } = done;
  const { postmortem, revision, held } = stored;
  if (outcome === 'changed') {
    const facts = { postmortem: id, revision, reason, by: caller.label };
    await deps.audit.record({ at: toInstant(deps.now()), who: caller.id, act: acts[act], facts });
  }
  const isPaid = await payNow(stored, deps);
  if (!isPaid && !isTellable(postmortem)) throw new HttpProblem(503, notTakenBack);
  const { title, status, restricted } = postmortem;
  return jsonAnswer(200, {
    ...{ id, revision, title, status, restricted, outcome },
    ...(held && { held }),
    warnings: [...warningsOf(done, act)],
    tells: [...wouldTell(stored, distribution, deps.now()), ...wouldPost(stored, distribution)],
  } satisfies HoldAnswer);
}

function warningsOf({ outcome, stored: { postmortem }, warnings }: HeldPostmortem, act: HoldAct): readonly string[] {
  if (act !== 'release' || isTellable(postmortem)) return warnings;
  const { restricted, status } = postmortem;
  const why = restricted ? 'restricts it' : `says that it is ${status === 'draft' ? 'a draft' : 'retracted'}`;
  const still = outcome === 'changed' ? 'It is still told to nobody' : 'Nothing of an operator keeps it back';
  return [`${still}: its document ${why}. To tell it, publish another document.`, ...warnings];
}

async function revisions({ params }: Call, deps: IntakeDeps) {
  const id = idIn(params);
  const [listed, current] = await Promise.all([deps.history(id, mostRevisions), deps.postmortems.readCurrent(id)]);
  if (!current) throw noSuchPostmortem();
  // A copy that lost a race has a number that no current item ever had, or had with other content.
  const labels = await labelsInForce(deps);
  const shown = listed
    .filter(({ revision, updatedAt }) => revision < current.revision || updatedAt === current.updatedAt)
    .map((one) => ({ ...one, severityLabel: labels[one.severity] }));
  return jsonAnswer(200, { revisions: shown } satisfies RevisionsAnswer);
}

function idIn({ id }: Call['params']): PostmortemId {
  const read = PostmortemId.safeParse(id);
  if (!read.success) throw noSuchPostmortem();
  return read.data;
}

/** What the organisation calls each severity now. */
export const labelsInForce = async ({ distribution }: Pick<IntakeDeps, 'distribution'>): Promise<Readonly<Record<string, string>>> =>
  labelsOf((await distribution()) ?? { severities: {} });

export const noSuchPostmortem = () =>
  new HttpProblem(404, { detail: 'There is no postmortem with this id. List them with: afterword postmortems list' });
