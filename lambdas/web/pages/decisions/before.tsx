/** @jsxImportSource hono/jsx */
import type { PostmortemId } from '../../../../core/postmortem/postmortem.ts';
import type { Telling } from '../../../../core/relevance/similar-words.ts';
import { toldEarlier } from '../../../../core/relevance/told-similar.ts';
import type { Audience } from '../../../../core/stream/audience.ts';
import { SimilarForms, type SimilarOutcome } from '../../../shared/postmortem/similar-forms.tsx';
import type { WebDeps } from '../../deps.ts';

/** What a reviewer confirms or dismisses, of what the archive of an audience has now. */
export async function beforeOf(
  postmortem: PostmortemId,
  audience: Audience,
  outcome: SimilarOutcome | undefined,
  telling: Telling,
  { similar, actions, archives, now }: Pick<WebDeps, 'actions' | 'archives' | 'now' | 'similar'>,
) {
  const archive = await archives.of(audience);
  const earlier = await toldEarlier(postmortem, { similar, actions: actions.list, told: async (id) => archive.read(id), now });
  return <SimilarForms earlier={earlier} outcome={outcome} {...telling} />;
}
