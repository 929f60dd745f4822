/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import { printPlainDate } from '../../../core/calendar/print.ts';
import { type ActionAnswer, ActionEventsAnswer, refusalWords, type ShownAction } from '../../../core/operator/actions-api.ts';
import { listActions, showAction } from '../../../core/operator/list-actions.ts';
import { SubscriberId } from '../../../core/subscriber/subscriber.ts';
import { addressesOf } from '../../operator/audit-routes.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { FormPost, PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { HomeDeps } from '../deps.ts';
import { Flaw, type Flaws, flawed, flawsAt, TextField } from '../fields.tsx';
import { authorPage, type Visit } from '../guard.ts';
import { Said, When } from '../parts.tsx';
import { postmortemPath } from '../postmortems/words.ts';
import { notHere, refusedBy } from '../refusals.ts';
import { homePage, Proof } from '../shell.tsx';
import { ActionPills, actionPath } from './action-parts.tsx';
import { openedFor } from './draft.ts';

/**
 * One action item: what became of it, and what operators and the authors of its postmortem may say
 * of it.
 */
export const actionPage = (deps: HomeDeps): PageRoute =>
  authorPage(deps, {
    path: '/actions/{postmortem}/{action}',
    async get(visit) {
      const found = await actionOf(visit, visit.request.params, deps);
      return 'answer' in found ? found.answer : show({ visit, ...found, done: visit.request.query.get('done') });
    },
    post: { answer: (visit) => press(visit, deps), maxBytes: 16 * 1024 },
  });

interface Found {
  readonly action: ActionAnswer;
  /** The others that the document has, for what a revision reworded. */
  readonly others: readonly ShownAction[];
  readonly addresses: Readonly<Record<string, string>>;
}

/** `answer`: there is none, or this person has nothing to say of it. */
async function actionOf(
  visit: Visit,
  params: Readonly<Record<string, string>>,
  deps: HomeDeps,
): Promise<Found | { readonly answer: HttpAnswer }> {
  const { operator } = deps;
  const opened = await openedFor(params.postmortem, visit, deps);
  if ('answer' in opened) return opened;
  const { stored, seesHidden } = opened;
  const viewer = { seesHidden, seesAddresses: visit.rights.isOperator };
  const listing = { actions: operator.actions, now: visit.now, zone: visit.distribution.organisation.zone };
  const postmortem = stored.postmortem.id;
  const action = await showAction(postmortem, params.action ?? '', viewer, listing);
  if (!action) return { answer: notHere() };
  const isLost = action.withdrawnAt !== undefined && action.movedTo === undefined && action.history.length > 0;
  const all = isLost ? await listActions({ postmortem }, { limit: 1 }, viewer, listing) : undefined;
  const bys = action.history.map(({ by }) => by);
  return {
    action,
    others: all?.actions.filter(({ withdrawnAt }) => withdrawnAt === undefined) ?? [],
    addresses: visit.rights.isOperator ? await addressesOf(bys, operator.people) : {},
  };
}

const presses = {
  done: 'done',
  reopen: 'reopened',
  reschedule: 'rescheduled',
  'hand-over': 'handed over',
  reattach: 'reattached',
} as const;
type Press = keyof typeof presses;
const fields: Readonly<Record<Press, readonly string[]>> = {
  done: [],
  reopen: ['reason'],
  reschedule: ['due', 'reason'],
  'hand-over': ['to'],
  reattach: ['to'],
};

/** By the route that keys use, with its rules. What it refuses is said beside what was typed. */
async function press(visit: Visit & { readonly request: FormPost }, deps: HomeDeps): Promise<HttpAnswer> {
  const { params, form } = visit.request;
  const found = await actionOf(visit, params, deps);
  if ('answer' in found) return found.answer;
  const { action } = found;
  const path = actionPath(action.id);
  const wanted = (Object.keys(fields) as Press[]).find((one) => one === form.get('press'));
  if (!wanted) return seeOther(path);
  const texts = Object.fromEntries(fields[wanted].map((name) => [name, form.get(name)?.trim() ?? '']));
  const event = { ...texts, kind: presses[wanted], action: params.action };
  const { body, problem } = await visit.api.ask(
    { method: 'POST', path: `/operator/actions/${action.postmortem}/events`, body: { events: [event] } },
    ActionEventsAnswer,
  );
  if (problem) {
    const flaws = flawsAt(problem, (field) => fields[wanted].find((name) => field === `events.0.${name}`));
    return flaws ? show({ visit, ...found, typed: form, flaws }) : refusedBy(problem, path);
  }
  const [one] = body.actions;
  if (one?.outcome !== 'refused') return seeOther(`${path}?done=${one?.outcome === 'same' ? 'same' : wanted}`);
  const why = Object.entries(refusalWords).find(([name]) => name === one.why)?.[1] ?? 'That is not possible now.';
  // What is so by now, because somebody else may have changed it.
  const now = await actionOf(visit, params, deps);
  return 'answer' in now ? now.answer : show({ visit, ...now, refused: why });
}

