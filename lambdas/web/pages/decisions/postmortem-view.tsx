/** @jsxImportSource hono/jsx */
import type { ActionRow } from '../../../../core/action/action.ts';
import { statusOf } from '../../../../core/action/status.ts';
import { printDayInFull, printDayOf, printPlainDate } from '../../../../core/calendar/print.ts';
import { nobodySignsWords } from '../../../../core/content/review-words.ts';
import type { Distribution } from '../../../../core/distribution/distribution.ts';
import { defaultDueOf } from '../../../../core/distribution/review-rules.ts';
import { labelsOf } from '../../../../core/distribution/severity-label.ts';
import type { LeadershipRendition } from '../../../../core/rendition/leadership-rendition.ts';
import type { LeftUndecided } from '../../../../core/review/decide.ts';
import { decisionWords } from '../../../../core/review/event-words.ts';
import type { FormOutcome, SignOffOutcome } from '../../../../core/review/press-decisions.ts';
import type { Review } from '../../../../core/review/review.ts';
import type { ListedEntry } from '../../../../core/search/search-entry.ts';
import type { Instant, PlainDate } from '../../../../core/shared/instant.ts';
import { page } from '../../../shared/pages/shell.tsx';
import { Facts } from '../../../shared/postmortem/facts.tsx';
import { LeadershipAccount } from '../../../shared/postmortem/leadership-body.tsx';
import { Pills } from '../../../shared/postmortem/pills.tsx';
import type { SimilarForms } from '../../../shared/postmortem/similar-forms.tsx';
import { maskAddress } from '../../mask-address.ts';
import { ActionFacts, AskedAction, momentWords, type ShownAction, type Telling } from './view.tsx';

export interface Acting {
  readonly name: string | undefined;
  readonly address: string;
  /** The office. */
  readonly as: string;
  /** When the link ends. */
  readonly until: Instant;
}

/** Whether its reader can sign, or why they cannot. */
export type Signing =
  | { readonly kind: 'open'; readonly dueOn: PlainDate; readonly isLate: boolean; readonly left: LeftUndecided }
  | { readonly kind: 'preliminary' }
  /** `other`: the office that signs instead. */
  | { readonly kind: 'own account'; readonly other: string | undefined }
  | { readonly kind: 'none'; readonly review: Review | undefined };

export interface PostmortemContent extends Telling {
  readonly whose: Distribution;
  readonly acting: Acting;
  readonly told: ListedEntry;
  readonly rendition: LeadershipRendition;
  /** Actions that can be decided on, those of this page alone. */
  readonly asked: readonly ShownAction[];
  readonly paging: { readonly page: number; readonly pages: number; readonly first: number; readonly all: number; readonly path: string };
  readonly others: readonly ActionRow[];
  readonly suggested: readonly { readonly lost: ActionRow; readonly like: ActionRow; readonly value: string }[];
  /** The one that its reader saw. */
  readonly revision: string;
  readonly signing: Signing;
  /** The ticks of a form that comes back. */
  readonly ticked: readonly ('sign' | 'leave')[];
  readonly effectiveAt: Instant;
  readonly firstDay: PlainDate;
  readonly notice?: Notice | undefined;
  /** Earlier postmortems of the same failure. */
  readonly before: ReturnType<typeof SimilarForms>;
  readonly archive: string | undefined;
  readonly all: { readonly path: string; readonly count: number };
}

/** What lacks in one action. `field`: the id of its field, if it is on the page. */
export interface Lack {
  readonly title: string;
  readonly says: string;
  readonly field?: string;
}

export type Notice =
  /** Nothing was stored. `isTickLacking`: to leave undecided what was asked. */
  | { readonly kind: 'lacking'; readonly lacks: readonly Lack[]; readonly isTickLacking: boolean; readonly missing: number }
  | {
      readonly kind: 'pressed';
      readonly outcome: FormOutcome;
      /** How many choices were about an action that is not known any more. */
      readonly missing: number;
      /** What was not taken and is not on the page any more, with why. */
      readonly gone: readonly { readonly title: string; readonly why: string }[];
    }
  | { readonly kind: 'nothing chosen' }
  | { readonly kind: 'reattached' | 'not reattached' };

