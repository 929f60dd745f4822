/** @jsxImportSource hono/jsx */
import { mineDays, minePublished, type OwnPostmortem } from '../../../core/authoring/mine.ts';
import { toCome } from '../../../core/authoring/outlook.ts';
import { printMoment, printPlainDate } from '../../../core/calendar/print.ts';
import { labelsOf } from '../../../core/distribution/severity-label.ts';
import { listActions } from '../../../core/operator/list-actions.ts';
import { isTellable, type Postmortem } from '../../../core/postmortem/postmortem.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { audiencesOf } from '../../../core/preferences/audiences-of.ts';
import { readReadership } from '../../../core/readership/read-readership.ts';
import { isConcerned } from '../../../core/rendition/renditions.ts';
import { dayMs } from '../../../core/shared/duration.ts';
import { audienceRows, tellsActions } from '../../../core/stream/audience.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { notUnderstood } from '../../shared/pages/refusals.tsx';
import { Pills } from '../../shared/postmortem/pills.tsx';
import type { HomeDeps } from '../deps.ts';
import { authorPage, type Visit } from '../guard.ts';
import { NoticePanel, ownNotice } from '../notices/of-one.tsx';
import { Said } from '../parts.tsx';
import { beforeOn, pressedBefore } from '../postmortems/before.tsx';
import { ReadershipPanel } from '../readership.tsx';
import { howToBeSure } from '../refusals.ts';
import { ReviewPanel, reviewOf } from '../reviews/of-one.tsx';
import { homePage } from '../shell.tsx';
import { PostCards, slackOutlookOf } from '../slack/outlook.tsx';
import { ActionPills, actionPath } from './action-parts.tsx';
import { openedFor, sureOf } from './draft.ts';
import { zoneOf } from './draft-view.tsx';
import { comes } from './shows.ts';
import { Went, wentTo } from './went.tsx';

const whys = { sender: 'You sent it', author: 'You are named as its author', team: 'Your team owns it' } as const;

/** Nobody is told of a draft, and of what is restricted or retracted. */
const stateOf = ({ status, restricted }: Pick<Postmortem, 'status' | 'restricted'>): string =>
  restricted ? 'Restricted' : `${status.charAt(0).toUpperCase()}${status.slice(1)}`;

/** What somebody published, is named in as author, or their team owns. */
export const minePage = (deps: HomeDeps): PageRoute =>
  authorPage(deps, {
    path: '/mine',
    async get({ request, ...visit }) {
      const asked = request.query.get('until') ?? '';
      const until =
        /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)) ? new Date(asked) : new Date(visit.now.getTime() + dayMs);
      const { own, unsure } = await minePublished(visit.signed.profile, until, {
        changedSince: deps.changedSince,
        readCurrent: deps.intake.postmortems.readCurrent,
        isSure: visit.rights.isOperator ? async () => true : sureOf(visit, deps),
      });
      const notices = await noticeStates(until, visit.now, deps);
      const earlier = new Date(until.getTime() - mineDays * dayMs).toISOString().slice(0, 10);
      return homePage({
        ...visit,
        title: 'Mine',
        here: '/home/mine',
        children: (
          <section class="panel">
            <h1>Mine</h1>
            <p class="m">
              What you published, what names you as an author, and what your team owns, changed in {mineDays} days. Latest first.
            </p>
            {own.length === 0 ? (
              <p>
                There is nothing. <a href="/home/write">Write one</a>
              </p>
            ) : (
              <ul class="hits">
                {own.map((one) => (
                  <Own one={one} notice={notices.get(one.id)} visit={visit} />
                ))}
              </ul>
            )}
            {unsure > 0 && (
              <p class="said open">
                {unsure === 1 ? 'One more of which nobody is told names' : `${unsure} more of which nobody is told name`} an author who may
                be you, and may be somebody else of that name. {howToBeSure}
              </p>
            )}
            <p>
              <a href={`/home/mine?until=${earlier}`}>Earlier ones</a>
            </p>
          </section>
        ),
      });
    },
  });

