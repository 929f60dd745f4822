import { exportPerson } from '../../../core/rights/export-person.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { document } from '../../shared/pages/shell.tsx';
import type { WebDeps } from '../deps.ts';
import { ownSession } from '../own-session.ts';
import { notFound, signInFor } from '../refusals.ts';
import { holderOf } from '../token-holder.ts';

/**
 * Everything that is stored about the holder of a preferences link, as a file. Staff need a session
 * of their own, because links are forwarded; what leaves the system leaves an audit line.
 */
export const ownDataPage = (deps: WebDeps): PageRoute => ({
  path: '/p/{token}/data',
  async get(request) {
    const holder = await holderOf(request.params.token, 'preferences', deps);
    const whose = holder && (await deps.distribution());
    if (holder?.kind !== 'holder' || !whose) return notFound(deps);
    if (deps.realm === 'staff' && !(await ownSession(request, holder, deps)))
      return signInFor('to see what is stored about you', '/preferences?go=data', whose);
    const headers = { 'content-type': 'application/json', 'content-disposition': 'attachment; filename="what-is-stored-about-me.json"' };
    if (request.isHead) return document('', headers);
    const { realm, sid } = holder.profile;
    const told = await exportPerson({ realm, sid }, { ...deps, ...deps.exporting });
    if (!told) return notFound(deps);
    const way = realm === 'staff' ? 'session' : 'page';
    await deps.audit.record({ at: toInstant(deps.now()), who: 'reader', act: 'person exported', facts: { subscriber: sid, realm, way } });
    return document(JSON.stringify(told, undefined, 2), headers);
  },
});
