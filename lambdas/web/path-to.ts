import type { Distribution } from '../../core/distribution/distribution.ts';
import type { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { audiencesOf } from '../../core/preferences/audiences-of.ts';
import type { Audience } from '../../core/stream/audience.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';
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

/** The account in the widest archive that somebody reads. Undefined: they read none. */
export function accountPathFor(profile: Profile, distribution: Distribution, postmortem: PostmortemId, now: Date): string | undefined {
  const theirs = audiencesOf(profile, distribution, now);
  const widest = (['engineering', 'leadership'] as const).find((audience) => theirs.includes(audience));
  return widest && archivePath(widest, postmortem);
}
