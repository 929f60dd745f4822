import type { PostmortemId } from '../../core/postmortem/postmortem.ts';
import type { Audience } from '../../core/stream/audience.ts';
import type { WebDeps } from './deps.ts';
import { pageBases } from './env.ts';

/**
 * The path of a page of the same realm, for links between pages. For customers `/new-link` is
 * `/customers/new-link`.
 */
export const pathTo = ({ realm }: Pick<WebDeps, 'realm'>, path: `/${string}`): string => `${pageBases[realm]}${path}`;

/** The path of an archive, or of a postmortem in it. Only staff have archives. */
export const archivePath = (audience: Audience, postmortem?: PostmortemId): string =>
  pathTo({ realm: 'staff' }, postmortem === undefined ? `/archive/${audience}` : `/archive/${audience}/${postmortem}`);
