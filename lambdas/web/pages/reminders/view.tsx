/** @jsxImportSource hono/jsx */
import { datedStatusOf } from '../../../../core/action/default-due.ts';
import { isUnfinished, statusOf } from '../../../../core/action/status.ts';
import { daysLate, printPlainDate } from '../../../../core/calendar/print.ts';
import type { Distribution } from '../../../../core/distribution/distribution.ts';
import { defaultDueOf } from '../../../../core/distribution/review-rules.ts';
import {
  type Answer,
  type AnswerFlaw,
  type AnswerRefusal,
  type AskedAction,
  answerLength,
  type OwnHandOver,
  type SentAnswer,
} from '../../../../core/reminder/answer-reminder.ts';
import { toInstant } from '../../../../core/shared/instant.ts';
import type { HttpAnswer } from '../../../shared/http-answer.ts';
import { page } from '../../../shared/pages/shell.tsx';
import { maskAddress } from '../../mask-address.ts';
import { ActionFacts, momentWords, type Telling } from '../decisions/view.tsx';

/** Why an answer changed nothing. */
export type NotTaken = AnswerRefusal | 'full' | 'gone' | 'busy' | 'never asked';

/** What became of an answer. `action`: the name of the action, or its place on the page. */
export type Notice =
  | { readonly kind: 'taken'; readonly what: Answer['kind']; readonly action: string }
  | { readonly kind: 'not taken'; readonly why: NotTaken; readonly action: string }
  | { readonly kind: 'flawed'; readonly flaws: readonly AnswerFlaw[]; readonly sent: SentAnswer; readonly action: string };

const notTaken: Readonly<Record<NotTaken, string>> = {
  moved: 'Somebody else owns it since your mail was made.',
  withdrawn: 'The postmortem no longer has this action.',
  reviewer: 'You were told of it as a reviewer. You decide on the page to which the mail of a review leads.',
  hidden: 'Nobody may be told of this action any more.',
  'never asked': 'The mail of this page did not ask about that action. Use the link of the mail that did.',
  closed: 'It is closed. Open it again first.',
  decided: 'Leadership accepted the risk, and only another decision changes that.',
  kept: 'It stays as it is.',
  'said before': 'It was said before.',
  'not asked': 'Leadership does not ask for more any more.',
  'too late': 'It cannot be taken back any more: somebody did something with it, or the next working day began.',
  full: 'So much happened with this action that it takes no more. Change it in the postmortem.',
  gone: 'There is no such action any more.',
  busy: 'Others were changing it at the same time. Press again.',
};

const taken: Readonly<Record<Answer['kind'], string>> = {
  done: 'Taken: it is done. Thank you.',
  rescheduled: 'Taken: it has another day now.',
  'handed over': 'Taken: the team that you chose has it now, and its leads are reminded of it from now on.',
  reopened: 'Taken: it is open again.',
  answered: 'Taken: leadership reads your answer and decides again.',
  'taken back': 'Taken back: it is yours again.',
};

const flawWords: Readonly<Record<AnswerFlaw, string>> = {
  due: 'Choose a day from tomorrow on, within a year.',
  reason: 'Write a reason of 3 to 300 characters on one line, without an address.',
  to: 'Choose a team.',
  text: `Write ${answerLength.least} to ${answerLength.most} characters.`,
};

interface Shown extends AskedAction {
  readonly name: string;
  readonly notice: Notice | undefined;
  readonly teams: readonly string[];
  /** Where its postmortem can be read. Undefined: its reader reads no archive that has it. */
  readonly account: string | undefined;
  /** Leadership asked for more before it decides. */
  readonly isQuestioned: boolean;
  /** What its reader handed over and can take back. */
  readonly handedOver: OwnHandOver | undefined;
}

export interface RemindersShown extends Telling {
  readonly whose: Distribution;
  /** Of whoever got the mail. */
  readonly address: string;
  readonly path: string;
  readonly actions: readonly Shown[];
  /** How many actions of the mail nobody may be told of any more. */
  readonly hidden: number;
  /** How many reviews and postmortems the mail asked for. */
  readonly others: number;
  /** Why an answer for an action that is not shown was not taken. */
  readonly lost: NotTaken | undefined;
  readonly days: { readonly first: string; readonly last: string };
}

