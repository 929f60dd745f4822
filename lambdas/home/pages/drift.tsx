/** @jsxImportSource hono/jsx */
import { DriftAnswer } from '../../../core/operator/api.ts';
import { grouped, urgencyWords } from '../../../core/runbook/finding.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import type { HomeDeps } from '../deps.ts';
import { operatorPage } from '../guard.ts';
import { Of, When } from '../parts.tsx';
import { homePage } from '../shell.tsx';
import { counted } from '../words.ts';

type Found = DriftAnswer['findings'][number];

/** What differs between the file in force and what is so, looked at now. */
export const driftPage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/drift',
    get: async (visit) => {
      const { at, findings, more, notLookedAt } = await visit.api.read('/operator/drift', DriftAnswer);
      return homePage({
        ...visit,
        title: 'Drift',
        here: '/home/drift',
        children: (
          <>
            <h1>Drift</h1>
            <p class="m">
              What differs between the file in force and what is so. Looked at <When at={at} visit={visit} />. {urgencyWords} Operators get
              it as a mail on Mondays while there is anything.
            </p>
            {findings.length === 0 && (
              <section class="panel">
                <p>Nothing differs: what the file in force says is so.</p>
              </section>
            )}
            {grouped(findings).map((group, n) => (
              <section class="panel" aria-labelledby={`area-${n}`}>
                <h2 id={`area-${n}`}>{group.heading}</h2>
                <ul class="needs">
                  {group.findings.map((finding) => (
                    <Line finding={finding} />
                  ))}
                </ul>
              </section>
            ))}
            {more > 0 && <p>And {counted(more, 'finding')} more, which are listed once some of these are mended.</p>}
            {notLookedAt.length > 0 && (
              <section class="panel" aria-labelledby="unseen">
                <h2 id="unseen">Not looked at</h2>
                <ul>
                  {notLookedAt.map((said) => (
                    <li>{said}</li>
                  ))}
                </ul>
              </section>
            )}
          </>
        ),
      });
    },
  });

const pills: Readonly<Record<string, string>> = { now: 'pill sev1', soon: 'pill sev2' };

const Line = ({
  finding: { urgency, what, why, remedy, subscriber, address, postmortems = [], owners = [] },
}: {
  readonly finding: Found;
}) => (
  <li>
    <span class={pills[urgency] ?? 'pill'}>{urgency}</span>
    <div>
      <strong>{what}</strong>
      {address !== undefined && ` (${address})`}: {why}.<small class="m block">{remedy}</small>
      {owners.length > 0 && <small class="block">{owners.map((owner) => `“${owner}”`).join(', ')}</small>}
      {postmortems.length > 0 && (
        <small class="block">
          {postmortems.map((postmortem, n) => (
            <>
              {n > 0 && ', '}
              <a href={`/home/postmortems/${postmortem}`}>{postmortem}</a>
            </>
          ))}
        </small>
      )}
    </div>
    {subscriber && (
      <div class="acts">
        <a class="button soft" href={`/home/people/${subscriber}`}>
          Look
          <Of what={address ?? what} />
        </a>
      </div>
    )}
  </li>
);