interface Shown extends Found {
  readonly visit: Visit;
  readonly done?: string | null;
  /** What was sent and refused. */
  readonly typed?: URLSearchParams | undefined;
  readonly flaws?: Flaws;
  readonly refused?: string;
}

/** What a press did, as far as it is still so. */
function saidOf(done: string | null | undefined, { state, owner, due }: ActionAnswer): string | undefined {
  if (done === 'same') return 'Nothing was changed: it is so already.';
  if (done === 'done' && state === 'kept') return 'It is done. Mails and lists to come say so.';
  if (done === 'reopen' && (state === 'open' || state === 'overdue')) return 'It is open again.';
  if (done === 'reopen' && state === 'declined') return 'It is not done. Leadership accepted the risk, which stands.';
  if (done === 'reschedule' && due !== undefined) return 'It is due on another day.';
  if (done === 'hand-over' && owner !== undefined) return 'It is handed over.';
  if (done === 'reattach' && state === 'withdrawn') return 'What people did with it went to the action that it is now.';
  return undefined;
}

const show = ({ visit, action, others, addresses, done, typed, flaws = {}, refused }: Shown): HttpAnswer => {
  const said = saidOf(done, action);
  const isOpen = action.state === 'open' || action.state === 'overdue' || (action.state === 'history' && action.closedAt === undefined);
  const own = visit.rights.isOperator ? postmortemPath(action.postmortem) : `/home/mine/${action.postmortem}`;
  return homePage({
    ...visit,
    title: action.title,
    here: '/home/actions',
    status: typed ? 422 : refused ? 409 : 200,
    children: (
      <>
        <p>
          <a href={own} dir="auto">
            {action.postmortemTitle}
          </a>
        </p>
        {said && <Said>{said}</Said>}
        {(typed || refused) && (
          <div class="said warn" role="alert">
            <p>{refused ? `Nothing was changed. ${refused}` : 'Nothing was changed. Correct what is marked below.'}</p>
          </div>
        )}
        <section class="panel">
          <ActionPills action={action} />
          <h1 dir="auto">{action.title}</h1>
          <Facts action={action} visit={visit} />
        </section>
        {action.withdrawnAt === undefined ? (
          <Changes {...{ visit, action, isOpen, typed, flaws }} />
        ) : (
          others.length > 0 && <Reattach {...{ visit, action, others, flaws }} />
        )}
        <section class="panel" aria-labelledby="history">
          <h2 id="history">History</h2>
          <p class="m">What people did with it, oldest first. The document says the rest.</p>
          <History {...{ visit, action, addresses }} />
        </section>
      </>
    ),
  });
};

function Facts({ action, visit }: Pick<Shown, 'action' | 'visit'>) {
  const { distribution, now } = visit;
  const { due, closedAt, link, decision, movedTo, perhaps } = action;
  const rows: readonly (readonly [string, Child | undefined])[] = [
    ['Owner', action.owner],
    ['Team', action.team ?? action.owningTeam],
    ['Due', due && <time datetime={due}>{printPlainDate(due, now, distribution.organisation.zone)}</time>],
    ['Promised', <When at={action.promisedAt} visit={visit} />],
    ['Closed', closedAt && <When at={closedAt} visit={visit} />],
    ['Priority', action.priority],
    ['Cost', action.cost],
    ['If it is not done', action.consequence],
    [
      'Decision',
      decision && (
        <>
          {decision.says}, from <When at={decision.effectiveAt} visit={visit} />
        </>
      ),
    ],
    [
      'Ticket',
      link && (
        <a href={link} rel="noreferrer">
          {link}
        </a>
      ),
    ],
    ['It is now', movedTo && <a href={actionPath(movedTo.id)}>{movedTo.title}</a>],
    ['Perhaps it is now', !movedTo && perhaps && <a href={actionPath(perhaps.id)}>{perhaps.title}</a>],
  ];
  return (
    <dl>
      {rows.map(([label, value]) =>
        value ? (
          <>
            <dt>{label}</dt>
            <dd dir="auto">{value}</dd>
          </>
        ) : null,
      )}
    </dl>
  );
}

