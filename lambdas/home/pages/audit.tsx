/** @jsxImportSource hono/jsx */
import { AuditAnswer } from '../../../core/operator/api.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { ActList } from '../acts.tsx';
import type { HomeDeps } from '../deps.ts';
import { operatorPage } from '../guard.ts';
import { More } from '../parts.tsx';
import { homePage } from '../shell.tsx';

const pageSize = '50';
const filters = ['since', 'until', 'postmortem', 'who'] as const;

/** What keys and people did, the latest first, page by page. */
export const auditPage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/audit',
    async get(visit) {
      const { query } = visit.request;
      const wanted = Object.fromEntries(
        filters.flatMap((name) => (query.get(name)?.trim() ? [[name, query.get(name)?.trim() ?? '']] : [])),
      );
      const cursor = query.get('cursor');
      const asked = new URLSearchParams({ ...wanted, limit: pageSize, addresses: 'true', ...(cursor && { cursor }) });
      const { body, problem } = await visit.api.ask({ method: 'GET', path: `/operator/audit?${asked}` }, AuditAnswer);
      return homePage({
        ...visit,
        title: 'Audit',
        here: '/home/audit',
        status: problem?.status ?? 200,
        children: (
          <>
            <h1>Audit</h1>
            <p class="m">
              What keys and people did, and what readers chose. Its lines hold no addresses; people who are gone stay unnamed.
            </p>
            <search>
              <form class="panel" method="get" action="/home/audit">
                <div class="row">
                  <label>
                    From this day
                    <input type="date" name="since" value={wanted.since ?? ''} />
                  </label>
                  <label>
                    To this day
                    <input type="date" name="until" value={wanted.until ?? ''} />
                  </label>
                  <label>
                    Postmortem
                    <input type="text" name="postmortem" value={wanted.postmortem ?? ''} maxlength={200} autocomplete="off" />
                  </label>
                  <label>
                    Key or address
                    <input type="text" name="who" value={wanted.who ?? ''} maxlength={254} autocomplete="off" />
                  </label>
                </div>
                <p class="acts">
                  <button type="submit">Show</button>
                  <a class="button soft" href="/home/audit">
                    Everything
                  </a>
                </p>
              </form>
            </search>
            <section class="panel">
              {problem && (
                <p class="said warn" role="alert">
                  {problem.errors?.map(({ field, problem: what, remedy }) => `${field} ${what}. ${remedy}`).join(' ') ?? problem.detail}
                </p>
              )}
              {body && <ActList acts={body.acts} addresses={body.addresses} visit={visit} />}
              <More path="/home/audit" query={wanted} cursor={body?.cursor} />
            </section>
          </>
        ),
      });
    },
  });
