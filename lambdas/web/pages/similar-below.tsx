/** @jsxImportSource hono/jsx */
import type { PostmortemId } from '../../../core/postmortem/postmortem.ts';
import { type Audience, tellsActions } from '../../../core/stream/audience.ts';
import { SimilarPanels, similarOf } from '../../shared/postmortem/similar.tsx';
import type { WebDeps } from '../deps.ts';
import { archivePath } from '../path-to.ts';

interface Below {
  readonly audience: Audience;
  readonly zone: string;
}

/**
 * What happened before and again, of what the archive of the reader's audience has now. Audiences
 * that are told no action items are told nothing of it. Its links need a session.
 */
export async function similarBelow(
  postmortem: PostmortemId,
  { audience, zone }: Below,
  { similar, actions, archives, now }: Pick<WebDeps, 'similar' | 'actions' | 'archives' | 'now'>,
) {
  if (!tellsActions(audience)) return undefined;
  const archive = await archives.of(audience);
  const found = await similarOf(postmortem, { similar, actions: actions.list, told: async (id) => archive.read(id), now });
  return <SimilarPanels {...found} now={now()} zone={zone} pathOf={(id) => archivePath(audience, id)} />;
}
