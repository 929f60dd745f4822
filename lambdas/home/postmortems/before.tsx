/** @jsxImportSource hono/jsx */
import { SimilarAnswer } from '../../../core/intake/api.ts';
import type { PostmortemId } from '../../../core/postmortem/postmortem.ts';
import { nameable } from '../../../core/relevance/nameable.ts';
import { readSimilarPress, type SimilarPress } from '../../../core/relevance/press-similar.ts';
import { toldEarlier } from '../../../core/relevance/told-similar.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { FormPost, PageRequest } from '../../shared/pages/page-route.ts';
import { notUnderstood } from '../../shared/pages/refusals.tsx';
import { seeOther } from '../../shared/pages/see-other.ts';
import { SimilarForms, type SimilarOutcome, similarOutcomes } from '../../shared/postmortem/similar-forms.tsx';
import { RouteRefused } from '../api.ts';
import type { HomeDeps } from '../deps.ts';
import type { Visit } from '../guard.ts';
import { zoneFor } from '../parts.tsx';
import { Proof } from '../shell.tsx';

type Deps = Pick<HomeDeps, 'intake'>;

/** Earlier postmortems of the same failure, which its authors and operators confirm or dismiss. */
export async function beforeOn(id: PostmortemId, visit: Visit & { readonly request: PageRequest }, { intake }: Deps) {
  const { similar, postmortems, actions, now } = intake;
  const told = async (one: PostmortemId) => nameable((await postmortems.readCurrent(one))?.postmortem);
  const earlier = await toldEarlier(id, { similar, told, actions: actions.list, now });
  const outcome = similarOutcomes.find((one) => one === visit.request.query.get('similar'));
  return <SimilarForms earlier={earlier} outcome={outcome} now={visit.now} zone={zoneFor(visit)} proof={<Proof signed={visit.signed} />} />;
}

/** The page at this path says what became of it. */
export async function pressedBefore(id: PostmortemId, path: string, visit: Visit & { readonly request: FormPost }): Promise<HttpAnswer> {
  const press = readSimilarPress(visit.request.form);
  if (!press) return notUnderstood();
  return seeOther(`${path}?similar=${encodeURIComponent(await outcomeOf(id, press, visit))}`);
}

async function outcomeOf(id: PostmortemId, { earlier, ...press }: SimilarPress, { api }: Visit): Promise<SimilarOutcome> {
  const { says, version, reason } = press;
  const path = `/postmortems/${encodeURIComponent(id)}/similar/${encodeURIComponent(earlier)}` as const;
  const body = { says, version, ...(says === 'dismiss' && { reason }) };
  const answered = await api.ask({ method: 'POST', path, body }, SimilarAnswer);
  if (answered.body) return answered.body.outcome;
  switch (answered.problem.status) {
    case 404:
    case 409:
      return 'changed';
    case 422:
      return 'no reason';
    default:
      throw new RouteRefused(answered.problem);
  }
}
