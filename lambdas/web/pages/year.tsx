/** @jsxImportSource hono/jsx */
import { Temporal } from 'temporal-polyfill';
import { monthName } from '../../../core/calendar/period.ts';
import { type Often, yearContent } from '../../../core/content/year-content.ts';
import { labelsOf } from '../../../core/distribution/severity-label.ts';
import type { Audience } from '../../../core/stream/audience.ts';
import { zoneFor } from '../../../core/subscriber/own-zone.ts';
import { taxonomyOf } from '../../../core/taxonomy/taxonomy-of.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import { page } from '../../shared/pages/shell.tsx';
import { Banner } from '../../shared/postmortem/banner.tsx';
import type { ArchiveReader } from '../archive-reader.ts';
import type { WebDeps } from '../deps.ts';
import { archivePath } from '../path-to.ts';
import { Hit } from './hit.tsx';
import { ArchiveFooter } from './reading-footer.tsx';

/** A year of an archive: how much there was, what failed, and the gravest to read again. */
export async function yearPage(
  year: number,
  { audience, distribution, signed }: ArchiveReader & { readonly audience: Audience },
  deps: WebDeps,
): Promise<HttpAnswer> {
  const { zone } = distribution.organisation;
  const content = yearContent(year, (await deps.archives.of(audience)).find({}), zone, taxonomyOf(distribution));
  const labels = labelsOf(distribution);
  const heading = `The year ${year} in incidents`;
  return page({
    title: heading,
    whose: distribution,
    wide: true,
    children: (
      <>
        <Banner audience={audience} />
        <h1>{heading}</h1>
        {content.total === 0 ? (
          <p>No postmortem was published in {year}, or none may be told any more.</p>
        ) : (
          <>
            <section class="panel" aria-labelledby="count">
              <h2 id="count">
                {content.total} {content.total === 1 ? 'postmortem' : 'postmortems'}
              </h2>
              <p>{content.bySeverity.map(({ severity, count }) => `${count} ${labels[severity]}`).join(', ')}.</p>
              <p class="m">
                By month: {content.byMonth.map((count, n) => `${monthName(new Temporal.PlainDate(year, n + 1, 1))} ${count}`).join(', ')}.
              </p>
            </section>
            <Named heading="What failed" of={content.failureModes} />
            <Named heading="Technologies" of={content.technologies} />
            <Named heading="Services" of={content.services} />
            <section class="panel" aria-labelledby="again">
              <h2 id="again">Worth reading again</h2>
              <p class="m">The gravest of the year, as they stand now.</p>
              <ul class="hits">
                {content.gravest.map((entry) => (
                  <Hit
                    entry={entry}
                    base={archivePath(audience)}
                    labels={labels}
                    now={deps.now()}
                    zone={zoneFor(signed.profile, distribution)}
                  />
                ))}
              </ul>
            </section>
          </>
        )}
        <p>
          <a href={archivePath(audience)}>More postmortems</a>
        </p>
        <ArchiveFooter />
      </>
    ),
  });
}

/** What several postmortems named. Nothing where there is none. */
const Named = ({ heading, of }: { heading: string; of: readonly Often[] }) =>
  of.length === 0 ? null : (
    <section class="panel">
      <h2>{heading}</h2>
      <ul>
        {of.map(({ name, times }) => (
          <li dir="auto">
            {name} <span class="m">in {times} of them</span>
          </li>
        ))}
      </ul>
    </section>
  );
