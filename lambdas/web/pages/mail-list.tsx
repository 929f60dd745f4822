/** @jsxImportSource hono/jsx */
import { labelsOf } from '../../../core/distribution/severity-label.ts';
import { zoneFor } from '../../../core/subscriber/own-zone.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { page } from '../../shared/pages/shell.tsx';
import { Banner } from '../../shared/postmortem/banner.tsx';
import type { WebDeps } from '../deps.ts';
import { pathTo } from '../path-to.ts';
import { readingOf, toldIn } from '../reader.ts';
import { recordView } from '../record-view.ts';
import { PostmortemList } from './postmortem-list.tsx';
import { ReadingFooter } from './reading-footer.tsx';

/** The postmortems to which one mail links, as they stand now, and no others. */
export const mailListPage = (deps: WebDeps): PageRoute => ({
  path: '/r/{token}',
  async get(request) {
    const reading = await readingOf(request, deps);
    if ('answer' in reading) return reading.answer;
    const { reader, distribution } = reading;
    await recordView(reader, request, { page: 'archive' }, deps, distribution);
    return page({
      title: heading,
      whose: distribution,
      wide: true,
      children: (
        <>
          <Banner audience={reader.audience} />
          <h1>{heading}</h1>
          <PostmortemList
            entries={await toldIn(reader, deps)}
            query={request.query}
            base={pathTo(deps, `/r/${request.params.token}`)}
            labels={labelsOf(distribution)}
            now={deps.now()}
            zone={zoneFor(reader.holder.profile, distribution)}
            empty="What this mail told was withdrawn, or it is restricted to fewer people."
          />
          <ReadingFooter newLink={pathTo(deps, '/new-link')} />
        </>
      ),
    });
  },
});

const heading = 'In this mail';