export const remindersView = (shown: RemindersShown): HttpAnswer => {
  const { whose, address, actions, hidden, others, lost } = shown;
  const isRefused = lost !== undefined || actions.some(({ notice }) => notice !== undefined && notice.kind !== 'taken');
  return page(
    {
      title: 'What you were asked',
      whose,
      children: (
        <>
          <h1>What you were asked</h1>
          <p class="m">The actions of one mail, as they are now.</p>
          {lost && (
            <p class="said warn" role="alert">
              <b>Not taken.</b> {notTaken[lost]}
            </p>
          )}
          {actions.length === 0 && (
            <section class="panel">
              <p>Nothing of what this mail asked waits for an answer here.</p>
            </section>
          )}
          {actions.map((one, n) => (
            <Action {...shown} {...one} n={n} />
          ))}
          {hidden > 0 && (
            <p class="m small">{hidden === 1 ? 'One action of this mail is' : `${hidden} actions of this mail are`} not shown any more.</p>
          )}
          {others > 0 && <p class="m small">For reviews and awaited postmortems, use the links of the mail.</p>}
          <p class="m small">
            This page belongs to {maskAddress(address)}, who got the mail. Whoever presses here acts for them. The link is valid for thirty
            days.
          </p>
        </>
      ),
    },
    isRefused ? 422 : 200,
  );
};

const Action = (shown: Shown & RemindersShown & { readonly n: number }) => {
  const { row, notTheirs, became, name, notice, teams, account, n, path, days, isQuestioned, handedOver, whose, now, zone } = shown;
  const defaultDue = defaultDueOf(whose);
  const { status, due, dueIs, decision } = datedStatusOf(row, now, defaultDue);
  const isOpen = isUnfinished(status);
  const late = isOpen && due !== undefined ? daysLate(due, now, zone) : 0;
  const isFinal = status === 'declined' && decision?.what === 'accept the risk';
  return (
    <section class="panel" aria-labelledby={`t${n}`} id={`a${n}`}>
      <h2 id={`t${n}`} dir="auto">
        {row.reported.title}
      </h2>
      <p class="m">
        From <q dir="auto">{account === undefined ? row.postmortemTitle : <a href={account}>{row.postmortemTitle}</a>}</q>
        {late > 0 && `, ${late} day${late === 1 ? '' : 's'} late`}
      </p>
      {notice?.kind === 'taken' && (
        <p class="said" role="status">
          {notice.what === 'reopened' && !isOpen ? 'Taken: it is not done. The risk stays accepted.' : taken[notice.what]}
        </p>
      )}
      {notice?.kind === 'not taken' && (
        <p class="said warn" role="alert">
          <b>Not taken.</b> {notTaken[notice.why]}
        </p>
      )}
      {notice?.kind === 'flawed' && (
        <p class="said warn" role="alert">
          <b>Not taken.</b> Mend what is marked below and send it again.
        </p>
      )}
      <ActionFacts row={row} defaultDue={defaultDue} now={now} zone={zone} />
      {handedOver ? (
        <TakeBack {...shown} handedOver={handedOver} />
      ) : (
        notTheirs !== undefined && notice === undefined && <p class="m">{notTaken[notTheirs]}</p>
      )}
      {became !== undefined && (
        <p class="m">
          {row.movedTo === undefined ? 'A revision has another that it may be now: ' : 'It is now: '}
          <q dir="auto">{became}</q>. {row.movedTo === undefined && 'Its author or an operator can say so at /home/actions. '}
          Whoever owns that one is asked about it by its own day.
        </p>
      )}
      {notTheirs === undefined && isFinal && <p class="m">{notTaken.decided}</p>}
      {notTheirs === undefined && isOpen && (
        <>
          {isQuestioned && <AnswerForm {...shown} />}
          <form method="post" action={path}>
            <input type="hidden" name="action" value={name} />
            <p class="acts">
              <button type="submit" name="press" value="done">
                It is done
                <Of title={row.reported.title} />
              </button>
            </p>
          </form>
          <Folded notice={notice} press="rescheduled" words="It needs another day" title={row.reported.title}>
            <form method="post" action={path}>
              <input type="hidden" name="action" value={name} />
              <label class="field">
                The new day{' '}
                <small class="m">
                  {due === undefined || dueIs === 'default' ? 'No day was promised.' : `It is ${printPlainDate(due, now, zone)} now.`}
                </small>
                <input
                  type="date"
                  name="due"
                  required
                  min={days.first}
                  max={days.last}
                  value={typed(notice, 'rescheduled', 'due')}
                  {...marked(notice, 'rescheduled', 'due', n)}
                />
                <FlawOf notice={notice} press="rescheduled" field="due" n={n} />
              </label>
              <Why notice={notice} press="rescheduled" n={n} />
              <p class="acts">
                <button type="submit" name="press" value="rescheduled">
                  Promise this day
                </button>
              </p>
            </form>
          </Folded>
          {teams.length === 0 && <p class="m small">No other team has leads who could be asked, so it cannot be handed over here.</p>}
          {teams.length > 0 && (
            <Folded notice={notice} press="handed over" words="It is not mine" title={row.reported.title}>
              <form method="post" action={path}>
                <input type="hidden" name="action" value={name} />
                <label class="field">
                  The team that has it{' '}
                  <small class="m">Its leads are reminded of it from now on. Teams without leads are not listed.</small>
                  <select name="to" required {...marked(notice, 'handed over', 'to', n)}>
                    <option value="">Choose a team</option>
                    {teams.map((team) => (
                      <option value={team} selected={typed(notice, 'handed over', 'to') === team}>
                        {team}
                      </option>
                    ))}
                  </select>
                  <FlawOf notice={notice} press="handed over" field="to" n={n} />
                </label>
                <p class="acts">
                  <button type="submit" name="press" value="handed over">
                    Hand it over
                  </button>
                </p>
              </form>
            </Folded>
          )}
        </>
      )}
      {notTheirs === undefined && !isOpen && !isFinal && (
        <Folded notice={notice} press="reopened" words="It is not finished" title={row.reported.title}>
          <form method="post" action={path}>
            <input type="hidden" name="action" value={name} />
            <Why notice={notice} press="reopened" n={n} />
            <p class="acts">
              <button type="submit" name="press" value="reopened">
                Open it again
              </button>
            </p>
          </form>
        </Folded>
      )}
    </section>
  );
};