/** Of notices that wait for something. More are told on the page of each postmortem. */
const mostWaiting = 200;

const noticeChips: Readonly<Record<string, { readonly words: string; readonly look: string }>> = {
  held: { words: 'Not told to customers: held', look: 'sev2' },
  open: { words: 'For customers: waits for approval', look: 'sev3' },
  approved: { words: 'For customers: approved', look: 'sev3' },
  'sent back': { words: 'Not told to customers: sent back', look: 'sev2' },
  stopped: { words: 'Not told to customers: stopped', look: 'sev2' },
  lapsed: { words: 'Not told to customers: nobody answered', look: 'sev2' },
};

/** How the requests of notices stand, by postmortem. What waits counts before what rests. */
async function noticeStates(until: Date, now: Date, { operator }: HomeDeps): Promise<ReadonlyMap<string, string | undefined>> {
  const { lists } = operator.notices;
  const [resting, open] = await Promise.all([lists.resting(new Date(until.getTime() - mineDays * dayMs), now), lists.open(mostWaiting)]);
  return new Map([...resting, ...open].map(({ postmortem, state }) => [postmortem, state]));
}

interface OwnProps {
  readonly one: OwnPostmortem;
  /** How the request to approve its text for customers stands. */
  readonly notice: string | undefined;
  readonly visit: Visit;
}

const Own = ({ one, notice = '', visit }: OwnProps) => (
  <li>
    <p class="pills">
      <span class={`pill ${one.severity}`}>{labelsOf(visit.distribution)[one.severity]}</span>
      <span class="pill">{stateOf(one)}</span>
      {noticeChips[notice] && <span class={`pill ${noticeChips[notice].look}`}>{noticeChips[notice].words}</span>}
    </p>
    <h2 dir="auto">
      <a href={`/home/mine/${one.id}`}>{one.title}</a>
    </h2>
    <small class="m">
      Revision {one.revision}, {printMoment(one.updatedAt, visit.now, zoneOf(visit))} · {whys[one.as]}
    </small>
  </li>
);

