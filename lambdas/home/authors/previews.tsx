/** @jsxImportSource hono/jsx */
import { renditionFor } from '../../../core/authoring/cards.ts';
import { brandFor } from '../../../core/distribution/brand.ts';
import { labelsOf } from '../../../core/distribution/severity-label.ts';
import { type Audience, audienceRows, audiences } from '../../../core/stream/audience.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { refusal } from '../../shared/pages/refusals.tsx';
import { mailPage, page } from '../../shared/pages/shell.tsx';
import { Banner } from '../../shared/postmortem/banner.tsx';
import { bodyOf } from '../../shared/postmortem/body-of.tsx';
import { Pills } from '../../shared/postmortem/pills.tsx';
import type { HomeDeps } from '../deps.ts';
import { authorPage } from '../guard.ts';
import { notHere } from '../refusals.ts';
import { draftOf, lookAt, problemOf } from './draft.ts';
import { readShows } from './shows.ts';
import { mostDraftBytes } from './write.tsx';

const back = { href: '/home/write', words: 'Write' };
const nothingToSee = (text: string) =>
  refusal(422, { heading: 'There is nothing to see', texts: [text, 'Your draft is in the other tab.'], way: back });

/** A draft as one mail, alone, in a page of its own that is cut off from everything else. */
export const draftMailPage = (deps: HomeDeps): PageRoute =>
  authorPage(deps, {
    path: '/write/mail',
    get: async () => notHere(),
    post: {
      maxBytes: mostDraftBytes,
      files: true,
      async answer({ request: { form }, ...visit }) {
        const [draft, shows] = [draftOf(form), readShows(form.get('shows'))];
        const seen = await lookAt(draft, visit, deps);
        if (!shows || seen.is !== 'read') return nothingToSee('The draft cannot be read as it is. Check it first.');
        const { type, text, id } = draft;
        try {
          const { html } = await deps.operator.preview({ ...shows, draft: { type, text, id, alone: true } });
          return mailPage(html, brandFor('staff', visit.distribution));
        } catch (error) {
          const { errors = [] } = problemOf(error);
          return nothingToSee(errors.map(({ field, problem, remedy }) => `${field} ${problem}. ${remedy}`).join(' '));
        }
      },
    },
  });

/** A draft as an audience's page would show it. */
export const draftPagePage = (deps: HomeDeps): PageRoute =>
  authorPage(deps, {
    path: '/write/page',
    get: async () => notHere(),
    post: {
      maxBytes: mostDraftBytes,
      files: true,
      async answer({ request: { form }, ...visit }) {
        const audience = audiences.find((one) => one === form.get('audience'));
        const seen = await lookAt(draftOf(form), visit, deps);
        if (!audience || seen.is !== 'read') return nothingToSee('The draft cannot be read as it is. Check it first.');
        const { postmortem } = seen.stored;
        const rendition = renditionFor(audience, postmortem);
        if (!rendition) return nothingToSee(`${audienceRows[audience].name}: they get nothing of it.`);
        const { facts, text } = bodyOf<Audience>(audience, rendition, visit.distribution, visit.now);
        return page({
          title: postmortem.title,
          whose: visit.distribution,
          wide: true,
          children: (
            <>
              <p class="said plain">A draft, as {audienceRows[audience].name} would see it. Nothing of it is stored.</p>
              <Banner audience={audience} />
              <article class="panel">
                <Pills
                  severity={postmortem.severity}
                  label={labelsOf(visit.distribution)[postmortem.severity]}
                  status={postmortem.status}
                />
                <h1 dir="auto">{postmortem.title}</h1>
                {facts}
                {text}
              </article>
            </>
          ),
        });
      },
    },
  });
