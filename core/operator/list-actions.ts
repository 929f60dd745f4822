import { Temporal } from 'temporal-polyfill';
import { type ActionRow, isKept, isOpen, type PromisedAction, promiseAt } from '../action/action.ts';
import { actionKeyOf } from '../action/action-key.ts';
import { eventWords, historyOf } from '../action/history.ts';
import { statusOf } from '../action/status.ts';
import { localDay, midnight } from '../calendar/period.ts';
import { daysLate } from '../calendar/print.ts';
import { isTellable, type PostmortemId } from '../postmortem/postmortem.ts';
import { type ListedPostmortem, lastHidden, type StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { dayMs } from '../shared/duration.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import type { PlainDate } from '../shared/instant.ts';
import { folded, foldedName } from '../shared/text.ts';
import type { ActionAnswer, ActionState, ActionsAnswer, ShownAction } from './actions-api.ts';

type ActionsPostmortem = Pick<StoredPostmortem, 'postmortem' | 'publication' | 'revision' | 'hiddenIn'>;

/** Rows in the order of their list, and the place of the last one if more follow. */
export interface ActionPage {
  readonly rows: readonly ActionRow[];
  readonly next?: string;
}

export interface ActionLister {
  /** Those that may be told and may be open, by due day. Reads the index, which may lag. */
  open(limit: number, after?: string): Promise<ActionPage>;
  /** Those that may be told and were closed since, by when. Reads the index, which may lag. */
  closed(since: Date, until: Date, limit: number, after?: string): Promise<ActionPage>;
  /** All of one postmortem. Consistent. */
  of(postmortem: PostmortemId): Promise<readonly ActionRow[]>;
  /** Postmortems that changed since, oldest change first. `cursor`: `<updatedAt>#<id>`. */
  changed(since: Date, until: Date, limit: number, cursor?: string): Promise<{ postmortems: ListedPostmortem[]; cursor?: string }>;
  /** Consistent. Those that do not exist are left out. */
  postmortems(ids: readonly PostmortemId[]): Promise<ReadonlyMap<PostmortemId, ActionsPostmortem>>;
}

export interface ListActionsDeps {
  readonly actions: ActionLister;
  readonly now: Date;
  /** The organisation's. */
  readonly zone: string;
}

export interface WantedActions {
  readonly state?: ActionState | undefined;
  /** That of the action, or of its postmortem where the action names none. */
  readonly team?: string | undefined;
  /** Words in the owner's name. */
  readonly owner?: string | undefined;
  readonly service?: string | undefined;
  /** Due on an earlier day. */
  readonly dueBefore?: PlainDate | undefined;
  readonly postmortem?: PostmortemId | undefined;
  /** Promised on this day or later. Default: whenever; see `usualDays`. */
  readonly since?: PlainDate | undefined;
}

/** Who looks. */
export interface ActionsViewer {
  /** Whether they see what nobody is told of: drafts, restricted and retracted postmortems. */
  readonly seesHidden: boolean;
  readonly seesAddresses: boolean;
}

/** How many days back closed actions and hidden postmortems are looked at, unless told. */
export const usualDays = 366;
/** Of one request. To find history, each is read. */
const mostPostmortems = { read: 100, listed: 1000 };
const mostOfOne = 1000;

const stages = ['open', 'closed', 'untold'] as const;
type Stage = (typeof stages)[number];

const cursors: Readonly<Record<Stage, RegExp>> = {
  open: /^$|^\d{4}-\d\d-\d\d#.{1,400}$/,
  closed: /^$|^\d{4}-\d\d-\d\dT[\d:.]{8,16}Z#.{1,400}$/,
  untold: /^$|^\d{4}-\d\d-\d\dT[\d:.]{8,16}Z#[a-z0-9-]{1,64}(#[0-9a-f]{12})?$/,
};
/** Opaque, because places have ids of trackers in them, and people copy a cursor into a shell. */
const cursorOf = (stage: Stage, after: string) => Buffer.from(`${stage}#${after}`).toString('base64url');
const splitCursor = (cursor: string) => {
  const text = Buffer.from(cursor, 'base64url').toString();
  const stage = stages.find((one) => text.startsWith(`${one}#`));
  return stage && { stage, after: text.slice(stage.length + 1) };
};

/** Whether a text is the place where a list of actions continues. */
export function isActionCursor(text: string): boolean {
  const place = splitCursor(text);
  return place !== undefined && cursors[place.stage].test(place.after);
}

const idOf = (row: Pick<ActionRow, 'postmortem' | 'aid'>) => `${row.postmortem}/${actionKeyOf(row)}`;

/** One page of action items, or all of one postmortem. Undefined if there is no such postmortem. */
export async function listActions(
  wanted: WantedActions,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  viewer: ActionsViewer,
  deps: ListActionsDeps,
): Promise<ActionsAnswer | undefined> {
  const shown = shownBy(viewer, deps);
  if (wanted.postmortem !== undefined) return ofOne(wanted.postmortem, wanted, shown, deps);
  const { rows, next } = await pageOf(wanted, limit, cursor, viewer, deps);
  return {
    actions: (await shown(rows)).filter(matching(wanted, deps)),
    notLookedAt: notLookedAt(wanted, viewer, deps),
    ...(next !== undefined && { cursor: next }),
  };
}

async function ofOne(id: PostmortemId, wanted: WantedActions, shown: ReturnType<typeof shownBy>, deps: ListActionsDeps) {
  if (!(await deps.actions.postmortems([id])).has(id)) return undefined;
  const rows = await deps.actions.of(id);
  const notLookedAt = rows.length > mostOfOne ? [`It has ${rows.length} actions. Only ${mostOfOne} of them were looked at.`] : [];
  return { actions: (await shown(rows.slice(0, mostOfOne))).filter(matching(wanted, deps)).toSorted(inOrder), notLookedAt };
}

/** One action. Undefined if there is none, or if this viewer may not see it. */
export async function showAction(
  postmortem: PostmortemId,
  key: string,
  viewer: ActionsViewer,
  deps: ListActionsDeps,
): Promise<ActionAnswer | undefined> {
  const rows = await deps.actions.of(postmortem);
  const row = rows.find((one) => actionKeyOf(one) === key);
  const all = row ? await shownBy(viewer, deps)(rows) : [];
  const action = all.find(({ id }) => row && id === idOf(row));
  if (!row || !action) return undefined;
  const perhapsWas = all.filter(({ perhaps }) => perhaps?.id === action.id).map(({ id, title }) => ({ id, title }));
  const became = rows.find(({ aid }) => aid === row.movedTo);
  const clean = withoutAddresses(viewer);
  return {
    ...action,
    perhapsWas,
    ...(row.seenAt !== undefined && { seenAt: row.seenAt }),
    ...(became && { movedTo: { id: idOf(became), title: clean(became.reported.title) } }),
    history: historyOf(row.events).map((line) => ({ ...line, says: clean(line.says) })),
  };
}

const sinceOf = ({ since }: WantedActions, { now, zone }: ListActionsDeps): Date =>
  since === undefined ? new Date(now.getTime() - usualDays * dayMs) : new Date(midnight(Temporal.PlainDate.from(since), zone));

/**
 * Closed ones do not open by themselves, while an open one may close when a decision takes effect.
 */
function stagesOf({ state }: WantedActions, { seesHidden }: ActionsViewer): readonly Stage[] {
  const isUnfinished = state === 'open' || state === 'overdue';
  const isUntold = seesHidden || state === undefined || state === 'history';
  return ['open', ...(isUnfinished ? [] : (['closed'] as const)), ...(isUntold ? (['untold'] as const) : [])];
}

function notLookedAt(wanted: WantedActions, viewer: ActionsViewer, deps: ListActionsDeps): string[] {
  if (wanted.since !== undefined) return [];
  const order = stagesOf(wanted, viewer);
  const day = localDay(sinceOf(wanted, deps), deps.zone).toString();
  const mayBeHistory = wanted.state === undefined || wanted.state === 'history';
  const untold = [
    ...(viewer.seesHidden ? ['drafts', 'restricted or retracted postmortems'] : []),
    ...(mayBeHistory ? ['history'] : []),
  ].join(', ');
  const left = [
    ...(order.includes('closed') ? [`actions that were closed before ${day}`] : []),
    ...(order.includes('untold') ? [`those of ${untold} that did not change since ${day}`] : []),
  ];
  return left.length === 0 ? [] : [`Not looked at: ${left.join('; ')}. Name an earlier day as since to include them.`];
}

async function pageOf(wanted: WantedActions, limit: number, cursor: string | undefined, viewer: ActionsViewer, deps: ListActionsDeps) {
  const order = stagesOf(wanted, viewer);
  const begin = cursor === undefined ? undefined : splitCursor(cursor);
  let stage: Stage | undefined = begin?.stage ?? order[0];
  let after = begin?.after ?? '';
  const rows: ActionRow[] = [];
  while (stage !== undefined && rows.length < limit) {
    const page: ActionPage = await readStage(stage, limit - rows.length, after, wanted, deps);
    rows.push(...page.rows);
    const isLong = stage === 'untold';
    if (page.next === undefined) stage = order[order.indexOf(stage) + 1];
    after = page.next ?? '';
    if (isLong) break;
  }
  return { rows, next: stage && cursorOf(stage, after) };
}

function readStage(stage: Stage, limit: number, after: string, wanted: WantedActions, deps: ListActionsDeps): Promise<ActionPage> {
  const { actions, now } = deps;
  const from = after === '' ? undefined : after;
  if (stage === 'open') return actions.open(limit, from);
  if (stage === 'closed') return actions.closed(sinceOf(wanted, deps), now, limit, from);
  return untold(limit, from, wanted, deps);
}

/**
 * Those that stand in no list: of history, and of what may not be told. A few postmortems at a
 * time, the oldest change first.
 */
async function untold(limit: number, after: string | undefined, wanted: WantedActions, deps: ListActionsDeps): Promise<ActionPage> {
  const { actions, now } = deps;
  const [at, id, key] = after?.split('#') ?? [];
  const rows: ActionRow[] = [];
  let place = after;
  // Returns whether there was room for all of them.
  const add = (updatedAt: string, some: readonly ActionRow[]): boolean => {
    for (const row of some) {
      if (rows.length === limit) return false;
      rows.push(row);
      place = `${updatedAt}#${row.postmortem}#${actionKeyOf(row)}`;
    }
    return true;
  };
  const unlisted = async (postmortem: PostmortemId) =>
    (await actions.of(postmortem)).filter(({ visible }) => !visible).toSorted((a, b) => (actionKeyOf(a) < actionKeyOf(b) ? -1 : 1));
  const full = () => ({ rows, ...(place !== undefined && { next: place }) });

  if (at !== undefined && id !== undefined && key !== undefined) {
    if (
      !add(
        at,
        (await unlisted(id)).filter((row) => actionKeyOf(row) > key),
      )
    )
      return full();
  }
  const mayBeHistory = wanted.state === undefined || wanted.state === 'history';
  const most = mayBeHistory ? mostPostmortems.read : mostPostmortems.listed;
  const { postmortems, cursor } = await actions.changed(sinceOf(wanted, deps), now, most, at && `${at}#${id}`);
  const hidden = postmortems.filter((one) => !isTellable(one));
  const known = mayBeHistory ? await actions.postmortems(postmortems.map((one) => one.id)) : new Map<string, ActionsPostmortem>();
  const looked = mayBeHistory ? postmortems.filter((one) => !isTellable(one) || known.get(one.id)?.publication === 'history') : hidden;
  for (let i = 0; i < looked.length; i += 10) {
    const some = looked.slice(i, i + 10);
    const found = await fewAtATime(some, async (one) => ({ one, own: await unlisted(one.id) }));
    for (const { one, own } of found) if (!add(one.updatedAt, own)) return full();
  }
  return { rows, ...(cursor !== undefined && { next: cursor }) };
}

/** What this viewer sees of rows, in their order. Nothing of what is theirs not to see. */
const shownBy =
  (viewer: ActionsViewer, deps: ListActionsDeps) =>
  async (rows: readonly ActionRow[]): Promise<ShownAction[]> => {
    const known = await deps.actions.postmortems([...new Set(rows.map(({ postmortem }) => postmortem))]);
    const lost = new Set(rows.filter(({ withdrawnAt, perhaps }) => withdrawnAt && perhaps).map(({ postmortem }) => postmortem));
    const there = (await fewAtATime([...lost], (id) => deps.actions.of(id))).flat();
    const titles = new Map(there.map((row) => [idOf(row), row.reported.title]));
    return rows.flatMap((row) => {
      const stored = known.get(row.postmortem);
      return stored && maySee(row, stored, viewer) ? [shownAction(row, stored, titles, viewer, deps)] : [];
    });
  };

/**
 * Whoever sees only what is told sees no text of a revision that was hidden: neither of a row that
 * was not brought to the current revision yet, nor of what was dropped while or after one was.
 */
function maySee(row: ActionRow, stored: ActionsPostmortem, { seesHidden }: ActionsViewer): boolean {
  if (seesHidden) return true;
  if (!isTellable(stored.postmortem) || row.revision !== stored.revision) return false;
  return row.withdrawnAt === undefined || lastHidden(stored) === 0;
}

function shownAction(
  row: ActionRow,
  { postmortem, publication }: ActionsPostmortem,
  titles: ReadonlyMap<string, string>,
  { seesAddresses }: ActionsViewer,
  { now, zone }: ListActionsDeps,
): ShownAction {
  const clean = withoutAddresses({ seesAddresses });
  const promise = promiseAt(row, now);
  const { decision, pending: decided = decision } = statusOf(row, now);
  const { owner, team, due, priority, kind, link, closedAt, status, promisedAt } = promise;
  const perhaps = row.perhaps === undefined ? undefined : idOf({ postmortem: row.postmortem, aid: row.perhaps });
  const became = row.withdrawnAt !== undefined && perhaps !== undefined ? titles.get(perhaps) : undefined;
  return {
    id: idOf(row),
    title: clean(promise.title),
    state: publication === 'history' ? 'history' : stateOf(promise, now, zone),
    status,
    ...(owner !== undefined && { owner: clean(owner) }),
    ...(team !== undefined && { team: clean(team) }),
    ...(due !== undefined && { due }),
    promisedAt,
    ...(closedAt !== undefined && { closedAt }),
    ...(priority !== undefined && { priority: clean(priority) }),
    ...(kind !== undefined && { kind: clean(kind) }),
    ...(link !== undefined && clean(link) === link && { link }),
    ...(row.reported.id !== undefined && { key: clean(row.reported.id) }),
    ...(row.reported.cost !== undefined && { cost: clean(row.reported.cost) }),
    ...(row.reported.consequence !== undefined && { consequence: clean(row.reported.consequence) }),
    ...(decided && { decision: { says: clean(eventWords(decided)), at: decided.at, effectiveAt: decided.effectiveAt } }),
    ...(row.times > 1 && { times: row.times }),
    ...(row.withdrawnAt !== undefined && { withdrawnAt: row.withdrawnAt }),
    ...(perhaps !== undefined && became !== undefined && { perhaps: { id: perhaps, title: clean(became) } }),
    postmortem: row.postmortem,
    postmortemTitle: clean(postmortem.title),
    severity: postmortem.severity,
    services: postmortem.services,
    ...(postmortem.owningTeam !== undefined && { owningTeam: postmortem.owningTeam }),
    ...(!isTellable(postmortem) && { hidden: postmortem.restricted ? 'restricted' : postmortem.status }),
  };
}

/** Producers may send an address in any text. */
export const withoutAddresses =
  ({ seesAddresses }: Pick<ActionsViewer, 'seesAddresses'>) =>
  (text: string): string =>
    seesAddresses ? text : text.replace(address, '(address left out)');
const address = /[^\s<>"(),;:\\[\]/@]+@[^\s<>"(),;@/]+/gu;

function stateOf(promise: PromisedAction, now: Date, zone: string): ActionState {
  if (promise.withdrawn) return 'withdrawn';
  if (isKept(promise)) return 'kept';
  if (!isOpen(promise)) return 'declined';
  return promise.due !== undefined && daysLate(promise.due, now, zone) > 0 ? 'overdue' : 'open';
}

function matching(wanted: WantedActions, deps: ListActionsDeps): (action: ShownAction) => boolean {
  const { state, team, owner, service, dueBefore } = wanted;
  const since = wanted.since === undefined ? undefined : sinceOf(wanted, deps).getTime();
  const words = folded(owner ?? '')
    .split(/\s+/)
    .filter(Boolean);
  const isNamed = (wish: string, name: string | undefined) => name !== undefined && foldedName(name) === foldedName(wish);
  return (action) => {
    if (state === 'open' ? action.state !== 'open' && action.state !== 'overdue' : state !== undefined && action.state !== state)
      return false;
    if (team !== undefined && !isNamed(team, action.team ?? action.owningTeam)) return false;
    if (service !== undefined && !action.services.some((name) => isNamed(service, name))) return false;
    if (dueBefore !== undefined && (action.due === undefined || action.due >= dueBefore)) return false;
    if (since !== undefined && Date.parse(action.promisedAt) < since) return false;
    if (words.length === 0) return true;
    const named = folded(action.owner ?? '');
    return words.every((word) => named.includes(word));
  };
}

const ranks: Readonly<Record<string, number>> = { overdue: 0, open: 1, kept: 2, declined: 2, withdrawn: 2 };
const rankOf = ({ state }: ShownAction) => ranks[state] ?? 3;
/** Overdue first, longest first; then open ones by due day; then closed ones, latest first. */
export function inOrder(a: ShownAction, b: ShownAction): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  const [one, other] = rankOf(a) < 2 ? [a.due ?? '9999', b.due ?? '9999'] : [b.closedAt ?? b.promisedAt, a.closedAt ?? a.promisedAt];
  if (one !== other) return one < other ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