/** One of them: how it stands, where it went, what comes. */
export const minePostmortemPage = (deps: HomeDeps): PageRoute =>
  authorPage(deps, {
    path: '/mine/{postmortem}',
    async get({ request, ...visit }) {
      const opened = await openedFor(request.params.postmortem, visit, deps);
      if ('answer' in opened) return opened.answer;
      const { stored, seesHidden } = opened;
      const { postmortem, revision, updatedAt } = stored;
      const { distribution, now } = visit;
      const zone = zoneOf(visit);
      const { editions } = await deps.operator.editions.list(100);
      const next = toCome(stored, distribution, editions, now).flatMap(({ audience, mails }) => mails.map((mail) => ({ audience, mail })));
      const readable = audiencesOf(visit.signed.profile, distribution, now).filter((audience) => isConcerned(audience, postmortem));
      const said = saidOf(request.query.get('done'), stored);
      const viewer = { seesHidden, seesAddresses: visit.rights.isOperator };
      const listing = { actions: deps.operator.actions, now, zone: distribution.organisation.zone };
      const [went, slack, review, promised, notice, readership, before] = await Promise.all([
        wentTo(stored.editions, deps),
        slackOutlookOf(stored, visit, deps),
        reviewOf(postmortem.id, visit, deps),
        listActions({ postmortem: postmortem.id }, { limit: 1 }, viewer, listing),
        ownNotice(stored, visit, deps),
        readReadership(postmortem, { zone: distribution.organisation.zone, now }, deps.operator.readership),
        judgesBefore(visit) ? beforeOn(postmortem.id, { ...visit, request }, deps) : undefined,
      ]);
      const actions = promised?.actions ?? [];
      return homePage({
        ...visit,
        title: postmortem.title,
        here: '/home/mine',
        children: (
          <>
            {said && <Said>{said}</Said>}
            <section class="panel">
              <div class="pills">
                <Pills severity={postmortem.severity} label={labelsOf(distribution)[postmortem.severity]} status="published" />
                <span class="pill">{stateOf(postmortem)}</span>
              </div>
              <h1 dir="auto">{postmortem.title}</h1>
              <p class="m">
                {postmortem.id}, revision {revision}, {printMoment(updatedAt, now, zone)}
              </p>
              <div class="acts">
                <a class="button" href={`/home/write?from=${postmortem.id}`}>
                  {postmortem.status === 'draft' ? 'Revise or publish it' : 'Revise it'}
                </a>
              </div>
              {isTellable(postmortem) && readable.length > 0 && (
                <p>
                  As a page that you may read:{' '}
                  {readable.map((audience, i) => (
                    <>
                      {i > 0 && ' · '}
                      <a href={`/archive/${audience}/${postmortem.id}`}>{audienceRows[audience].name}</a>
                    </>
                  ))}
                </p>
              )}
            </section>
            <section class="panel">
              <h2>Where it went</h2>
              {went.length === 0 ? <p class="m">{untoldWords(stored)}</p> : <Went went={went} visit={visit} />}
              {next.length > 0 && (
                <>
                  <h3>To come</h3>
                  <ul>
                    {next.map(({ audience, mail }) => (
                      <li>
                        {audienceRows[audience].name}: {comes(mail, distribution, { now, zone })}
                      </li>
                    ))}
                  </ul>
                </>
              )}
            </section>
            {before}
            {readership && <ReadershipPanel readership={{ ...readership, teams: [...readership.teams] }} visit={visit} />}
            {notice && <NoticePanel notice={notice} visit={visit} />}
            {review && <ReviewPanel review={review} visit={visit} />}
            {actions.length > 0 && (
              <section class="panel" aria-labelledby="actions">
                <h2 id="actions">What it promises</h2>
                <ul class="hits">
                  {actions.map((action) => (
                    <li>
                      <ActionPills action={action} />
                      <a href={actionPath(action.id)} dir="auto">
                        {action.title}
                      </a>
                      <small class="m block" dir="auto">
                        {[action.owner, action.due && `due ${printPlainDate(action.due, now, zone)}`].filter(Boolean).join(' · ')}
                      </small>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            {slack.length > 0 && (
              <section class="panel" aria-labelledby="slack">
                <h2 id="slack">In Slack</h2>
                <PostCards outlook={slack} />
              </section>
            )}
          </>
        ),
      });
    },
    post: {
      async answer(visit) {
        const opened = await openedFor(visit.request.params.postmortem, visit, deps);
        if ('answer' in opened) return opened.answer;
        const { id } = opened.stored.postmortem;
        return judgesBefore(visit) ? pressedBefore(id, `/home/mine/${id}`, visit) : notUnderstood();
      },
    },
  });

/** Whether they may read what an earlier postmortem promised. */
const judgesBefore = ({ rights, signed, distribution, now }: Visit): boolean =>
  rights.isOperator || audiencesOf(signed.profile, distribution, now).some(tellsActions);

/** What a press did, as far as it is so. */
function saidOf(done: string | null, { postmortem, revision }: StoredPostmortem): string | undefined {
  if (done !== 'published' && done !== 'same') return undefined;
  const isTold = isTellable(postmortem);
  if (done === 'same') return `It was ${isTold ? 'published' : 'stored'} already. Nothing was changed.`;
  if (isTold) return revision === 1 ? 'It is published.' : `Revision ${revision} is published.`;
  return `It is stored${postmortem.status === 'draft' ? ' as a draft' : ''}. Nobody is told of it.`;
}

function untoldWords({ postmortem, publication }: StoredPostmortem): string {
  if (!isTellable(postmortem))
    return `No mail tells of it: it is ${postmortem.restricted ? 'restricted' : postmortem.status === 'draft' ? 'a draft' : postmortem.status}.`;
  if (publication === 'history') return 'No mail tells of it: it counts as history.';
  return 'No mail has told of it yet. A mail at once takes a minute or two.';
}
