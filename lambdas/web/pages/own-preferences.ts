import { issuedToLast, signToken } from '../../../core/access/token.ts';
import { signedIn, signInFirst } from '../../shared/pages/current-session.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { WebDeps } from '../deps.ts';

/** Long enough to choose; short enough that a tab, a screenshot or a history gives nothing away. */
const linkSeconds = 3600;
const parts = ['data', 'erase'] as const;

/**
 * Leads whoever is signed in to the page of their choices, by a link of one hour. `?go=data` and
 * `?go=erase` lead to those parts of it.
 */
export const ownPreferencesPage = (deps: WebDeps): PageRoute => ({
  path: '/preferences',
  async get(request) {
    const signed = await signedIn(request, deps);
    if (!signed) return signInFirst(request, deps);
    const { realm, sid: subscriber, generation = 0 } = signed.profile;
    const issuedAt = issuedToLast('preferences', linkSeconds, deps.now());
    const token = signToken({ scope: 'preferences', realm, subscriber, about: '', generation, issuedAt }, await deps.tokenKeys());
    const part = parts.find((known) => known === request.query.get('go'));
    return seeOther(`/p/${token}${part ? `/${part}` : ''}`);
  },
});