export const ActsAs = ({ acting: { name, address, as } }: { readonly acting: Acting }) => (
  <p>
    You act as <b dir="auto">{[name, as].filter(Boolean).join(', ')}</b>.{' '}
    <span class="m">
      This page was mailed to <span class="address">{maskAddress(address)}</span>. If that is not you, close it.
    </span>
  </p>
);

/** One postmortem with its actions, and the form with which a reviewer decides on them. */
export const postmortemPage = (content: PostmortemContent) => {
  const { whose, acting, told, rendition, asked, paging, signing, now, zone, all, archive } = content;
  const undecided = asked.length;
  return page({
    title: `Review: ${told.title}`,
    whose,
    wide: true,
    children: (
      <>
        <h1>Review and decide</h1>
        <ActsAs acting={acting} />
        {content.notice && <NoticeOf notice={content.notice} now={now} zone={zone} />}
        <article class="panel">
          <Pills severity={told.severity} label={labelsOf(whose)[told.severity]} status={told.status} final />
          <h2 class="big" dir="auto">
            {told.title}
          </h2>
          {told.status === 'preliminary' && <p class="m">This account is preliminary. More is still being found out.</p>}
          <Facts of={rendition} now={now} zone={zone} products={whose.products} />
          <div class="doc compact">
            <LeadershipAccount of={rendition} />
          </div>
          {archive && (
            <p>
              <a href={archive}>Read it in the archive</a>
            </p>
          )}
        </article>
        {content.before}
        <Suggestions {...content} />
        <form method="post">
          <input type="hidden" name="revision" value={content.revision} />
          {asked.map((action, n) => (
            <AskedAction
              {...action}
              number={paging.first + n}
              of={paging.all}
              firstDay={content.firstDay}
              defaultDue={defaultDueOf(whose)}
              now={now}
              zone={zone}
            />
          ))}
          {paging.pages > 1 && <Paging {...paging} />}
          {undecided === 0 && <p class="panel">No action waits for a decision.</p>}
          <SignOff signing={signing} ticked={content.ticked} now={now} zone={zone} />
          {(undecided > 0 || signing.kind === 'open') && (
            <>
              <div class="acts">
                <button type="submit" name="press" value="decide">
                  Send
                </button>
              </div>
              <div class="said">
                <p>
                  <b>What happens then.</b> A receipt is mailed to you at once. From it you can take back what you sent, and make all your
                  links invalid.
                </p>
                <p>
                  Decisions count from <b>{momentWords(content.effectiveAt, content)}</b>. Until then you can take them back. Afterwards
                  only another decision changes them. Mails name the office, never the person.
                </p>
                {signing.kind === 'open' && (
                  <p>
                    A sign-off counts at once, and can be taken back as long. Afterwards the review stays over, unless a new action or a
                    higher severity opens it.
                  </p>
                )}
              </div>
            </>
          )}
        </form>
        <Others {...content} />
        <footer>
          This link works until {printDayInFull(acting.until, now, zone)}.{' '}
          <a href={all.path}>All reviews that wait for you ({all.count})</a>
        </footer>
      </>
    ),
  });
};

const Paging = ({ page: current, pages, path }: PostmortemContent['paging']) => (
  <nav class="panel" aria-label="More actions">
    <p>
      Page {current} of {pages}. Send what you chose here before you go on.{' '}
      {current > 1 && <a href={`${path}?page=${current - 1}`}>Actions before these</a>}{' '}
      {current < pages && <a href={`${path}?page=${current + 1}`}>More actions</a>}
    </p>
  </nav>
);

const SignOff = ({ signing, ticked, now, zone }: Telling & Pick<PostmortemContent, 'signing' | 'ticked'>) => (
  <section class="panel" aria-labelledby="sign-off">
    <h2 id="sign-off">Sign off</h2>
    {signing.kind === 'open' ? (
      <>
        <label class="check">
          <input type="checkbox" name="sign" value="yes" checked={ticked.includes('sign')} />
          <span>
            I have read the account. This ends the review, which {signing.isLate ? 'was' : 'is'} due on{' '}
            {printDayInFull(signing.dueOn, now, zone)}.
          </span>
        </label>
        {signing.left.undecided > 0 && (
          <p>
            {leftWords(signing.left, 'has', 'have')} no decision yet. If you sign, what has no decision stays undecided, and no brief asks
            for it again.
          </p>
        )}
        {signing.left.asked > 0 && (
          <label class="check">
            <input type="checkbox" id="leave" name="leave" value="yes" checked={ticked.includes('leave')} />
            <span>Sign also if a decision that was asked is not made.</span>
          </label>
        )}
        <p class="m small">If you do not sign, your decisions count, and the review stays open.</p>
      </>
    ) : (
      <p>{notSignedWords(signing, { now, zone })}</p>
    )}
  </section>
);

