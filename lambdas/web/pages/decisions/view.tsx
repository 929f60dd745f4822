/** @jsxImportSource hono/jsx */
import type { ActionRow } from '../../../../core/action/action.ts';
import { isChangedSince } from '../../../../core/action/basis.ts';
import type { WhyAsked } from '../../../../core/action/decided.ts';
import { type DefaultDueRules, datedStatusOf } from '../../../../core/action/default-due.ts';
import { type ActionEvent, toldEvents } from '../../../../core/action/event.ts';
import { statusOf } from '../../../../core/action/status.ts';
import { printDayInFull, printDayOf, printPlainDate, printTime, printZone } from '../../../../core/calendar/print.ts';
import type { NobodyToAsk } from '../../../../core/reminder/resolve-owner.ts';
import {
  type ChoiceFlaw,
  choiceFlaws,
  reasonLength,
  type Shown,
  shownOf,
  standingDecision,
  type What,
} from '../../../../core/review/decide.ts';
import { eventWords, reasonOf } from '../../../../core/review/event-words.ts';
import type { DecisionOutcome } from '../../../../core/review/press-decisions.ts';
import type { Instant, PlainDate } from '../../../../core/shared/instant.ts';
import { fieldsOf, type SentDecision } from './read-decisions.ts';

export interface Telling {
  readonly now: Date;
  readonly zone: string;
}

/** One action on the page, and what became of it if it was pressed. */
export interface ShownAction {
  readonly row: ActionRow;
  /** Absent: leadership is not asked to decide on it. */
  readonly asked?: WhyAsked | undefined;
  readonly outcome?: DecisionOutcome | undefined;
  readonly sent?: SentDecision | undefined;
  /** Why nobody can be asked for more. Absent: its owner is. */
  readonly unasked?: NobodyToAsk | undefined;
  /** What the form was shown with, if it comes back. Absent: what is shown now. */
  readonly basis?: Shown;
}

/** The id of the field that has this flaw. */
export function fieldWith(flaw: ChoiceFlaw, aid: string): string {
  const key = fieldsOf(aid);
  if (flaw === 'unknown choice') return `a-${key}`;
  return flaw === 'no reason' || flaw === 'long reason' ? `reason-${key}` : `until-${key}`;
}

const choices: readonly { readonly what: What | ''; readonly name: string; readonly means: string }[] = [
  { what: 'fund', name: 'Fund it', means: 'Do it as promised' },
  { what: 'accept the risk', name: 'Accept the risk', means: 'Do not do it' },
  { what: 'defer', name: 'Defer', means: 'Do it later, on a day' },
  { what: 'need more', name: 'Need more', means: 'The owner is asked' },
  { what: '', name: 'No decision', means: 'It stays undecided' },
];

const states = { open: 'Open', 'in-progress': 'Under way', done: 'Done', declined: 'Not done' } as const;

/** An instant as `Friday 27 November, 08:00 Berlin`. */
export const momentWords = (at: Instant, { now, zone }: Telling): string =>
  `${printDayInFull(at, now, zone)}, ${printTime(at, zone)} ${printZone(zone)}`;

interface AskedProps extends ShownAction, Telling {
  readonly defaultDue: DefaultDueRules | undefined;
  readonly number: number;
  readonly of: number;
  /** The first day until which something can be deferred. */
  readonly firstDay: PlainDate;
}

