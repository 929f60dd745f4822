/** @jsxImportSource hono/jsx */
import { printMoment } from '../../../core/calendar/print.ts';
import {
  AuditAnswer,
  DeadLettersAnswer,
  EditionsAnswer,
  type HeldLane,
  type ListedEdition,
  StatusAnswer,
} from '../../../core/operator/api.ts';
import { dayMs } from '../../../core/shared/duration.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import { lanes as allLanes } from '../../../core/stream/stream.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import { ActList } from '../acts.tsx';
import { Braked } from '../braked.tsx';
import type { HomeDeps } from '../deps.ts';
import { authorPage, type Visit } from '../guard.ts';
import { HeldIncidents } from '../held.tsx';
import { LaneTable, letterLine } from '../lanes.tsx';
import { Brakes, EditionTable, editionPath, More, Of, Press, When, zoneFor } from '../parts.tsx';
import { homePage } from '../shell.tsx';
import { SlackNeeds, UrgentPosts } from '../slack/posts.tsx';
import { counted, heldBack, isRestored, kindOf, laneName, laneWords, stoppedWords } from '../words.ts';

const fewEditions = 10;
const fewActs = 5;
/** Acts of a month lie in one or two partitions of the table, those of a year in thirteen. */
const actsOfMs = 14 * dayMs;

/** Where operators begin: what waits for them, what left lately, lanes and acts. */
export const firstPage = (deps: HomeDeps): PageRoute =>
  authorPage(deps, {
    path: '',
    get: async (visit) => (visit.rights.isOperator ? operatorsFirst(visit) : seeOther('/home/write')),
  });

async function operatorsFirst(visit: Visit) {
  const since = toInstant(new Date(visit.now.getTime() - actsOfMs));
  const [status, deadLetters, { editions, cursor }, { acts, addresses }] = await Promise.all([
    visit.api.read('/operator/status', StatusAnswer),
    visit.api.read('/operator/dead-letters', DeadLettersAnswer),
    visit.api.read(`/operator/editions?limit=${fewEditions}`, EditionsAnswer),
    visit.api.read(`/operator/audit?limit=${fewActs}&since=${since}&addresses=true`, AuditAnswer),
  ]);
  return homePage({
    ...visit,
    title: 'Editions',
    here: '/home',
    children: (
      <>
        <h1>Editions</h1>
        <p class="m">{printMoment(visit.now.toISOString(), visit.now, zoneFor(visit))}</p>
        <NeedsYou status={status} editions={editions} deadLetters={deadLetters} visit={visit} />
        <section class="panel" aria-labelledby="lately">
          <h2 id="lately">Sent lately</h2>
          {editions.length === 0 ? (
            <p>No edition was made yet. The first one is made when a stream is due or a postmortem is published.</p>
          ) : (
            <EditionTable editions={editions} held={status.lanes} visit={visit} caption="The latest editions" />
          )}
          <More path="/home/editions" query={{}} cursor={cursor} />
          <p>
            <a href="/home/editions">All editions</a> · <a href="/home/editions?of=service">Mails to one person</a>
          </p>
        </section>
        <div class="beside">
          <section class="panel" aria-labelledby="lanes">
            <h2 id="lanes">Lanes</h2>
            <LaneTable held={status.lanes} deadLetters={deadLetters} visit={visit} />
          </section>
          <section class="panel" aria-labelledby="done">
            <h2 id="done">Done lately</h2>
            <ActList acts={acts} addresses={addresses} visit={visit} />
            <p>
              <a href="/home/audit">The whole audit log</a>
            </p>
          </section>
        </div>
      </>
    ),
  });
}

interface Needs {
  readonly status: StatusAnswer;
  /** The latest. Those under way are among them. */
  readonly editions: readonly ListedEdition[];
  readonly deadLetters: DeadLettersAnswer;
  readonly visit: Visit;
}

