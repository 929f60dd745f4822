/** @jsxImportSource hono/jsx */
import { PostmortemAnswer, RevisionsAnswer } from '../../../core/intake/api.ts';
import { ReadershipAnswer } from '../../../core/operator/readership-api.ts';
import { isTellable } from '../../../core/postmortem/postmortem.ts';
import { stored as readStored, StoredDocument } from '../../../core/postmortem/stored-postmortem.ts';
import { readDirectory } from '../../../core/reminder/directory.ts';
import { peopleMeant } from '../../../core/reminder/resolve-owner.ts';
import { isConcerned, renditions } from '../../../core/rendition/renditions.ts';
import { type Audience, audiences } from '../../../core/stream/audience.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { bodyOf } from '../../shared/postmortem/body-of.tsx';
import type { HomeDeps } from '../deps.ts';
import { operatorPage, type Visit } from '../guard.ts';
import { editionPath, Said, When, zoneFor } from '../parts.tsx';
import { ReadershipPanel } from '../readership.tsx';
import { notHere } from '../refusals.ts';
import { ReviewPanel, reviewOf } from '../reviews/of-one.tsx';
import { homePage } from '../shell.tsx';
import { PostsOf, postsOf } from '../slack/posts.tsx';
import { beforeOn, pressedBefore } from './before.tsx';
import { Pills } from './pills.tsx';
import { audienceWords, postmortemPath } from './words.ts';

/** One postmortem: what it is, what holds it back, its revisions, and what told it. */
export const postmortemPages = (deps: HomeDeps): PageRoute[] => [onePage(deps), audiencePage(deps)];

/** Throws RouteRefused for one that is not there. */
export const readPostmortem = ({ api }: Pick<Visit, 'api'>, id: string | undefined): Promise<PostmortemAnswer> =>
  api.read(`/postmortems/${encodeURIComponent(id ?? '')}`, PostmortemAnswer);

const said: Readonly<Record<string, string>> = {
  restrict: 'Restricted. Archives, searches, feeds and mails under way leave it out. No later document changes that.',
  retract: 'Taken back. Archives, searches, feeds and mails under way leave it out, and readers of an alert are told.',
  release: 'Released. What its document says counts again.',
  same: 'Nothing was changed: it is so already.',
  repost: 'It was asked for, and is posted within seconds. Open this page again to see where it stands.',
  links: 'No link of its posts opens anything any more.',
};

const onePage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/postmortems/{postmortem}',
    async get(visit) {
      const id = visit.request.params.postmortem ?? '';
      const postmortem = await readPostmortem(visit, id);
      const { revisions } = await visit.api.read(`/postmortems/${encodeURIComponent(id)}/revisions`, RevisionsAnswer);
      const inSlack = await postsOf(visit, id);
      const review = await reviewOf(id, visit, deps);
      const { readership } = await visit.api.read(`/operator/postmortems/${encodeURIComponent(id)}/readership`, ReadershipAnswer);
      const before = await beforeOn(id, visit, deps);
      const unsure = await unsureAuthors(postmortem, visit, deps);
      const words = said[visit.request.query.get('done') ?? ''];
      return homePage({
        ...visit,
        title: postmortem.title,
        here: '/home/postmortems',
        children: (
          <>
            <p>
              <a href="/home/postmortems">Postmortems</a>
            </p>
            <h1>{postmortem.title}</h1>
            <p class="m">{postmortem.id}</p>
            <Pills of={postmortem} isHeld={postmortem.held !== undefined} distribution={visit.distribution} />
            {words && <Said>{words}</Said>}
            <div class="beside">
              <About postmortem={postmortem} visit={visit} unsure={unsure} />
              <div>
                <Acts postmortem={postmortem} />
                <AsAudiences postmortem={postmortem} />
              </div>
            </div>
            {review && <ReviewPanel review={review} visit={visit} />}
            {before}
            <Told postmortem={postmortem} />
            {readership && <ReadershipPanel readership={readership} visit={visit} />}
            {inSlack && <PostsOf slack={inSlack} postmortem={postmortem} visit={visit} />}
            <Revisions revisions={revisions} visit={visit} />
          </>
        ),
      });
    },
    post: {
      async answer(visit) {
        const { id } = await readPostmortem(visit, visit.request.params.postmortem);
        return pressedBefore(id, postmortemPath(id), visit);
      },
    },
  });

