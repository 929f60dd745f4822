/** @jsxImportSource hono/jsx */

import { streamTitle } from '../../../core/distribution/stream-words.ts';
import { parseEditionId } from '../../../core/edition/edition-id.ts';
import { EditionAnswer, UpdatesAnswer } from '../../../core/operator/api.ts';
import { StreamName, updateStreams } from '../../../core/stream/stream.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import type { HomeDeps } from '../deps.ts';
import { operatorPage, type Visit } from '../guard.ts';
import { Brakes, editionPath, Outcomes, Said, State, When } from '../parts.tsx';
import { homePage } from '../shell.tsx';
import { counted, grouped, kindOf, toldCounts } from '../words.ts';

/** One edition: what it carries, what became of each mail, and what can be done. */
export const editionPage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/editions/{edition}',
    async get(visit) {
      const id = visit.request.params.edition ?? '';
      const found = await visit.api.read(`/operator/editions/${encodeURIComponent(id)}?addresses=true`, EditionAnswer);
      const updates = await updatesOf(found, visit);
      return homePage({
        ...visit,
        title: found.subject,
        here: '/home',
        children: (
          <>
            <h1>{found.subject}</h1>
            <p class="m">
              {kindOf(found, visit.distribution)} · <code>{found.edition}</code>
            </p>
            <Done found={found} done={visit.request.query.get('done')} />
            <section class="panel" aria-labelledby="stands">
              <h2 id="stands">How it stands</h2>
              <dl>
                <dt>State</dt>
                <dd>
                  <State listed={found} held={found.lanes} visit={visit} />
                </dd>
                <dt>Scheduled for</dt>
                <dd>
                  <When at={found.scheduledFor} visit={visit} />
                </dd>
                <dt>Composed</dt>
                <dd>
                  <When at={found.composedAt} visit={visit} />
                </dd>
                {found.completedAt && (
                  <>
                    <dt>Complete</dt>
                    <dd>
                      <When at={found.completedAt} visit={visit} />
                    </dd>
                  </>
                )}
              </dl>
              <Outcomes listed={found} />
              <OutcomeTable found={found} />
              <Brakes listed={found} visit={visit} />
              <p>
                <a href={editionPath(found.edition, '/reach')}>What SES reported about its mails</a>
              </p>
            </section>
            <Carried found={found} />
            {updates && <Updates updates={updates} visit={visit} />}
            <People heading="In doubt" text="They wait for evidence from SES." sids={found.inDoubt} found={found} />
            <People
              heading="Unconfirmed"
              text="Nobody knows whether these mails arrived. They can be sent again."
              sids={found.unconfirmed}
              found={found}
            />
            <People
              heading="Refused"
              text="SES refused these mails for good. They are not tried again in this edition."
              sids={Object.keys(found.refused)}
              found={found}
            />
          </>
        ),
      });
    },
  });

/** Says what a form did, if it is so. */
const Done = ({ found: { state }, done }: { readonly found: EditionAnswer; readonly done: string | null }) => {
  if (done === 'pause' && state === 'paused') return <Said>It is paused. Sending stops within seconds.</Said>;
  if (done === 'resume' && state !== 'paused') return <Said>It continues within a minute.</Said>;
  if (done === 'recall' && state === 'recalled') return <Said>It is recalled. Whoever has not got it yet will not get it.</Said>;
  const asked = /^resend-(\d{1,4})$/.exec(done ?? '')?.[1];
  return asked === undefined ? null : (
    <Said>
      {counted(Number(asked), 'delivery', 'deliveries')} will be settled or sent again within a minute. Until then the numbers below are
      those from before.
    </Said>
  );
};

