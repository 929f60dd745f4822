import type { TokenClaims } from '../../../core/access/token.ts';
import type { ActionRow } from '../../../core/action/action.ts';
import { ActionKeptChanging } from '../../../core/action/press.ts';
import { statusOf } from '../../../core/action/status.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { type Edition, EditionId } from '../../../core/edition/edition.ts';
import type { ReminderEntry } from '../../../core/edition/reminders.ts';
import { dayOfReminders } from '../../../core/edition/service-mail.ts';
import { cleanText } from '../../../core/postmortem/hidden-characters.ts';
import {
  type AskedAction,
  answerReminder,
  answers,
  askedActions,
  daysToChoose,
  isQuestioned,
  ownHandOver,
  readAnswer,
  type SentAnswer,
  teamsToAsk,
} from '../../../core/reminder/answer-reminder.ts';
import { fewAtATime } from '../../../core/shared/few-at-a-time.ts';
import { foldedName } from '../../../core/shared/text.ts';
import { zoneFor } from '../../../core/subscriber/own-zone.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { FormPost, PageRoute } from '../../shared/pages/page-route.ts';
import { notUnderstood, tooOften } from '../../shared/pages/refusals.tsx';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { WebDeps } from '../deps.ts';
import { accountPathFor, pathTo } from '../path-to.ts';
import { notFound } from '../refusals.ts';
import { type Holder, holderOf } from '../token-holder.ts';
import { expiredLinkPage, newLinkMailedPage, renewable } from './expired.tsx';
import { type Notice, type NotTaken, remindersView } from './reminders/view.tsx';

/** A reason and a day, and the id of an action. */
const formBytes = 8 * 1024;

/**
 * The action items that one mail of reminders asked about, as they are now, with what its reader
 * may answer. The mail is the authority; each row decides whether it still is theirs.
 */
export const remindersPage = (deps: WebDeps): PageRoute => ({
  path: '/reminders/{token}',
  async get({ params, query }) {
    const visit = await visitOf(params.token, deps);
    if ('answer' in visit) return visit.answer;
    const done = answers.find((kind) => kind === query.get('done'));
    return shown(visit, deps, done && { kind: 'taken', what: done, action: query.get('of') ?? '' });
  },
  post: { maxBytes: formBytes, answer: (post) => answered(post, deps) },
});

interface Visit {
  readonly token: string;
  readonly holder: Holder;
  readonly distribution: Distribution;
  readonly edition: Edition;
  /** Of everything that the mail asked. */
  readonly entries: readonly ReminderEntry[];
  readonly asked: readonly AskedAction[];
}

interface Closed {
  readonly answer: HttpAnswer;
  /** Of a link that has expired. */
  readonly expired?: { readonly distribution: Distribution; readonly claims: TokenClaims };
}

async function visitOf(token: string | undefined, deps: WebDeps): Promise<Visit | Closed> {
  const holder = await holderOf(token, 'reminders', deps);
  const distribution = holder && (await deps.distribution());
  if (!holder || !distribution || token === undefined) return { answer: notFound(deps) };
  if (holder.kind === 'expired')
    return { answer: expiredLinkPage(distribution, renewable.reminders), expired: { distribution, claims: holder.claims } };
  const id = EditionId.safeParse(holder.claims.about);
  const edition = id.success ? await deps.sent.editions.read(id.data) : undefined;
  if (!edition || !wasFor(edition, holder)) return { answer: notFound(deps) };
  const entries = edition.service?.reminders?.entries ?? [];
  const told = [...new Set(entries.flatMap(({ postmortem, aid }) => (aid === undefined ? [] : [postmortem])))];
  const rows = await fewAtATime(
    told.filter((postmortem) => !edition.withheld.includes(postmortem)),
    (postmortem) => deps.actions.list(postmortem),
    10,
  );
  return { token, holder, distribution, edition, entries, asked: askedActions(entries, rows.flat(), edition.composedAt) };
}

const wasFor = ({ service, audience }: Edition, { claims }: Holder): boolean =>
  service?.kind === 'reminders' && audience.kind === 'list' && audience.subscribers.includes(claims.subscriber);

/** The actions that the mail asked about, as a form names them. */
const namesOf = ({ entries }: Pick<Visit, 'entries'>): Set<string> =>
  new Set(entries.flatMap(({ postmortem, aid }) => (aid === undefined ? [] : [`${postmortem}/${aid}`])));

/** As a form names an action. The id of a postmortem has no slash. */
const nameOf = ({ row: { postmortem, aid } }: AskedAction): string => `${postmortem}/${aid}`;

