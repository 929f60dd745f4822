import type { RelevanceAnswer } from '../../core/intake/api.ts';
import { isTellable, PostmortemId } from '../../core/postmortem/postmortem.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import type { Route } from '../shared/http-routes.ts';
import type { IntakeDeps } from './deps.ts';
import { noSuchPostmortem } from './hold-routes.ts';

/** What the function `relevance` found. An author's command asks for it after publishing. */
export const relevanceRoute = ({
  postmortems,
  relevance,
}: Pick<IntakeDeps, 'relevance'> & { readonly postmortems: Pick<IntakeDeps['postmortems'], 'readCurrent'> }): Route => ({
  method: 'GET',
  path: '/postmortems/{id}/relevance',
  scope: 'read',
  async answer({ params }) {
    const id = PostmortemId.safeParse(params.id);
    const stored = id.success ? await postmortems.readCurrent(id.data) : undefined;
    if (!stored) throw noSuchPostmortem();
    const { postmortem, revision } = stored;
    // What was found before it was hidden matters to nobody now.
    const found = isTellable(postmortem) ? await relevance(postmortem.id) : undefined;
    return jsonAnswer(200, {
      revision,
      ...(found && {
        relevance: {
          revision: found.revision,
          at: found.at,
          teams: found.teams.map(({ name, reasons }) => ({ name, reasons: reasons.map(({ sentence }) => sentence) })),
        },
      }),
    } satisfies RelevanceAnswer);
  },
});
