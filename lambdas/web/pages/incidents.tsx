/** @jsxImportSource hono/jsx */
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { type PublicPageRules, publicPageRulesOf } from '../../../core/distribution/notice-rules.ts';
import { signUpOf } from '../../../core/distribution/stream-rules.ts';
import { PublicId } from '../../../core/notice/external.ts';
import { type NoticeOnPage, noticeEntry, noticeOnPage, type ShownNotice, withdrawnSentence } from '../../../core/notice/notice-on-page.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { refusal } from '../../shared/pages/refusals.tsx';
import { page } from '../../shared/pages/shell.tsx';
import { Markdown } from '../../shared/postmortem/markdown.tsx';
import { atom } from '../atom.ts';
import type { WebDeps } from '../deps.ts';
import { forAnybody } from '../for-anybody.ts';
import { pathTo } from '../path-to.ts';
import { notFound } from '../refusals.ts';
import { firstOf, Pages, pageSize } from './paging.tsx';

/** How many notices the feed has. */
const newest = 50;

export interface Offered {
  readonly distribution: Distribution;
  readonly rules: PublicPageRules;
  readonly zone: string;
}

/** Undefined where the file has no notices. */
export async function offeredBy(deps: Pick<WebDeps, 'distribution'>): Promise<Offered | undefined> {
  const distribution = await deps.distribution();
  const rules = distribution && publicPageRulesOf(distribution);
  return distribution && rules && { distribution, rules, zone: distribution.organisation.zone };
}

/** The notices that were published, newest first, for anybody. */
export const incidentsPage = (deps: WebDeps): PageRoute => ({
  path: '/incidents',
  async get(request) {
    const offered = await offeredBy(deps);
    if (!offered) return notFound(deps);
    const { distribution, rules, zone } = offered;
    const base = pathTo(deps, '/incidents');
    const all = await deps.notices.list();
    const from = firstOf(request.query, all.length);
    const answer = await deps.notices.page(`list ${from}`, async () => {
      const shown = await deps.notices.shown(all.slice(from, from + pageSize));
      return page({
        title: 'Incident notices',
        whose: distribution,
        realm: deps.realm,
        wide: true,
        feed: pathTo(deps, '/feed'),
        children: (
          <>
            <h1>Incident notices</h1>
            <section class="panel" aria-label="Notices">
              {shown.length === 0 ? (
                <p>No notice has been published yet.</p>
              ) : (
                <ul class="hits">
                  {shown.map((one) => (
                    <Listed notice={one} base={base} zone={zone} />
                  ))}
                </ul>
              )}
              {/* Nothing that one visitor asked for stands on a page that others get. */}
              <Pages base={base} query={new URLSearchParams()} from={from} all={all.length} />
            </section>
            <Foot offered={offered} deps={deps} />
          </>
        ),
      });
    });
    return forAnybody(answer, request, rules.indexed);
  },
});

/** One notice as it stands now. One that was withdrawn says so, and no more. */
export const incidentPage = (deps: WebDeps): PageRoute => ({
  path: '/incidents/{notice}',
  async get(request) {
    const offered = await offeredBy(deps);
    const publicId = PublicId.safeParse(request.params.notice);
    const shown = offered && publicId.success ? await deps.notices.read(publicId.data) : undefined;
    if (!offered || !shown) return notFound(deps);
    const answer = await deps.notices.page(`notice ${shown.publicId} ${shown.version}`, async () =>
      shown.standing === 'withdrawn' ? withdrawn(shown, offered, deps) : noticePage(shown, offered, deps),
    );
    return forAnybody(answer, request, offered.rules.indexed);
  },
});

/** The newest notices as Atom (RFC 4287). */
export const incidentsFeed = (deps: WebDeps): PageRoute => ({
  path: '/feed',
  async get(request) {
    const offered = await offeredBy(deps);
    if (!offered) return notFound(deps);
    const { distribution, rules, zone } = offered;
    const [self, alternate] = [`${deps.publicUrl}/feed`, `${deps.publicUrl}/incidents`];
    const answer = await deps.notices.page('feed', async () => {
      const shown = await deps.notices.shown((await deps.notices.list()).slice(0, newest));
      return atom({
        id: self,
        title: `${distribution.organisation.name}: incident notices`,
        author: distribution.organisation.name,
        self,
        alternate,
        entries: shown.map((notice) => {
          const { products, ...entry } = noticeEntry(notice, zone);
          // It stays when the pages move to another host.
          return { id: `urn:incident-notice:${notice.publicId}`, ...entry, href: `${alternate}/${notice.publicId}`, categories: products };
        }),
      });
    });
    return forAnybody(answer, request, rules.indexed);
  },
});