interface Props {
  readonly postmortem: PostmortemAnswer;
  readonly visit: Visit;
}

/** Authors of what nobody is told whose text may mean several people, or nobody of the staff. */
async function unsureAuthors({ status, restricted, authors }: PostmortemAnswer, { distribution, now }: Visit, { operator }: HomeDeps) {
  if (isTellable({ status: readStored.status.parse(status), restricted }) || authors.length === 0) return [];
  const directory = await readDirectory(operator, now);
  return authors.filter((author) => peopleMeant(author, distribution, directory).length === 0);
}

const About = ({ postmortem, visit, unsure }: Props & { readonly unsure: readonly string[] }) => {
  const { owningTeam, services, authors, startedAt, resolvedAt, publishedAt, mergedInto, held, revision, updatedAt } = postmortem;
  return (
    <section class="panel" aria-labelledby="about">
      <h2 id="about">About it</h2>
      <dl>
        <dt>Team</dt>
        <dd>{owningTeam ?? 'None'}</dd>
        <dt>Services</dt>
        <dd>{services.join(', ') || 'None'}</dd>
        <dt>Authors</dt>
        <dd>
          {authors.join(', ') || 'Not said'}
          {unsure.length > 0 && (
            <small class="m block">
              Nobody of the staff is {unsure.join(', ')} for certain, so no author of that name sees it while nobody is told of it. To let
              one of them: name them in the document by their handle, such as @ada, which stands in the column handles of the file of
              people.
            </small>
          )}
        </dd>
        <dt>Began</dt>
        <dd>{startedAt ? <When at={startedAt} visit={visit} /> : 'Not known'}</dd>
        <dt>Ended</dt>
        <dd>{resolvedAt ? <When at={resolvedAt} visit={visit} /> : 'Not known'}</dd>
        {publishedAt && (
          <>
            <dt>Published</dt>
            <dd>
              <When at={publishedAt} visit={visit} />
            </dd>
          </>
        )}
        <dt>Changed</dt>
        <dd>
          <When at={updatedAt} visit={visit} />, revision {revision}
        </dd>
        {mergedInto && (
          <>
            <dt>Told by</dt>
            <dd>
              <a href={postmortemPath(mergedInto)}>{mergedInto}</a>
            </dd>
          </>
        )}
        {held && (
          <>
            <dt>Held</dt>
            <dd>
              {heldWords(held)}
              {held.at && (
                <>
                  {' '}
                  since <When at={held.at} visit={visit} />
                </>
              )}
              . Its document says: {held.document.restricted ? `${held.document.status}, restricted` : held.document.status}.
            </dd>
          </>
        )}
      </dl>
    </section>
  );
};

const heldWords = ({ restricted, retracted }: NonNullable<PostmortemAnswer['held']>) =>
  [...(restricted ? ['Restricted'] : []), ...(retracted ? [restricted ? 'taken back' : 'Taken back'] : [])].join(' and ');

const Acts = ({ postmortem: { id, held } }: Pick<Props, 'postmortem'>) => (
  <section class="panel" aria-labelledby="acts">
    <h2 id="acts">Acts</h2>
    <div class="acts">
      {held && (
        <a class="button soft" href={postmortemPath(id, '/release')}>
          Release
        </a>
      )}
      {!held?.restricted && (
        <a class="button soft danger" href={postmortemPath(id, '/restrict')}>
          Restrict
        </a>
      )}
      {!held?.retracted && (
        <a class="button soft danger" href={postmortemPath(id, '/retract')}>
          Retract
        </a>
      )}
    </div>
    <p class="m small">
      To restrict keeps it from everybody. To retract takes it back: it is no longer true, or was no incident. Both outlive the next
      document of its author, until an operator releases it.
    </p>
  </section>
);

