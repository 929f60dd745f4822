/** @jsxImportSource hono/jsx */
import { noticeRulesOf } from '../../../core/distribution/notice-rules.ts';
import type { ListedExternal } from '../../../core/notice/listed-external.ts';
import { standingWords } from '../../../core/notice/why-held.ts';
import { NoticesAnswer, noticeStates } from '../../../core/operator/notices-api.ts';
import { PlainDate } from '../../../core/shared/instant.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import type { HomeDeps } from '../deps.ts';
import { operatorPage, type Visit } from '../guard.ts';
import { HowMany, Of, Pages, pageOf, Said, When } from '../parts.tsx';
import { postmortemPath } from '../postmortems/words.ts';
import { homePage } from '../shell.tsx';
import { counted } from '../words.ts';

const looks: Readonly<Record<string, string>> = { held: 'sev2', open: 'sev3', approved: 'sev3', releasing: 'sev3', released: 'ok' };
const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
const saidWords: Readonly<Record<string, string>> = {
  stop: 'Stopped. Its writer and its approvers are told.',
  withdraw: 'It is being withdrawn. Whoever may have a mail of it gets one that says so.',
};

/** Where notices to customers stand, in one list, without their titles and texts. */
export const noticesPage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/notices',
    async get(visit) {
      const { query } = visit.request;
      const state = noticeStates.find((one) => one === query.get('state')) ?? '';
      const since = PlainDate.safeParse(query.get('since')).data ?? '';
      const asked = new URLSearchParams({ state, ...(since && { since }) });
      const { notices, notLookedAt } = await visit.api.read(`/operator/notices?${asked}`, NoticesAnswer);
      const listed = pageOf(notices, query);
      const { page, last, shown } = listed;
      const said = saidWords[query.get('done') ?? ''];
      return homePage({
        ...visit,
        title: 'Notices to customers',
        here: '/home/notices',
        children: (
          <>
            <h1>Notices to customers</h1>
            {said !== undefined && <Said>{said}</Said>}
            {!noticeRulesOf(visit.distribution) && (
              <div class="said warn">
                <p>The file in force names no approvers: nobody is asked, and nothing goes to customers.</p>
              </div>
            )}
            <section class="panel">
              <form method="get" action="/home/notices">
                <div class="filters">
                  <label>
                    Show
                    <select name="state">
                      <option value="">All</option>
                      {noticeStates.map((one) => (
                        <option value={one} selected={one === state}>
                          {capital(one)}
                        </option>
                      ))}
                    </select>
                  </label>
                  <label>
                    At rest since
                    <input type="date" name="since" value={since} />
                  </label>
                </div>
                <p class="acts">
                  <button type="submit">Show</button>
                </p>
              </form>
            </section>
            <section class="panel" aria-labelledby="found">
              <HowMany of={listed} one="notice" order="what is due first" />
              {shown.length > 0 && <NoticeTable notices={shown} visit={visit} />}
              <Pages path="/home/notices" query={{ state, since }} page={page} last={last} words={['Before', 'After']} />
              {notLookedAt.map((one) => (
                <p class="m">{one}</p>
              ))}
            </section>
          </>
        ),
      });
    },
  });

const NoticeTable = ({ notices, visit }: { readonly notices: readonly ListedExternal[]; readonly visit: Visit }) => (
  <table class="list">
    <caption class="unseen">Notices, what is due first</caption>
    <thead>
      <tr>
        <th scope="col">Postmortem</th>
        <th scope="col">State</th>
        <th scope="col">Customers read</th>
        <th scope="col">Acts</th>
      </tr>
    </thead>
    <tbody>
      {notices.map((notice) => (
        <tr>
          <th scope="row">
            <a href={postmortemPath(notice.postmortem)}>{notice.postmortem}</a>
          </th>
          <td>
            <Standing of={notice} visit={visit} />
          </td>
          <td data-label="Customers read">
            <Shown of={notice} visit={visit} />
          </td>
          <td class="end">
            <Acts of={notice} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

interface Props {
  readonly of: ListedExternal;
  readonly visit: Visit;
}

const Standing = ({ of: { state, why, at, approvals, releaseAt }, visit }: Props) => (
  <>
    <div class="pills">
      <span class={`pill ${looks[state ?? ''] ?? ''}`}>{state === undefined ? 'Not asked yet' : capital(state)}</span>
    </div>
    {why !== undefined && <small class="block">{capital(why)}</small>}
    <small class="block">{standingWords({ state, why })}</small>
    {approvals !== undefined && <small class="block">{counted(approvals, 'approval')}</small>}
    {releaseAt !== undefined && (
      <small class="block">
        The hold lasts until <When at={releaseAt} visit={visit} />
      </small>
    )}
    {at !== undefined && (
      <small class="m block">
        Since <When at={at} visit={visit} />
      </small>
    )}
  </>
);

const Shown = ({ of: { shown, isBeingWithdrawn, hiddenSince }, visit }: Props) => (
  <>
    {isBeingWithdrawn ? 'Being withdrawn' : shown === undefined ? 'Nothing' : `Version ${shown}`}
    {hiddenSince !== undefined && (
      <small class="block">
        Hidden from staff since <When at={hiddenSince} visit={visit} />
      </small>
    )}
  </>
);

const Acts = ({ of: { postmortem, state, shown } }: Pick<Props, 'of'>) => (
  <div class="acts">
    {(state === 'open' || state === 'approved') && (
      <a class="button soft" href={`/home/notices/${postmortem}/stop`}>
        Stop
        <Of what={postmortem} />
      </a>
    )}
    {(shown !== undefined || state === 'releasing') && (
      <a class="button soft danger" href={`/home/notices/${postmortem}/withdraw`}>
        Withdraw
        <Of what={postmortem} />
      </a>
    )}
  </div>
);