/** What leadership asked stands in the history of the action. */
const AnswerForm = ({ row, name, notice, n, path, now }: Shown & RemindersShown & { readonly n: number }) => (
  <form method="post" action={path}>
    <input type="hidden" name="action" value={name} />
    <label class="field">
      {statusOf(row, now).answer ? 'Add to your answer' : 'Your answer'}{' '}
      <small class="m">Leadership reads it, and decides again. At most {answerLength.most} characters.</small>
      <textarea
        class="prose"
        name="text"
        rows={3}
        required
        minlength={answerLength.least}
        maxlength={answerLength.most}
        dir="auto"
        {...marked(notice, 'answered', 'text', n)}
      >
        {typed(notice, 'answered', 'text')}
      </textarea>
      <FlawOf notice={notice} press="answered" field="text" n={n} />
    </label>
    <p class="acts">
      <button type="submit" name="press" value="answered">
        Send the answer
        <Of title={row.reported.title} />
      </button>
    </p>
  </form>
);

const TakeBack = ({ row, name, path, handedOver, now, zone }: Shown & RemindersShown & { readonly handedOver: OwnHandOver }) => (
  <form method="post" action={path}>
    <input type="hidden" name="action" value={name} />
    <p>
      You handed it over to <bdi>{handedOver.to}</bdi>. You can take it back until {momentWords(toInstant(handedOver.until), { now, zone })}
      , unless somebody does something with it before.
    </p>
    <p class="acts">
      <button type="submit" class="soft" name="press" value="taken back">
        Take it back
        <Of title={row.reported.title} />
      </button>
    </p>
  </form>
);

/** Tells buttons of one name apart for whoever hears the page. */
const Of = ({ title }: { readonly title: string }) => <span class="unseen">: {title}</span>;

type Press = 'rescheduled' | 'handed over' | 'reopened' | 'answered';
interface At {
  readonly notice: Notice | undefined;
  readonly press: Press;
}

const flawedAt = (notice: Notice | undefined, press: Press) =>
  notice?.kind === 'flawed' && notice.sent.kind === press ? notice : undefined;
const typed = (notice: Notice | undefined, press: Press, field: AnswerFlaw): string => flawedAt(notice, press)?.sent[field] ?? '';
const marked = (notice: Notice | undefined, press: Press, field: AnswerFlaw, n: number) =>
  flawedAt(notice, press)?.flaws.includes(field) ? { 'aria-invalid': 'true' as const, 'aria-describedby': flawId(press, field, n) } : {};
const flawId = (press: Press, field: AnswerFlaw, n: number) => `${press.replace(' ', '-')}-${field}-${n}`;

const FlawOf = ({ notice, press, field, n }: At & { readonly field: AnswerFlaw; readonly n: number }) =>
  flawedAt(notice, press)?.flaws.includes(field) ? (
    <span class="flaw" id={flawId(press, field, n)}>
      {flawWords[field]}
    </span>
  ) : null;

const Folded = ({
  notice,
  press,
  words,
  title,
  children,
}: At & { readonly words: string; readonly title: string; readonly children: unknown }) => (
  <details open={flawedAt(notice, press) !== undefined}>
    <summary>
      {words}
      <Of title={title} />
    </summary>
    {children}
  </details>
);

const Why = ({ notice, press, n }: At & { readonly n: number }) => (
  <label class="field">
    Why <small class="m">It stands with the action, and leadership may read it.</small>
    <input
      type="text"
      name="reason"
      required
      minlength={3}
      maxlength={300}
      dir="auto"
      value={typed(notice, press, 'reason')}
      {...marked(notice, press, 'reason', n)}
    />
    <FlawOf notice={notice} press={press} field="reason" n={n} />
  </label>
);
