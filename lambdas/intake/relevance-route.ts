import type { RelevanceAnswer } from '../../core/intake/api.ts';
import { isTellable, PostmortemId } from '../../core/postmortem/postmortem.ts';
import { nameable } from '../../core/relevance/nameable.ts';
import { promiseLine, similarLine } from '../../core/relevance/similar-words.ts';
import { namedIn, toldNow } from '../../core/relevance/told-now.ts';
import { toldEarlier } from '../../core/relevance/told-similar.ts';
import { fewAtATime } from '../../core/shared/few-at-a-time.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import type { Route } from '../shared/http-routes.ts';
import type { IntakeDeps } from './deps.ts';
import { noSuchPostmortem } from './hold-routes.ts';

/** What the function `relevance` found. An author's command asks for it after publishing. */
export const relevanceRoute = ({
  postmortems,
  relevance,
  similar,
  actions,
  distribution,
  now,
}: Pick<IntakeDeps, 'actions' | 'distribution' | 'now' | 'relevance' | 'similar'> & {
  readonly postmortems: Pick<IntakeDeps['postmortems'], 'readCurrent'>;
}): Route => ({
  method: 'GET',
  path: '/postmortems/{id}/relevance',
  scope: 'read',
  async answer({ params }) {
    const id = PostmortemId.safeParse(params.id);
    const stored = id.success ? await postmortems.readCurrent(id.data) : undefined;
    if (!stored) throw noSuchPostmortem();
    const { postmortem, revision } = stored;
    // What was found before it was hidden matters to nobody now.
    const isTold = isTellable(postmortem);
    const found = isTold ? await relevance(postmortem.id) : undefined;
    const telling = { now: now(), zone: (await distribution())?.organisation.zone ?? 'UTC' };
    const told = async (one: string) => nameable((await postmortems.readCurrent(one))?.postmortem);
    const titles = new Map(await fewAtATime(found ? namedIn(found) : [], async (one) => [one, (await told(one))?.title] as const));
    const earlier = isTold ? await toldEarlier(postmortem.id, { similar, told, actions: actions.list, now }) : [];
    return jsonAnswer(200, {
      revision,
      ...(found && {
        relevance: {
          revision: found.revision,
          at: found.at,
          teams: toldNow(found.teams, (one) => titles.get(one)).map(({ name, reasons }) => ({
            name,
            reasons: reasons.map(({ sentence }) => sentence),
          })),
        },
      }),
      similar: earlier.map((one) => ({
        id: one.other.id,
        title: one.other.title,
        state: one.similar.state,
        says: similarLine(one, telling),
        promises: one.promises.map((promise) => promiseLine(promise, telling)),
      })),
    } satisfies RelevanceAnswer);
  },
});
