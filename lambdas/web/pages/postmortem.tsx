/** @jsxImportSource hono/jsx */
import { printDayOf } from '../../../core/calendar/print.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { labelsOf } from '../../../core/distribution/severity-label.ts';
import { PostmortemId } from '../../../core/postmortem/postmortem.ts';
import type { ListedEntry } from '../../../core/search/search-entry.ts';
import type { Audience } from '../../../core/stream/audience.ts';
import { zoneFor } from '../../../core/subscriber/own-zone.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { page } from '../../shared/pages/shell.tsx';
import { Banner } from '../../shared/postmortem/banner.tsx';
import { type Body, bodyOf } from '../../shared/postmortem/body-of.tsx';
import { Pills } from '../../shared/postmortem/pills.tsx';
import type { WebDeps } from '../deps.ts';
import { pathTo } from '../path-to.ts';
import { mayRead, readerOf } from '../reader.ts';
import { recordView } from '../record-view.ts';
import { notFound, notShown, readsNoMore } from '../refusals.ts';
import { ReadingFooter } from './reading-footer.tsx';

/** One postmortem as the reader's audience may see it, at its current revision. */
export const postmortemPage = (deps: WebDeps): PageRoute => ({
  path: '/r/{token}/{postmortem}',
  async get(request) {
    const { token, postmortem = '' } = request.params;
    const reader = await readerOf(token, deps);
    const distribution = reader && (await deps.distribution());
    if (!reader || !distribution) return notFound(deps);
    if (!mayRead(reader, distribution, deps)) return readsNoMore(distribution, deps);
    await recordView(reader, request, postmortem, deps, distribution);
    const [base, newLink] = [pathTo(deps, `/r/${token}`), pathTo(deps, '/new-link')];
    const told = PostmortemId.safeParse(postmortem).success ? (await deps.archives.of(reader.audience)).read(postmortem) : undefined;
    const zone = zoneFor(reader.holder.profile, distribution);
    const stored = told && (await deps.renditions(reader.audience, told.id, told.revision));
    return told && stored
      ? telling(told, bodyOf(reader.audience, stored, distribution, deps.now(), zone), {
          distribution,
          zone,
          base,
          newLink,
          now: deps.now(),
          audience: reader.audience,
        })
      : notShown(distribution, base);
  },
});

interface Around {
  readonly distribution: Distribution;
  /** The path of the reader's postmortems. */
  readonly base: string;
  readonly newLink: string;
  readonly now: Date;
  readonly audience: Audience;
  /** The zone in which days and times are told. */
  readonly zone: string;
}

const telling = (told: ListedEntry, { facts, text }: Body, { distribution, base, newLink, now, audience, zone }: Around) =>
  page({
    title: told.title,
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
        <p>
          <a href={base}>More postmortems</a>
        </p>
        <ReadingFooter newLink={newLink} />
      </>
    ),
  });