/** `2 actions have`, and how many of them were asked. */
function leftWords({ undecided, asked }: LeftUndecided, one: string, many: string): string {
  const all = `${counted(undecided, 'action')} ${undecided === 1 ? one : many}`;
  if (asked === 0) return all;
  if (undecided === 1) return `1 action on which you were asked to decide ${one}`;
  return `${counted(undecided, 'action')}, ${asked === undecided ? 'all' : asked} of them asked of you, ${many}`;
}

function notSignedWords(signing: Exclude<Signing, { kind: 'open' }>, { now, zone }: Telling): string {
  if (signing.kind === 'preliminary') return 'The account is preliminary. It can be signed once it is final. Decisions count now.';
  if (signing.kind === 'own account')
    return `You wrote this account or sent it, so you cannot sign it alone. ${signing.other === undefined ? nobodySignsWords : `${signing.other} signs it.`} Your decisions count.`;
  return reviewWords(signing.review, { now, zone });
}

/** Where a review stands that nobody can sign. */
function reviewWords(review: Review | undefined, { now, zone }: Telling): string {
  switch (review?.state) {
    case 'reviewed':
      return [
        `${review.as} signed on ${printDayOf(review.at, now, zone)}`,
        review.undecided > 0 && ` and left ${counted(review.undecided, 'action')} undecided`,
        '. Decisions can still be made.',
      ]
        .filter(Boolean)
        .join('');
    case 'waived':
      return `The review was waived on ${printDayOf(review.at, now, zone)}. Decisions can still be made.`;
    case 'awaiting postmortem':
      return `The review waits for the postmortem, which is due on ${printPlainDate(review.dueOn, now, zone)}.`;
    default:
      return 'This postmortem is not reviewed. Decisions can be made.';
  }
}

const Suggestions = ({ suggested, now, zone }: PostmortemContent) =>
  suggested.length === 0 ? null : (
    <section class="panel" aria-labelledby="lost">
      <h2 id="lost">Is it the same action?</h2>
      <p>A revision dropped an action with which people did something, and has one that is like it.</p>
      {suggested.map(({ lost, like, value }) => {
        const { decision, pending } = statusOf(lost, now);
        const standing = pending ?? decision;
        return (
          <form method="post">
            <p>
              Before: <b dir="auto">{lost.reported.title}</b>
              {standing && ` · ${standing.as} ${decisionWords(standing, now, zone)}`}
            </p>
            <p>
              Now: <b dir="auto">{like.reported.title}</b>
            </p>
            <input type="hidden" name="same" value={value} />
            <p class="acts">
              <button type="submit" class="soft" name="press" value="reattach">
                It is the same: keep what was decided
              </button>
            </p>
          </form>
        );
      })}
      <p class="m small">If it is another one, decide on the new one below. The suggestion ends after thirty days.</p>
    </section>
  );

const Others = ({ others, whose, now, zone }: PostmortemContent) =>
  others.length === 0 ? null : (
    <details>
      <summary>
        {others.length} more {others.length === 1 ? 'needs' : 'need'} no decision
      </summary>
      {others.map((row) => (
        <section class="panel">
          <h3 dir="auto">{row.reported.title}</h3>
          <ActionFacts row={row} defaultDue={defaultDueOf(whose)} now={now} zone={zone} />
        </section>
      ))}
    </details>
  );

const counted = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

const NoticeOf = ({ notice, now, zone }: Telling & { readonly notice: Notice }) => {
  if (notice.kind === 'nothing chosen')
    return (
      <p class="said open" role="status">
        You chose nothing, so nothing was sent.
      </p>
    );
  if (notice.kind === 'reattached')
    return (
      <p class="said" role="status">
        What was decided is kept with the action as it is now.
      </p>
    );
  if (notice.kind === 'lacking') return <LackingNotice {...notice} />;
  if (notice.kind === 'pressed') return <PressedNotice {...notice} now={now} zone={zone} />;
  return (
    <p class="said warn" role="alert">
      Nothing was changed: one of the two actions is not as it was. Look at them as they stand now.
    </p>
  );
};

