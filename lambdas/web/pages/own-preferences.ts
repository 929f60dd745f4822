import { issuedToLast, signToken } from '../../../core/access/token.ts';
import { signedIn, signInFirst } from '../../shared/pages/current-session.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { WebDeps } from '../deps.ts';
import type { PagePath } from '../env.ts';

/** Long enough to choose; short enough that a tab, a screenshot or a history gives nothing away. */
const linkSeconds = 3600;
const parts = { data: '/p/{token}/data', erase: '/p/{token}/erase', muted: '/muted/{token}' } as const satisfies Record<string, PagePath>;

/**
 * Leads whoever is signed in to the page of their choices, by a link of one hour. `?go=data`,
 * `?go=erase` and `?go=muted` lead to those parts of it.
 */
export const ownPreferencesPage = (deps: WebDeps): PageRoute => ({
  path: '/preferences',
  async get(request) {
    const signed = await signedIn(request, deps);
    if (!signed) return signInFirst(request, deps);
    const { realm, sid: subscriber, generation = 0 } = signed.profile;
    const issuedAt = issuedToLast('preferences', linkSeconds, deps.now());
    const token = signToken({ scope: 'preferences', realm, subscriber, about: '', generation, issuedAt }, await deps.tokenKeys());
    const path = Object.entries(parts).find(([part]) => part === request.query.get('go'))?.[1] ?? '/p/{token}';
    return seeOther(path.replace('{token}', token));
  },
});