/** One line for each thing that waits for somebody, with what to do about it. */
const NeedsYou = ({ status, editions, deadLetters: { queues }, visit }: Needs) => {
  const { unsent, missing, late, paused, unconfirmed, lanes, unheard, braked, needsDeploy, slack, drift, held, overdue, reminders } =
    status;
  const waits =
    slack !== undefined ||
    drift !== undefined ||
    held !== undefined ||
    braked !== undefined ||
    overdue !== undefined ||
    reminders?.late !== undefined ||
    [unsent, missing, late, paused, unconfirmed, lanes, unheard, needsDeploy, queues].some(({ length }) => length > 0);
  return (
    <section class="panel" aria-labelledby="needs">
      <h2 id="needs">Needs you</h2>
      {!waits && <p>Nothing waits for you: no dead letters, nothing paused, no unsent alert, and what is in force is deployed.</p>}
      <ul class="needs">
        {slack && <UrgentPosts slack={slack} visit={visit} />}
        {unsent.map(({ postmortem, since, why }) => (
          <li>
            <span class="pill sev1">Unsent</span>
            <div>
              An alert about <strong>{postmortem}</strong> has not left{why === 'some skipped' ? ' to all its readers' : ''}.
              <small class="m block">
                {whyUnsent[why] ?? why} Since <When at={since} visit={visit} />.
              </small>
            </div>
          </li>
        ))}
        {missing.map(({ edition, due }) => (
          <li>
            <span class="pill sev1">Missing</span>
            <div>
              <strong>{edition}</strong> was due and is not there.
              <small class="m block">
                Due <When at={due} visit={visit} />. Look for its message among the dead letters of compose.
              </small>
            </div>
          </li>
        ))}
        {late.map(({ stream, postmortem, dueAt }) => (
          <li>
            <span class="pill sev1">Late</span>
            <div>
              An update about <strong>{postmortem}</strong> is late.
              <small class="m block">
                {stream}, due <When at={dueAt} visit={visit} />.
              </small>
            </div>
          </li>
        ))}
        {reminders?.late !== undefined && (
          <li>
            <span class="pill sev1">{reminders.held ? 'Held back' : 'Late'}</span>
            <div>
              Nobody was reminded of <strong>{reminders.late}</strong>.
              <small class="m block">
                {reminders.held
                  ? `It would be ${counted(reminders.held.people, 'mail')} for a staff of ${reminders.held.staff}. If that is right: afterword reminders run --yes`
                  : 'What a run would do, on the command line: afterword reminders'}
              </small>
            </div>
          </li>
        )}
        {queues.map((queue) => (
          <li>
            <span class="pill sev1">Dead letters</span>
            <div>
              {counted(queue.letters, 'message')} of <strong>{queue.queue}</strong> could not be handled.
              <small class="m block">{queue.first[0] ? letterLine(queue.first[0]) : 'They are being moved back.'}</small>
            </div>
            <div class="acts">
              <a class="button soft" href={`/home/lanes#${queue.queue}`}>
                Look
              </a>
            </div>
          </li>
        ))}
        {lanes.map((held) => (
          <li>
            <span class="pill sev2">{held.paused ? 'Paused' : 'Stopped'}</span>
            <div>
              The lane <strong>{laneName(held.lane)}</strong> lets no mail through.
              <small class="m block">
                {held.paused && isRestored(held) && 'The table was restored. Settle it on the command line: afterword settle --help.'}
                {held.paused && !isRestored(held) && (
                  <>
                    Paused since <When at={held.paused.at} visit={visit} />.
                  </>
                )}
                {!held.paused && held.stopped && (
                  <>
                    {stoppedWords(held.stopped.code)} Since <When at={held.stopped.since} visit={visit} />.
                  </>
                )}
              </small>
              <Behind held={held} editions={editions} />
            </div>
            {!isRestored(held) && (
              <div class="acts">
                <Press action={`/home/lanes/${held.lane}/resume`} signed={visit.signed} of={laneName(held.lane)}>
                  {held.paused ? 'Resume' : 'Try now'}
                </Press>
              </div>
            )}
          </li>
        ))}
        {paused.map((listed) => (
          <li>
            <span class="pill sev2">Paused</span>
            <div>
              <a href={editionPath(listed.edition)}>{listed.subject}</a> is paused.
              <small class="m block">{kindOf(listed, visit.distribution)}</small>
            </div>
            <Brakes listed={listed} visit={visit} />
          </li>
        ))}
        {unconfirmed.map((listed) => (
          <li>
            <span class="pill sev2">Unconfirmed</span>
            <div>
              {counted(listed.counts.unconfirmed ?? 0, 'mail')} of <a href={editionPath(listed.edition)}>{listed.subject}</a>{' '}
              {listed.counts.unconfirmed === 1 ? 'is' : 'are'} unconfirmed.
              <small class="m block">
                {listed.counts.unconfirmed === 1 ? 'Nobody knows whether it arrived.' : 'Nobody knows whether they arrived.'}
              </small>
            </div>
            <div class="acts">
              <a class="button soft" href={editionPath(listed.edition, '/resend')}>
                Resend
              </a>
            </div>
          </li>
        ))}
        {slack && <SlackNeeds slack={slack} visit={visit} />}
        {held && <HeldIncidents held={held} visit={visit} />}
        {overdue && (
          <li>
            <span class="pill sev2">Overdue</span>
            <div>
              <strong>
                {[
                  ...(overdue.reviews ? [counted(overdue.reviews, 'review')] : []),
                  ...(overdue.postmortems ? [`${counted(overdue.postmortems, 'postmortem')} not there yet`] : []),
                ].join(' and ')}
              </strong>
              , up to {counted(overdue.days, 'working day')}.
            </div>
            <div class="acts">
              <a class="button soft" href="/home/reviews?show=overdue">
                Look
                <Of what="at what is overdue" />
              </a>
            </div>
          </li>
        )}
        {braked && <Braked braked={braked} visit={visit} />}
        {unheard.map(({ post, why, subscriber, address = 'Somebody' }) => (
          <li>
            <span class="pill sev2">No mail</span>
            <div>
              <strong>{address}</strong>, {post}, gets no mail.
              <small class="m block">The distribution file names this person: {why}.</small>
            </div>
            <div class="acts">
              <a class="button soft" href={subscriber ? `/home/people/${subscriber}` : '/home/people'}>
                Look
                <Of what={address} />
              </a>
            </div>
          </li>
        ))}
        {needsDeploy.length > 0 && (
          <li>
            <span class="pill">Differs</span>
            <div>
              What is in force is not deployed in {counted(needsDeploy.length, 'place')}.
              <small class="m block">{needsDeploy.slice(0, 4).join(', ')}</small>
            </div>
            <div class="acts">
              <a class="button soft" href="/home/in-force">
                Compare
              </a>
            </div>
          </li>
        )}
        {drift && (
          <li>
            <span class="pill">Drift</span>
            <div>
              <strong>{counted(drift.findings, 'finding')}</strong> of the last check for drift.
              <small class="m block">
                What differs from the distribution file, looked at <When at={drift.at} visit={visit} />.
              </small>
            </div>
            <div class="acts">
              <a class="button soft" href="/home/drift">
                Look
                <Of what="at what differs from the distribution file" />
              </a>
            </div>
          </li>
        )}
      </ul>
      {reminders && (
        <p class="m small">
          Reminders leave at {reminders.at} on working days.{' '}
          {reminders.lastDay === undefined ? 'Nobody was reminded yet.' : `People were told up to ${reminders.lastDay}.`}
        </p>
      )}
    </section>
  );
};

const Behind = ({ held, editions }: { readonly held: HeldLane; readonly editions: readonly ListedEdition[] }) => {
  const waiting = editions.filter((one) => heldBack(one, [held]) !== undefined);
  const known = allLanes.find((lane) => lane === held.lane);
  return (
    <small class="block">
      {waiting.length > 0 && (
        <>
          Behind it waits{' '}
          {waiting.map(({ edition, subject }, i) => (
            <>
              {i > 0 && ', '}
              <a href={editionPath(edition)}>{subject}</a>
            </>
          ))}
          .{' '}
        </>
      )}
      {known && `It carries: ${lowerFirst(laneWords[known].carries)}.`}
    </small>
  );
};
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

const whyUnsent: Readonly<Record<string, string>> = {
  'no edition': 'It was never composed.',
  nobody: 'No mail of it was accepted.',
  'some skipped': 'It was withheld from some of them, and may be shown now.',
};