const LackingNotice = ({ lacks, isTickLacking, missing }: Extract<Notice, { kind: 'lacking' }>) => (
  <div class="said warn" role="alert">
    <p>
      <b>Nothing was sent yet.</b> Your form is as you filled it in. Complete this and send it again:
    </p>
    <ul>
      {lacks.map(({ title, says, field }) => (
        <li>
          {field === undefined ? (
            <bdi>{title}</bdi>
          ) : (
            <a href={`#${field}`} dir="auto">
              {title}
            </a>
          )}
          : {says}
        </li>
      ))}
      {isTickLacking && (
        <li>
          <a href="#leave">Sign off</a>: a decision that was asked is not made. Decide on it, or tick that you sign all the same.
        </li>
      )}
      {missing > 0 && (
        <li>
          {counted(missing, 'action')} that you decided on {missing === 1 ? 'is' : 'are'} not there any more.
        </li>
      )}
    </ul>
  </div>
);

const PressedNotice = ({ outcome, missing, gone, now, zone }: Telling & Extract<Notice, { kind: 'pressed' }>) => {
  const kinds = [...outcome.decisions.values()].map(({ kind }) => kind);
  const [taken, already] = ['taken', 'already'].map((wanted) => kinds.filter((kind) => kind === wanted).length);
  const refused = kinds.length - (taken ?? 0) - (already ?? 0) + missing;
  const signed = outcome.signOff?.kind === 'signed';
  const isNotSigned = outcome.signOff !== undefined && !['signed', 'already'].includes(outcome.signOff.kind);
  const signOff = outcome.signOff && <p>{signOffWords(outcome.signOff, { now, zone })}</p>;
  return (
    <>
      {(refused > 0 || isNotSigned) && (
        <div class="said warn" role="alert">
          {refused > 0 && (
            <p>
              <b>{counted(refused, 'decision was', 'decisions were')} not taken.</b>{' '}
              {missing > 0 ? 'The action is not there any more.' : 'See below why.'}
            </p>
          )}
          {gone.length > 0 && (
            <ul>
              {gone.map(({ title, why }) => (
                <li>
                  <bdi>{title}</bdi>: {why}
                </li>
              ))}
            </ul>
          )}
          {isNotSigned && signOff}
        </div>
      )}
      {(taken || already || (signOff && !isNotSigned)) && (
        <div class="said" role="status">
          {taken ? (
            <p>
              <b>{counted(taken, 'decision')} taken.</b> {taken === 1 ? 'It counts' : 'They count'} from{' '}
              {momentWords(outcome.effectiveAt, { now, zone })}.
            </p>
          ) : null}
          {already ? <p>{counted(already, 'decision')} stood already.</p> : null}
          {!isNotSigned && signOff}
          {taken || signed ? <p>A receipt is on its way to you.</p> : null}
        </div>
      )}
    </>
  );
};

function signOffWords(outcome: SignOffOutcome, telling: Telling): string {
  switch (outcome.kind) {
    case 'signed':
      return `You signed: the review is over.${outcome.left.undecided === 0 ? '' : ` ${leftWords(outcome.left, 'stays', 'stay')} undecided.`}`;
    case 'already':
      return 'You had signed already.';
    case 'busy':
      return 'Not signed: others were changing the review at the same time. Send it again.';
    case 'decisions first':
      return 'Not signed, because a decision was not taken. Look at it, then sign.';
    case 'refused':
      break;
    default:
      return outcome satisfies never;
  }
  const { why } = outcome;
  switch (why.why) {
    case 'revised':
      return 'Not signed: the account was changed while you read it. Read it again, then sign.';
    case 'preliminary':
      return 'Not signed: the account is preliminary.';
    case 'own account':
      return 'Not signed: you wrote this account or sent it.';
    case 'not in review':
      return `Not signed. ${reviewWords(why.review, telling)}`;
    case 'asked':
      return `Not signed: ${counted(why.asked, 'action')} on which a decision is asked ${why.asked === 1 ? 'has' : 'have'} none. Decide, or tick that you sign all the same.`;
    default:
      return why satisfies never;
  }
}