const Listed = ({ notice, base, zone }: { readonly notice: ShownNotice; readonly base: string; readonly zone: string }) => {
  if (notice.standing === 'withdrawn')
    return (
      <li>
        <p class="m">{withdrawnSentence(notice, zone)}</p>
      </li>
    );
  const one = noticeOnPage(notice, zone);
  return (
    <li>
      <States of={one} />
      <h2 dir="auto">
        <a href={`${base}/${notice.publicId}`}>{one.title}</a>
      </h2>
      <p dir="auto">{one.gist}</p>
      <p class="m small">{[one.times, one.products.join(', ')].filter(Boolean).join(' · ')}</p>
    </li>
  );
};

const States = ({ of: { state, isPreliminary } }: { readonly of: NoticeOnPage }) =>
  state || isPreliminary ? (
    <p class="pills">
      {state && <span class={state.isOver ? 'pill ok' : 'pill sev2'}>{state.said}</span>}
      {isPreliminary && <span class="pill">Preliminary</span>}
    </p>
  ) : null;

/** A notice as customers read it. */
export function noticePage(shown: ShownNotice & { standing: 'public' }, offered: Offered, deps: Pick<WebDeps, 'realm'>) {
  const { distribution, zone } = offered;
  const one = noticeOnPage(shown, zone);
  return page({
    title: one.title,
    whose: distribution,
    realm: deps.realm,
    wide: true,
    feed: pathTo(deps, '/feed'),
    children: (
      <>
        <article class="panel">
          <States of={one} />
          <h1 dir="auto">{one.title}</h1>
          {one.isPreliminary && <p class="m">This account is preliminary. More is still being found out.</p>}
          <Facts of={one} />
          {one.change && (
            <section class="said">
              <h2>What changed</h2>
              <Markdown text={one.change} heading="h3" />
            </section>
          )}
          <div class="doc">
            <section>
              <Markdown text={one.body} heading="h2" />
            </section>
          </div>
          <p class="m small">{one.published}</p>
        </article>
        <p>
          <a href={pathTo(deps, '/incidents')}>All notices</a>
        </p>
        <Foot offered={offered} deps={deps} />
      </>
    ),
  });
}

const Facts = ({ of: { times, products } }: { readonly of: NoticeOnPage }) =>
  times || products.length > 0 ? (
    <dl>
      {times && (
        <>
          <dt>When</dt>
          <dd>{times}</dd>
        </>
      )}
      {products.length > 0 && (
        <>
          <dt>Products</dt>
          <dd dir="auto">{products.join(', ')}</dd>
        </>
      )}
    </dl>
  ) : null;

const withdrawn = (shown: ShownNotice, { distribution, zone }: Offered, deps: WebDeps) =>
  refusal(410, {
    heading: 'This notice was withdrawn',
    texts: [withdrawnSentence(shown, zone)],
    way: { href: pathTo(deps, '/incidents'), words: 'See all notices' },
    whose: distribution,
    realm: deps.realm,
  });

/** How to get notices, and whom to ask. */
function Foot({ offered: { distribution, rules }, deps }: { readonly offered: Offered; readonly deps: Pick<WebDeps, 'realm'> }) {
  const { stream, contact } = rules;
  return (
    <footer class="m small">
      <p>
        {signUpOf(distribution, stream) && (
          <>
            <a href={pathTo(deps, `/join/${stream}`)}>Get notices by email</a>
            {' · '}
          </>
        )}
        <a href={pathTo(deps, '/feed')}>Feed (Atom)</a>
        {contact !== undefined && (
          <>
            {' · '}
            <a href={contact.includes('://') ? contact : `mailto:${contact}`}>Ask us</a>
          </>
        )}
      </p>
    </footer>
  );
}