/** One action: what it is, what it costs, what was done with it, and what its reader decides. */
export const AskedAction = ({
  row,
  asked,
  defaultDue,
  outcome,
  sent,
  basis: returned,
  unasked,
  number,
  of,
  firstDay,
  now,
  zone,
}: AskedProps) => {
  const key = fieldsOf(row.aid);
  const { basis, events } = returned ?? shownOf(row, now);
  const standing = standingDecision(statusOf(row, now));
  const isTaken = outcome?.kind === 'taken' || outcome?.kind === 'already';
  const typed = isTaken ? undefined : sent?.sent;
  const flaws = sent && 'flaws' in sent.read ? sent.read.flaws : [];
  const flawsOf = (...names: (typeof flaws)[number][]) => names.filter((name) => flaws.includes(name)).map((name) => choiceFlaws[name]);
  const [ofChoice, ofDay, ofReason] = [
    flawsOf('unknown choice'),
    flawsOf('no day', 'early day', 'promised later', 'late day'),
    flawsOf('no reason', 'long reason'),
  ];
  return (
    <section class="panel choice" aria-labelledby={`t-${key}`} id={`a-${key}`}>
      <p class="m small">
        Action {number} of {of}
      </p>
      <h2 id={`t-${key}`} dir="auto">
        {row.reported.title}
      </h2>
      {asked && (
        <p class="pills">
          <span class="pill sev2">A decision is asked: {askedWords[asked]}</span>
        </p>
      )}
      {outcome && !isTaken && (
        <p class="said warn" role="alert">
          <b>Not taken.</b> {refusedWords(outcome, { now, zone })}
        </p>
      )}
      {flaws.length > 0 && (
        <p class="said warn" role="alert">
          Complete what is marked below.
        </p>
      )}
      {outcome?.kind === 'taken' && (
        <p class="said" role="status">
          <b>Taken.</b> It stands below.
        </p>
      )}
      {standing && isChangedSince(standing, row, now) && (
        <p class="said warn">
          <b>The action changed since it was decided.</b> Decide on it as it stands now.
        </p>
      )}
      <ActionFacts row={row} defaultDue={defaultDue} now={now} zone={zone} />
      <input type="hidden" name={`basis.${key}`} value={basis} />
      <input type="hidden" name={`events.${key}`} value={String(events)} />
      <fieldset class="plain">
        <legend>{standing ? 'Decide otherwise' : 'Your decision'}</legend>
        <div class="opts five">
          {choices.map(({ what, name, means }) => (
            <label>
              <input type="radio" name={`what.${key}`} value={what} checked={(typed?.what ?? '') === what} />
              <span>
                <b>{name}</b>
                <small>{what === 'need more' && unasked ? 'Nobody can be asked' : means}</small>
              </span>
            </label>
          ))}
        </div>
        {unasked && <p class="m small">{unaskedWords(unasked)}</p>}
        {ofChoice.map((text) => (
          <span class="flaw">{text}</span>
        ))}
      </fieldset>
      <label class="field until">
        Defer until
        <input
          type="date"
          id={`until-${key}`}
          name={`until.${key}`}
          value={typed?.until ?? ''}
          min={firstDay}
          {...marked(ofDay, `u-${key}`)}
        />
        {flawOf(ofDay, `u-${key}`)}
      </label>
      <label class="field">
        Reason{' '}
        <small class="m">
          {reasonLength.least} to {reasonLength.most} characters; may stay empty if you fund it
        </small>
        <textarea
          class="prose"
          id={`reason-${key}`}
          name={`reason.${key}`}
          rows={2}
          maxlength={reasonLength.most}
          dir="auto"
          {...marked(ofReason, `r-${key}`)}
        >
          {typed?.reason ?? ''}
        </textarea>
        {flawOf(ofReason, `r-${key}`)}
      </label>
    </section>
  );
};

const askedWords: Readonly<Record<WhyAsked, string>> = {
  weighs: 'it says what it costs or prevents',
  urgent: 'it is urgent',
  'deferred until then': 'it was put off until now',
  answered: 'its owner answered',
  changed: 'it changed since the last one',
  reopened: 'it was opened again',
};

/** `Nobody can be asked for more: Network has no leads. Operators are told.` */
function unaskedWords(unasked: NobodyToAsk): string {
  const said = (why: string, isTold = true) => `Nobody can be asked for more: ${why}.${isTold ? ' Operators are told of it.' : ''}`;
  switch (unasked.why) {
    case 'no reminders':
      return said('the distribution file has no reminders', false);
    case 'no owner':
      return said('no owner is named');
    case 'no lead':
      return said(`${unasked.team} has no leads`);
    case 'nobody':
      return said(`nobody can be sure who “${unasked.owner}” is`);
    default:
      return unasked satisfies never;
  }
}