const AsAudiences = ({ postmortem }: Pick<Props, 'postmortem'>) => {
  const document = StoredDocument.parse(postmortem);
  return (
    <section class="panel" aria-labelledby="audiences">
      <h2 id="audiences">How it reads</h2>
      <ul>
        {audiences.map((audience) => (
          <li>
            {isConcerned(audience, document) ? (
              <a href={postmortemPath(postmortem.id, `/as/${audience}`)}>{audienceWords[audience]}</a>
            ) : (
              <span class="m">{audienceWords[audience]}: it does not concern them</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};

const Told = ({ postmortem: { editions, namedIn } }: Pick<Props, 'postmortem'>) => (
  <section class="panel" aria-labelledby="told">
    <h2 id="told">Editions that told it</h2>
    {editions.length === 0 ? <p>None.</p> : <EditionLinks editions={editions} />}
    {namedIn.length > 0 && (
      <>
        <h3>Only named it, or left without it</h3>
        <EditionLinks editions={namedIn} />
      </>
    )}
  </section>
);

const EditionLinks = ({ editions }: { readonly editions: readonly string[] }) => (
  <ul>
    {editions.toSorted().map((edition) => (
      <li>
        <a href={editionPath(edition)}>{edition}</a>
      </li>
    ))}
  </ul>
);

const Revisions = ({ revisions, visit }: RevisionsAnswer & Pick<Props, 'visit'>) => (
  <section class="panel" aria-labelledby="revisions">
    <h2 id="revisions">Revisions</h2>
    <table class="list">
      <caption class="unseen">Revisions, the latest first</caption>
      <thead>
        <tr>
          <th scope="col">Title</th>
          <th scope="col">State</th>
          <th scope="col">Stored</th>
        </tr>
      </thead>
      <tbody>
        {revisions.map((one) => (
          <tr>
            <th scope="row">
              {one.revision}. {one.title}
            </th>
            <td>
              <Pills of={one} distribution={visit.distribution} />
            </td>
            <td class="end" data-label="Stored">
              <When at={one.updatedAt} visit={visit} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    <p>
      <a href="/home/audit">Who made them: the audit log</a>
    </p>
  </section>
);

/** What an audience reads of it, or would read if it were not held back. */
const audiencePage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/postmortems/{postmortem}/as/{audience}',
    async get(visit) {
      const audience = audiences.find((one) => one === visit.request.params.audience);
      if (!audience) return notHere();
      const postmortem = await readPostmortem(visit, visit.request.params.postmortem);
      const body = shownTo(audience, postmortem, visit);
      if (!body) return notHere();
      return homePage({
        ...visit,
        title: `${postmortem.title}, for ${audienceWords[audience]}`,
        here: '/home/postmortems',
        children: (
          <>
            <p>
              <a href={postmortemPath(postmortem.id)}>Back to the postmortem</a>
            </p>
            {(postmortem.restricted || postmortem.status === 'retracted' || postmortem.status === 'draft') && (
              <div class="said warn">
                <p>Nobody can read this now. It is how {audienceWords[audience].toLowerCase()} would read it.</p>
              </div>
            )}
            <article class="panel">
              <Pills of={postmortem} distribution={visit.distribution} />
              <h1>{postmortem.title}</h1>
              {body.facts}
              <div class="doc">{body.text}</div>
            </article>
          </>
        ),
      });
    },
  });

function shownTo(audience: Audience, postmortem: PostmortemAnswer, visit: Visit) {
  const rendition = renditions[audience].make(StoredDocument.parse(postmortem));
  return rendition && bodyOf(audience, rendition, visit.distribution, visit.now, zoneFor(visit));
}
