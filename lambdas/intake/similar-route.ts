import { type SimilarAnswer, SimilarRequest } from '../../core/intake/api.ts';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { nameable } from '../../core/relevance/nameable.ts';
import { pressSimilar } from '../../core/relevance/press-similar.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import type { IntakeDeps } from './deps.ts';

/**
 * What whoever publishes a postmortem says of an earlier one that was found similar: that it is the
 * same failure, or another.
 */
export const similarRoute = ({
  postmortems,
  similar,
  audit,
  now,
}: Pick<IntakeDeps, 'audit' | 'now' | 'similar'> & {
  readonly postmortems: Pick<IntakeDeps['postmortems'], 'readCurrent'>;
}): Route => ({
  method: 'POST',
  path: '/postmortems/{id}/similar/{earlier}',
  scope: 'publish',
  async answer({ event, params, caller }) {
    const [id, earlier] = [PostmortemId.safeParse(params.id), PostmortemId.safeParse(params.earlier)];
    const said = readJsonBody(event, SimilarRequest);
    if (!id.success || !earlier.success) throw noSuchPair(id.data);
    const [found, named] = await Promise.all([similar.of(id.data), postmortems.readCurrent(earlier.data)]);
    if (!found.some((one) => one.earlier === earlier.data) || !nameable(named?.postmortem)) throw noSuchPair(id.data);
    const press = { earlier: earlier.data, says: said.says, reason: '', ...(said.says === 'dismiss' && { reason: said.reason }) };
    const by = { by: caller.id, line: { who: caller.id, facts: { by: caller.label } } };
    const outcome = await pressSimilar(id.data, { ...press, ...(said.version !== undefined && { version: said.version }) }, by, {
      similar,
      audit,
      now,
    });
    if (outcome !== 'stored' && outcome !== 'same') throw saidMeanwhile();
    return jsonAnswer(200, { id: id.data, earlier: earlier.data, outcome } satisfies SimilarAnswer);
  },
});

const noSuchPair = (id: string | undefined) =>
  new HttpProblem(404, {
    detail: `Nothing found these two similar, or nobody may be told of the earlier one. ${id === undefined ? 'Find its id with: afterword postmortems list' : `See what was found with: afterword similar ${id}`}`,
  });
const saidMeanwhile = () =>
  new HttpProblem(409, { detail: 'Somebody else answered meanwhile. Nothing was changed. Look at it as it stands now, and say it again.' });
