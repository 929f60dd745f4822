/** @jsxImportSource hono/jsx */
import { EditionAnswer, EditionsAnswer, ReachAnswer } from '../../../core/operator/api.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import type { HomeDeps } from '../deps.ts';
import { operatorPage } from '../guard.ts';
import { editionPath, More, Outcomes, When } from '../parts.tsx';
import { homePage } from '../shell.tsx';
import { grouped, kindOf } from '../words.ts';

const pageSize = '25';

/** Whom editions reached: a list of them, and what SES reported about one. */
export const reachPages = (deps: HomeDeps): PageRoute[] => [
  operatorPage(deps, {
    path: '/reach',
    async get(visit) {
      const cursor = visit.request.query.get('cursor');
      const asked = new URLSearchParams({ limit: pageSize, ...(cursor && { cursor }) });
      const { editions, cursor: next } = await visit.api.read(`/operator/editions?${asked}`, EditionsAnswer);
      return homePage({
        ...visit,
        title: 'Reach',
        here: '/home/reach',
        children: (
          <>
            <h1>Reach</h1>
            <p class="m">What became of mails after SES accepted them. It is counted when you open an edition.</p>
            <section class="panel">
              {editions.length === 0 && <p>No edition was made yet.</p>}
              <ul class="acted">
                {editions.map((listed) => (
                  <li>
                    <a href={editionPath(listed.edition, '/reach')}>{listed.subject}</a>
                    <small class="m block">
                      {kindOf(listed, visit.distribution)} · <When at={listed.scheduledFor} visit={visit} />
                    </small>
                    <Outcomes listed={listed} />
                  </li>
                ))}
              </ul>
              <More path="/home/reach" query={{}} cursor={next} />
            </section>
          </>
        ),
      });
    },
  }),
  operatorPage(deps, {
    path: '/editions/{edition}/reach',
    async get(visit) {
      const id = encodeURIComponent(visit.request.params.edition ?? '');
      const [edition, { mails, states, opens, teams }] = await Promise.all([
        visit.api.read(`/operator/editions/${id}`, EditionAnswer),
        visit.api.read(`/operator/editions/${id}/reach`, ReachAnswer),
      ]);
      return homePage({
        ...visit,
        title: `Reach of ${edition.subject}`,
        here: '/home/reach',
        children: (
          <>
            <h1>{edition.subject}</h1>
            <p class="m">
              {kindOf(edition, visit.distribution)} · <a href={editionPath(edition.edition)}>the edition</a>
            </p>
            <section class="panel" aria-labelledby="states">
              <h2 id="states">What SES reported</h2>
              {mails === 0 ? (
                <p>SES has not reported anything about its mails yet.</p>
              ) : (
                <dl>
                  {Object.entries(states).map(([state, count]) => (
                    <>
                      <dt>{state}</dt>
                      <dd>{grouped(count)}</dd>
                    </>
                  ))}
                </dl>
              )}
            </section>
            {mails > 0 && (
              <section class="panel" aria-labelledby="opens">
                <h2 id="opens">Opened, as an estimate</h2>
                <p class="m">Machines open mails too, and people read without a trace. Nobody is counted by name (docs/adr/011).</p>
                {opens ? (
                  <table class="list">
                    <caption class="unseen">Opens by team</caption>
                    <thead>
                      <tr>
                        <th scope="col">Team</th>
                        <th scope="col">Mails</th>
                        <th scope="col">Likely people</th>
                        <th scope="col">Machines</th>
                        <th scope="col">Unknown</th>
                      </tr>
                    </thead>
                    <tbody>
                      {[{ team: 'Everybody', mails, opens }, ...teams].map((row) => (
                        <tr>
                          <th scope="row">{row.team}</th>
                          <td data-label="Mails">{grouped(row.mails)}</td>
                          <td data-label="Likely people">{grouped(row.opens['likely human'])}</td>
                          <td data-label="Machines">{grouped(row.opens.machine)}</td>
                          <td data-label="Unknown">{grouped(row.opens.unknown)}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                ) : (
                  <p>With so few readers, a count would show who opened it.</p>
                )}
              </section>
            )}
          </>
        ),
      });
    },
  }),
];