interface FormProps {
  readonly visit: Visit;
  readonly action: ActionAnswer;
  readonly press: Press;
  readonly children?: Child;
  readonly yes: string;
}

const PressForm = ({ visit, action, press: which, children, yes }: FormProps) => (
  <form method="post" action={actionPath(action.id)}>
    <Proof signed={visit.signed} />
    {children}
    <p class="acts">
      <button type="submit" name="press" value={which}>
        {yes}
      </button>
    </p>
  </form>
);

interface ChangesProps extends Pick<Shown, 'visit' | 'action' | 'typed'> {
  readonly isOpen: boolean;
  readonly flaws: Flaws;
}

function Changes({ visit, action, isOpen, typed, flaws }: ChangesProps) {
  const form = { visit, action };
  const typedIn = (press: Press, name: string) => (typed?.get('press') === press ? (typed.get(name) ?? '') : '');
  const flawsIn = (press: Press) => (typed?.get('press') === press ? flaws : {});
  if (!isOpen)
    return (
      <section class="panel" aria-labelledby="changes">
        <h2 id="changes">Is it open again?</h2>
        <PressForm {...form} press="reopen" yes="Reopen it">
          <TextField name="reason" label="Why" value={typedIn('reopen', 'reason')} flaws={flawsIn('reopen')} hint={reasonHint} />
        </PressForm>
      </section>
    );
  const due = flawsIn('reschedule');
  return (
    <section class="panel" aria-labelledby="changes">
      <h2 id="changes">What became of it?</h2>
      <PressForm {...form} press="done" yes="It is done" />
      <h3>It needs another day</h3>
      <PressForm {...form} press="reschedule" yes="Give it this day">
        <label class="field">
          Day
          <input type="date" name="due" value={typedIn('reschedule', 'due')} required {...flawed('due', due)} />
          <Flaw name="due" flaws={due} />
        </label>
        <TextField name="reason" label="Why" value={typedIn('reschedule', 'reason')} flaws={due} hint={reasonHint} />
      </PressForm>
      <h3>It belongs to others</h3>
      <PressForm {...form} press="hand-over" yes="Hand it over">
        <TextField
          name="to"
          label="Team, or a person by name"
          value={typedIn('hand-over', 'to')}
          flaws={flawsIn('hand-over')}
          offers={visit.distribution.teams.map(({ name }) => name)}
        />
      </PressForm>
    </section>
  );
}

const reasonHint = 'One line without an address. It stands in the history.';

const Reattach = ({ visit, action, others, flaws }: Pick<Shown, 'visit' | 'action' | 'others'> & { readonly flaws: Flaws }) => (
  <section class="panel" aria-labelledby="reattach">
    <h2 id="reattach">Which action is it now?</h2>
    <p>A revision no longer has it. If its line was reworded, say which it is: what people did with it goes there.</p>
    <PressForm visit={visit} action={action} press="reattach" yes="It is this one">
      <label class="field">
        Action
        <select name="to" {...flawed('to', flaws)}>
          {others.map(({ id, title }) => (
            <option value={id.split('/')[1]} selected={id === action.perhaps?.id}>
              {title}
            </option>
          ))}
        </select>
        <Flaw name="to" flaws={flaws} />
      </label>
    </PressForm>
  </section>
);

const History = ({ visit, action: { history }, addresses }: Pick<Shown, 'visit' | 'action' | 'addresses'>) =>
  history.length === 0 ? (
    <p>Nobody did anything with it.</p>
  ) : (
    <ul class="acted">
      {history.map(({ at, by, says, effectiveAt, undoneAt }) => (
        <li>
          <span dir="auto">{undoneAt === undefined ? says : <s>{says}</s>}</span>
          <small class="m block">
            {whoWords(by, visit, addresses)} · <When at={at} visit={visit} />
            {effectiveAt !== undefined && (
              <>
                {' '}
                · counts from <When at={effectiveAt} visit={visit} />
              </>
            )}
            {undoneAt !== undefined && (
              <>
                {' '}
                · taken back <When at={undoneAt} visit={visit} />
              </>
            )}
          </small>
        </li>
      ))}
    </ul>
  );

/** Authors see that a person did it, and not who, unless it was they. */
function whoWords(by: string, { signed, rights }: Visit, addresses: Found['addresses']): string {
  if (by === signed.profile.sid) return 'you';
  if (!SubscriberId.safeParse(by).success) return `key ${by}`;
  return addresses[by] ?? (rights.isOperator ? 'a person who is gone' : 'a person');
}