async function answered({ params, form }: FormPost, deps: WebDeps): Promise<HttpAnswer> {
  const visit = await visitOf(params.token, deps);
  if ('answer' in visit) {
    if (!visit.expired) return visit.answer;
    if (form.get('press') === 'new-link') return mailed(visit.expired, deps);
    const typed = ['due', 'to', 'reason', 'text'].map((name) => cleanText(form.get(name) ?? '').trim()).filter(Boolean);
    return expiredLinkPage(visit.expired.distribution, { ...renewable.reminders, typed });
  }
  const { holder, distribution, edition, token } = visit;
  if (!deps.mayPress(holder.profile.sid)) return tooOften();
  const value = (name: string) => form.get(name) ?? '';
  const sent: SentAnswer = { kind: value('press'), due: value('due'), reason: value('reason'), to: value('to'), text: value('text') };
  const answer = readAnswer(sent, distribution, deps.now());
  if (!answer) return notUnderstood();
  const action = value('action');
  const place = visit.asked.findIndex((one) => nameOf(one) === action);
  const asked = visit.asked[place];
  if (!asked) return shown(visit, deps, { kind: 'not taken', why: namesOf(visit).has(action) ? 'hidden' : 'never asked', action });
  if ('flaws' in answer) return shown(visit, deps, { kind: 'flawed', flaws: answer.flaws, sent, action });
  const why = await pressed(asked, answer, { sid: holder.profile.sid, askedAt: edition.composedAt, rules: distribution }, deps);
  if (why === undefined)
    return seeOther(`${pathTo(deps, `/reminders/${token}`)}?done=${encodeURIComponent(answer.kind)}&of=${place}#a${place}`);
  // As everything stands now.
  const after = await visitOf(params.token, deps);
  return 'answer' in after ? after.answer : shown(after, deps, { kind: 'not taken', why, action });
}

/** The new link opens what the same mail asked, and goes to its owner alone. */
async function mailed({ distribution, claims: { about, subscriber } }: NonNullable<Closed['expired']>, deps: WebDeps): Promise<HttpAnswer> {
  const day = dayOfReminders(about ?? '');
  if (day === undefined) return notFound(deps);
  if (!deps.mayPress(subscriber)) return tooOften();
  await deps.mail({ kind: 'reminders-link', about: day, realm: deps.realm, subscriber });
  return newLinkMailedPage(distribution);
}

async function pressed(...[asked, answer, by, deps]: Parameters<typeof answerReminder>): Promise<NotTaken | undefined> {
  try {
    const done = await answerReminder(asked, answer, by, deps);
    if (done.kind === 'refused') return done.why;
    return done.kind === 'full' || done.kind === 'gone' ? done.kind : undefined;
  } catch (error) {
    if (error instanceof ActionKeptChanging) return 'busy';
    throw error;
  }
}

function shown({ asked, entries, holder, distribution, token }: Visit, deps: WebDeps, notice?: Notice): HttpAnswer {
  const now = deps.now();
  const isOf = (one: AskedAction, n: number) => notice?.action === (notice?.kind === 'taken' ? String(n) : nameOf(one));
  const actions = asked.map((one, n) => ({
    ...one,
    name: nameOf(one),
    notice: isOf(one, n) ? notice : undefined,
    teams: teamsFor(one.row, distribution, now),
    isQuestioned: isQuestioned(one.row, now),
    account: accountPathFor(holder.profile, distribution, one.row.postmortem, now),
    handedOver: ownHandOver(one.row, holder.profile.sid, distribution, now),
  }));
  return remindersView({
    whose: distribution,
    address: holder.profile.address,
    path: pathTo(deps, `/reminders/${token}`),
    actions,
    hidden: namesOf({ entries }).size - asked.length,
    others: entries.filter(({ aid, kind }) => aid === undefined && kind !== 'thanks').length,
    lost: notice?.kind === 'not taken' && actions.every((one) => one.notice === undefined) ? notice.why : undefined,
    days: daysToChoose(now, distribution.organisation.zone),
    now,
    zone: zoneFor(holder.profile, distribution),
  });
}

/** The teams that it can be handed to: those who can be asked, but not the one that has it. */
const teamsFor = (row: ActionRow, { teams }: Distribution, now: Date): string[] => {
  const owner = statusOf(row, now).owner ?? '';
  return teamsToAsk(teams)
    .map(({ name }) => name)
    .filter((name) => foldedName(name) !== foldedName(owner));
};
