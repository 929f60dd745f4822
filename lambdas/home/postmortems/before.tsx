/** @jsxImportSource hono/jsx */
import type { PostmortemId } from '../../../core/postmortem/postmortem.ts';
import { nameable } from '../../../core/relevance/nameable.ts';
import { pressSimilar, readSimilarPress } from '../../../core/relevance/press-similar.ts';
import { toldEarlier } from '../../../core/relevance/told-similar.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { FormPost, PageRequest } from '../../shared/pages/page-route.ts';
import { notUnderstood } from '../../shared/pages/refusals.tsx';
import { seeOther } from '../../shared/pages/see-other.ts';
import { SimilarForms, type SimilarOutcome, similarOutcomes } from '../../shared/postmortem/similar-forms.tsx';
import type { HomeDeps } from '../deps.ts';
import type { Visit } from '../guard.ts';
import { zoneFor } from '../parts.tsx';
import { Proof } from '../shell.tsx';
import { postmortemPath } from './words.ts';

type Deps = Pick<HomeDeps, 'intake'>;

/** Earlier postmortems of the same failure, which an operator confirms or dismisses. */
export async function beforeOn(id: PostmortemId, visit: Visit & { readonly request: PageRequest }, { intake }: Deps) {
  const { similar, postmortems, actions, now } = intake;
  const told = async (one: PostmortemId) => nameable((await postmortems.readCurrent(one))?.postmortem);
  const earlier = await toldEarlier(id, { similar, told, actions: actions.list, now });
  const outcome = similarOutcomes.find((one) => one === visit.request.query.get('similar'));
  return <SimilarForms earlier={earlier} outcome={outcome} now={visit.now} zone={zoneFor(visit)} proof={<Proof signed={visit.signed} />} />;
}

/** The page says what became of it. */
export async function pressedBefore(visit: Visit & { readonly request: FormPost }, { intake }: Deps): Promise<HttpAnswer> {
  const press = readSimilarPress(visit.request.form);
  const id = visit.request.params.postmortem;
  if (!press || id === undefined) return notUnderstood();
  const outcome: SimilarOutcome = await pressSimilar(id, press, visit.signed.profile.sid, intake);
  return seeOther(`${postmortemPath(id)}?similar=${encodeURIComponent(outcome)}`);
}
