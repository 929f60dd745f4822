/** @jsxImportSource hono/jsx */
import { pathOfYear, yearOfPath } from '../../../core/content/year-content.ts';
import { readersPress } from '../../../core/preferences/change-settings.ts';
import type { ListedEntry } from '../../../core/search/search-entry.ts';
import { zoneFor } from '../../../core/subscriber/own-zone.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import { isOwnForm } from '../../shared/pages/current-session.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { notUnderstood } from '../../shared/pages/refusals.tsx';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { WebDeps } from '../deps.ts';
import { keepReading } from '../keep-reading.ts';
import { isTheirOwn, ownSession } from '../own-session.ts';
import { archivePath, pathTo } from '../path-to.ts';
import { recordView } from '../record-view.ts';
import { notShown } from '../refusals.ts';
import { pressed } from './postmortem/press.ts';
import { type Around, tellingOf } from './postmortem/telling.tsx';
import { archiveVisit, canSay, mailedVisit, panelOf } from './postmortem/visit.tsx';
import { ArchiveFooter, ReadingFooter } from './reading-footer.tsx';
import { similarBelow } from './similar-below.tsx';
import { yearPage } from './year.tsx';

/**
 * A postmortem to which a mail links, as its reader's audience may see it, at its current revision.
 */
export const mailedPostmortemPage = (deps: WebDeps): PageRoute => ({
  path: '/r/{token}/{postmortem}',
  async get(request) {
    const visit = await mailedVisit(request, deps);
    if ('answer' in visit) return visit.answer;
    const { reader, distribution, told } = visit;
    // A year is more than a mail told, so it stands in the archive alone.
    const year = yearOfPath(request.params.postmortem ?? '');
    if (year !== undefined) return seeOther(`${archivePath(reader.audience)}/${pathOfYear(year)}`);
    await recordView(reader, request, { page: request.params.postmortem ?? '', told: told?.id }, deps, distribution);
    const around = {
      audience: reader.audience,
      distribution,
      zone: zoneFor(reader.holder.profile, distribution),
      others: { href: pathTo(deps, `/r/${request.params.token}`), words: 'See what this mail told' },
      footer: <ReadingFooter newLink={pathTo(deps, '/new-link')} />,
      below: await panelOf(request, visit, await ownSession(request, reader.holder, deps), deps),
    };
    return shown(told, around, deps);
  },
  post: {
    maxBytes: formBytes,
    async answer(post) {
      const visit = await mailedVisit(post, deps);
      if ('answer' in visit) return visit.answer;
      if (!canSay(visit)) return notUnderstood();
      const isProven = await isTheirOwn(post, visit.reader.holder, deps);
      const act = readersPress(isProven ? 'session' : 'page');
      return pressed({ ...visit, act, isProven }, post.form, deps);
    },
  },
});

/** A reason's key of 400 letters that take nine bytes each in a form. */
const formBytes = 8 * 1024;

/** A postmortem in an archive, for those who signed in and belong to its audience now. */
export const archivedPostmortemPage = (deps: WebDeps): PageRoute => ({
  path: '/archive/{audience}/{postmortem}',
  async get(request) {
    const visit = await archiveVisit(request, deps);
    if ('answer' in visit) return visit.answer;
    const year = yearOfPath(request.params.postmortem ?? '');
    if (year !== undefined) return yearPage(year, visit, deps);
    const { audience, distribution, profile, told, signed } = visit;
    if (told && !request.isHead && visit.isTracked) await keepReading(told.id, { how: 'page' }, profile, distribution, deps);
    const around = {
      audience,
      distribution,
      zone: zoneFor(profile, distribution),
      others: { href: archivePath(audience), words: 'More postmortems' },
      footer: <ArchiveFooter />,
      below: await panelOf(request, visit, signed, deps),
    };
    return shown(told, around, deps);
  },
  post: {
    maxBytes: formBytes,
    async answer(post) {
      const visit = await archiveVisit(post, deps);
      if ('answer' in visit) return visit.answer;
      if (!isOwnForm(post, visit.signed) || !canSay(visit)) return notUnderstood();
      return pressed({ ...visit, act: readersPress('session'), isProven: true }, post.form, deps);
    },
  },
});

const shown = async (told: ListedEntry | undefined, around: Around, deps: WebDeps): Promise<HttpAnswer> =>
  (await tellingOf(told, { ...around, similar: told && (await similarBelow(told.id, around, deps)) }, deps)) ??
  notShown(around.distribution, around.others);