const marked = (flaws: readonly string[], id: string) =>
  flaws.length > 0 ? { 'aria-invalid': 'true' as const, 'aria-describedby': id } : {};
const flawOf = (flaws: readonly string[], id: string) =>
  flaws.length > 0 && (
    <span class="flaw" id={id}>
      {flaws.join(' ')}
    </span>
  );

/** What is known of an action, and its history. */
export const ActionFacts = ({
  row,
  defaultDue,
  now,
  zone,
}: Telling & { readonly row: ActionRow; readonly defaultDue: DefaultDueRules | undefined }) => {
  const { status, due, dueIs, owner } = datedStatusOf(row, now, defaultDue);
  const { cost, consequence, priority, team } = row.reported;
  const day = due === undefined ? 'No day yet' : printPlainDate(due, now, zone);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Owner', owner ?? team ?? 'Nobody is named'],
    ['Cost', cost],
    ['If not done', consequence],
    ['Priority', priority],
    [
      dueIs === 'deferred' ? 'Put off until' : dueIs === 'default' ? 'Due on' : 'Promised for',
      dueIs === 'default' ? `${day}, as is usual here. Nobody promised a day.` : day,
    ],
    ['Status', states[status]],
  ];
  return (
    <dl>
      {facts.map(([name, value]) =>
        value ? (
          <>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </>
        ) : null,
      )}
      <dt>So far</dt>
      <dd>
        <History row={row} now={now} zone={zone} />
      </dd>
    </dl>
  );
};

const History = ({ row, now, zone }: Telling & { readonly row: ActionRow }) => {
  const events = toldEvents(row.events).toReversed();
  if (events.length === 0) return <>No decision yet</>;
  return (
    <ul class="so-far">
      {events.map(({ event, undoneAt }) => (
        <li>
          {printDayOf(event.at, now, zone)}: <bdi>{eventWords(event, now, zone)}</bdi>
          {reasonOf(event) !== '' && (
            <>
              : <q dir="auto">{reasonOf(event)}</q>
            </>
          )}
          {undoneAt !== undefined && <span class="m"> · taken back on {printDayOf(undoneAt, now, zone)}</span>}
          {undoneAt === undefined && event.kind === 'decided' && Date.parse(event.effectiveAt) > now.getTime() && (
            <span class="m"> · counts from {momentWords(event.effectiveAt, { now, zone })}</span>
          )}
        </li>
      ))}
    </ul>
  );
};

/** Why a decision was not taken, in sentences. */
export function refusedWords(outcome: DecisionOutcome, telling: Telling): string {
  if (outcome.kind === 'busy') return 'Others were changing this action at the same time. Send it again.';
  if (outcome.kind === 'full') return 'This action has so many events that it takes no more. Tell an operator.';
  if (outcome.kind === 'gone') return 'The action is not known any more.';
  if (outcome.kind !== 'refused') return '';
  const { why } = outcome;
  if (why.why === 'over') return 'It is done or was withdrawn, so there is nothing to decide any more.';
  const happened = why.since.map((event) => happenedWords(event, telling));
  const told = [...happened, ...(why.text ? ['What the document says of it has changed.'] : [])];
  return [...(told.length > 0 ? told : ['It was changed.']), 'Look at it as it stands now, and decide again.'].join(' ');
}

function happenedWords(event: ActionEvent, { now, zone }: Telling): string {
  const words = eventWords(event, now, zone);
  const minutes = Math.floor((now.getTime() - Date.parse(event.at)) / 60_000);
  const ago =
    minutes < 1
      ? 'just now'
      : minutes < 60
        ? `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ago`
        : `on ${printDayOf(event.at, now, zone)}`;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${ago}.`;
}
