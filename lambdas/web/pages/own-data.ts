import { exportPerson } from '../../../core/rights/export-person.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { document } from '../../shared/pages/shell.tsx';
import type { WebDeps } from '../deps.ts';
import { notFound } from '../refusals.ts';
import { holderOf } from '../token-holder.ts';

/** Everything that is stored about the holder of a preferences link, as a file. Only reads. */
export const ownDataPage = (deps: WebDeps): PageRoute => ({
  path: '/p/{token}/data',
  async get({ params, isHead }) {
    const holder = await holderOf(params.token, 'preferences', deps);
    if (holder?.kind !== 'holder') return notFound(deps);
    const headers = { 'content-type': 'application/json', 'content-disposition': 'attachment; filename="what-is-stored-about-me.json"' };
    if (isHead) return document('', headers);
    const { realm, sid } = holder.profile;
    const told = await exportPerson({ realm, sid }, { ...deps, ...deps.exporting });
    return told ? document(JSON.stringify(told, undefined, 2), headers) : notFound(deps);
  },
});
