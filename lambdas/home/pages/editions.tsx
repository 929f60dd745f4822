/** @jsxImportSource hono/jsx */
import { EditionsAnswer } from '../../../core/operator/api.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import type { HomeDeps } from '../deps.ts';
import { operatorPage } from '../guard.ts';
import { EditionTable, More } from '../parts.tsx';
import { homePage } from '../shell.tsx';

const pageSize = 25;

/** Everything that was sent, the latest first, page by page. `?of=service`: mails to one person. */
export const editionsPage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/editions',
    async get(visit) {
      const { query } = visit.request;
      const isOfService = query.get('of') === 'service';
      const cursor = query.get('cursor');
      const asked = new URLSearchParams({ limit: String(pageSize), ...(isOfService && { service: 'true' }), ...(cursor && { cursor }) });
      const { editions, lanes, cursor: next } = await visit.api.read(`/operator/editions?${asked}`, EditionsAnswer);
      const title = isOfService ? 'Mails to one person' : 'All editions';
      return homePage({
        ...visit,
        title,
        here: '/home',
        children: (
          <>
            <h1>{title}</h1>
            <p class="m">
              {isOfService
                ? 'Confirmations, new links, tests and the like: mails that answer what somebody did.'
                : 'What was sent to many, the latest first.'}
            </p>
            <section class="panel">
              {editions.length === 0 ? (
                <p>There is nothing here yet.</p>
              ) : (
                <EditionTable editions={editions} held={lanes} visit={visit} caption={title} />
              )}
              <More path="/home/editions" query={isOfService ? { of: 'service' } : {}} cursor={next} />
            </section>
          </>
        ),
      });
    },
  });
