/** @jsxImportSource hono/jsx */
import { printDayOf } from '../../../core/calendar/print.ts';
import { pathOfYear, yearOfPath } from '../../../core/content/year-content.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { labelsOf } from '../../../core/distribution/severity-label.ts';
import { PostmortemId } from '../../../core/postmortem/postmortem.ts';
import type { ListedEntry } from '../../../core/search/search-entry.ts';
import type { Audience } from '../../../core/stream/audience.ts';
import { zoneFor } from '../../../core/subscriber/own-zone.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import { page } from '../../shared/pages/shell.tsx';
import { Banner } from '../../shared/postmortem/banner.tsx';
import { type Body, bodyOf } from '../../shared/postmortem/body-of.tsx';
import { Pills } from '../../shared/postmortem/pills.tsx';
import { readerOfArchive } from '../archive-reader.ts';
import type { WebDeps } from '../deps.ts';
import { keepReading } from '../keep-reading.ts';
import { archivePath, pathTo } from '../path-to.ts';
import { readingOf, toldIn } from '../reader.ts';
import { isTrackedIn, recordView } from '../record-view.ts';
import { notShown } from '../refusals.ts';
import { ArchiveFooter, ReadingFooter } from './reading-footer.tsx';
import { similarBelow } from './similar-below.tsx';
import { yearPage } from './year.tsx';

/**
 * A postmortem to which a mail links, as its reader's audience may see it, at its current revision.
 */
export const mailedPostmortemPage = (deps: WebDeps): PageRoute => ({
  path: '/r/{token}/{postmortem}',
  async get(request) {
    const reading = await readingOf(request, deps);
    if ('answer' in reading) return reading.answer;
    const { reader, distribution } = reading;
    const { token, postmortem = '' } = request.params;
    // A year is more than a mail told, so it stands in the archive alone.
    const year = yearOfPath(postmortem);
    if (year !== undefined) return seeOther(`${archivePath(reader.audience)}/${pathOfYear(year)}`);
    const isOne = PostmortemId.safeParse(postmortem).success;
    const told = isOne ? (await toldIn(reader, deps)).find(({ id }) => id === postmortem) : undefined;
    await recordView(reader, request, { page: postmortem, told: told?.id }, deps, distribution);
    const others = { href: pathTo(deps, `/r/${token}`), words: 'See what this mail told' };
    const zone = zoneFor(reader.holder.profile, distribution);
    const footer = <ReadingFooter newLink={pathTo(deps, '/new-link')} />;
    return shown(told, { audience: reader.audience, distribution, zone, others, footer }, deps);
  },
});

/** A postmortem in an archive, for those who signed in and belong to its audience now. */
export const archivedPostmortemPage = (deps: WebDeps): PageRoute => ({
  path: '/archive/{audience}/{postmortem}',
  async get(request) {
    const reader = await readerOfArchive(request, deps);
    if ('answer' in reader) return reader.answer;
    const { audience, distribution } = reader;
    const year = yearOfPath(request.params.postmortem ?? '');
    if (year !== undefined) return yearPage(year, reader, deps);
    const told = (await deps.archives.of(audience)).read(request.params.postmortem ?? '');
    if (told && !request.isHead && isTrackedIn(audience, reader.signed.profile, distribution))
      await keepReading(told.id, 'page', reader.signed.profile, distribution, deps);
    const zone = zoneFor(reader.signed.profile, distribution);
    const others = { href: archivePath(audience), words: 'More postmortems' };
    return shown(told, { audience, distribution, zone, others, footer: <ArchiveFooter /> }, deps);
  },
});

export interface Around {
  readonly audience: Audience;
  readonly distribution: Distribution;
  /** The zone in which days and times are told. */
  readonly zone: string;
  /** The page with the others that the reader may see. */
  readonly others: { readonly href: string; readonly words: string };
  readonly footer: ReturnType<typeof ReadingFooter>;
  /** The title of the browser's tab. @default the postmortem's */
  readonly tab?: string;
  /** What happened before and again. */
  readonly similar?: Awaited<ReturnType<typeof similarBelow>>;
}

const shown = async (told: ListedEntry | undefined, around: Around, deps: WebDeps): Promise<HttpAnswer> =>
  (await tellingOf(told, { ...around, similar: told && (await similarBelow(told.id, around, deps)) }, deps)) ??
  notShown(around.distribution, around.others);

/** A postmortem as an audience may see it now. Undefined if it may not see it. */
export async function tellingOf(
  told: ListedEntry | undefined,
  around: Around,
  deps: Pick<WebDeps, 'renditions' | 'actions' | 'now'>,
): Promise<HttpAnswer | undefined> {
  const { audience, distribution, zone } = around;
  const stored = told && (await deps.renditions(audience, told.id, told.revision));
  if (!told || !stored) return undefined;
  const now = deps.now();
  const rows = 'actionItems' in Object(stored) ? await rowsOf(told, deps) : [];
  return telling(told, bodyOf(audience, stored, distribution, now, zone, rows), around, now);
}

/** Those that know the shown revision. */
const rowsOf = async ({ id, revision }: ListedEntry, { actions }: Pick<WebDeps, 'actions'>) =>
  (await actions.list(id)).filter((row) => row.revision >= revision);

const telling = (
  told: ListedEntry,
  { facts, text }: Body,
  { audience, distribution, zone, others, footer, tab = told.title, similar }: Around,
  now: Date,
) =>
  page({
    title: tab,
    whose: distribution,
    wide: true,
    children: (
      <>
        <Banner audience={audience} />
        <article class="panel">
          <Pills severity={told.severity} label={labelsOf(distribution)[told.severity]} status={told.status} />
          <h1 dir="auto">{told.title}</h1>
          {told.status === 'preliminary' && <p class="m">This account is preliminary. More is still being found out.</p>}
          {told.changedAt && <p class="m">Changed on {printDayOf(told.changedAt, now, zone)}. This is the current account.</p>}
          {facts}
          {text}
        </article>
        {similar}
        <p>
          <a href={others.href}>{others.words}</a>
        </p>
        {footer}
      </>
    ),
  });