const OutcomeTable = ({ found }: { readonly found: EditionAnswer }) => {
  const { accepted, rest } = toldCounts(found);
  if (accepted === 0 && rest.length === 0) return <p class="m">No reader has an outcome yet.</p>;
  return (
    <div class="table">
      <table>
        <caption class="unseen">Readers by outcome</caption>
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col">Readers</th>
          </tr>
        </thead>
        <tbody>
          {[{ outcome: 'accepted', count: accepted }, ...rest].map(({ outcome, count }) => (
            <tr>
              <th scope="row">{outcome}</th>
              <td>{grouped(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Carried = ({ found: { carries, corrects, takesBack, corrected } }: { readonly found: EditionAnswer }) => (
  <section class="panel" aria-labelledby="carries">
    <h2 id="carries">What it carries</h2>
    {carries.length === 0 ? (
      <p>It has no postmortem.</p>
    ) : (
      <ul class="acted">
        {carries.map(({ id, revision, title, severity, severityLabel = severity }) => (
          <li>
            <span class={`pill ${severity}`}>{severityLabel}</span> {title}
            <small class="m block">
              {id}, revision {revision}
              {corrected.includes(id) && ' · corrected since it was composed; mails to come say so'}
            </small>
          </li>
        ))}
      </ul>
    )}
    {corrects.length > 0 && (
      <p>It corrects what earlier editions told: {corrects.map(({ id, from, to }) => `${id}, revision ${from} by ${to}`).join('; ')}.</p>
    )}
    {takesBack.length > 0 && <p>It takes back what earlier editions told, without a title: {takesBack.join(', ')}.</p>}
  </section>
);

/** The other mails about the same incident, where its stream tells an incident in several. */
async function updatesOf({ edition, carries }: EditionAnswer, { api }: Visit): Promise<UpdatesAnswer['updates'] | undefined> {
  const { stream, frequency } = parseEditionId(edition);
  const [only, ...others] = carries;
  const isUpdate = frequency === 'published' || updateStreams.some((one) => one === stream);
  if (!only || others.length > 0 || !isUpdate) return undefined;
  const { updates } = await api.read(`/operator/updates?postmortem=${encodeURIComponent(only.id)}`, UpdatesAnswer);
  return updates.length > 0 ? updates : undefined;
}

const titleOf = (stream: string, { distribution }: Visit) => {
  const known = StreamName.safeParse(stream).data;
  return known ? streamTitle(known, distribution) : stream;
};

const mailWords: Readonly<Record<string, string>> = {
  first: 'The first mail',
  update: 'An update',
  lowered: 'Lowered',
  withdrawn: 'Withdrawn',
  reinstated: 'It stands again',
};

const Updates = ({ updates, visit }: { readonly updates: UpdatesAnswer['updates']; readonly visit: Visit }) => (
  <section class="panel" aria-labelledby="updates">
    <h2 id="updates">All mails about this incident</h2>
    {updates.map(({ stream, mails, next }) => (
      <>
        <h3>{titleOf(stream, visit)}</h3>
        <ol class="acted">
          {mails.map(({ edition, kind, revision, at, state = 'is being made' }) => (
            <li>
              <a href={editionPath(edition)}>{mailWords[kind] ?? kind}</a>
              <small class="m block">
                Revision {revision}, {state} · <When at={at} visit={visit} />
              </small>
            </li>
          ))}
        </ol>
        {next && (
          <p>
            {next.state === 'waiting' ? 'The next is due ' : 'The last one is being made: '}
            <When at={next.dueAt} visit={visit} />
            {next.state === 'waiting' && ', unless nothing differs by then'}.
          </p>
        )}
      </>
    ))}
  </section>
);

interface Named {
  readonly heading: string;
  readonly text: string;
  readonly sids: readonly string[];
  readonly found: EditionAnswer;
}
const mostShown = 50;

const People = ({ heading, text, sids, found: { addresses = {}, refused } }: Named) =>
  sids.length === 0 ? null : (
    <section class="panel" aria-labelledby={heading}>
      <h2 id={heading}>{heading}</h2>
      <p>{text}</p>
      <ul>
        {sids.slice(0, mostShown).map((sid) => (
          <li>
            {addresses[sid] ?? 'a person who is gone'}
            {refused[sid] && <small class="m"> {refused[sid]}</small>}
          </li>
        ))}
      </ul>
      {sids.length > mostShown && <p class="m">And {counted(sids.length - mostShown, 'more', 'more')}.</p>}
    </section>
  );
