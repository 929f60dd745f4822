/**
 * Computes what a leadership brief says from the rows of the table, once more and in another way:
 * nothing here is shared with the code that composes it.
 */
import { gunzipSync } from 'node:zlib';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { berlinDay } from './story.ts';

// biome-ignore lint/suspicious/noExplicitAny: rows as they are stored
type Row = any;

export interface Rows {
  readonly documents: readonly Row[];
  readonly actions: readonly Row[];
  readonly reviews: readonly Row[];
}

export async function rowsOf(table: Table, ids: readonly string[]): Promise<Rows> {
  const rows = { documents: [] as Row[], actions: [] as Row[], reviews: [] as Row[] };
  for (const id of new Set(ids)) {
    const current = (await table.read({ pk: `PM#${id}`, sk: 'CURRENT' })) as Row;
    if (!current) continue;
    rows.documents.push({ ...JSON.parse(gunzipSync(current.document).toString('utf8')), id, held: current.held });
    for await (const item of table.queryAll(`ACT#${id}`)) rows.actions.push(item);
    const review = await table.read({ pk: `REVIEW#${id}`, sk: 'STATE' });
    if (review) rows.reviews.push(review);
  }
  return rows;
}

const ms = (at: string) => Date.parse(at);
const monthOf = (at: string) => berlinDay(at).slice(0, 7);
const isTold = (pm: Row) =>
  ['published', 'preliminary'].includes(pm.status ?? 'published') && !pm.restricted && !pm.held?.restricted && !pm.held?.retracted;

/** An action by a walk over what was said of it, oldest first. */
export function standing(row: Row, now: number) {
  const undone = new Set(row.events.filter((one: Row) => one.kind === 'undone').map((one: Row) => ms(one.event)));
  const real = row.events
    .filter((one: Row) => one.kind !== 'undone' && !undone.has(ms(one.at)))
    .sort((a: Row, b: Row) => ms(a.at) - ms(b.at));
  const all = real.filter(
    (one: Row, n: number) =>
      one.kind !== 'decided' || !real.slice(n + 1).some((later: Row) => later.kind === 'decided' && ms(later.at) <= ms(one.effectiveAt)),
  );
  const inEffect = all.filter((one: Row) => one.kind !== 'decided' || ms(one.effectiveAt) <= now);
  const story = [...inEffect, { kind: 'document', at: row.reportedAt }].sort((a: Row, b: Row) => ms(a.at) - ms(b.at));
  let [status, closedAt] = ['open', undefined as number | undefined];
  for (const one of story) {
    const before = status;
    let since = ms(one.at);
    if (one.kind === 'document') status = row.reported.status ?? 'open';
    else if (one.kind === 'done') status = 'done';
    else if (one.kind === 'reopened') status = 'open';
    else if (one.kind === 'imported') status = one.status;
    else if (one.kind === 'decided' && one.what === 'accept the risk') {
      if (status !== 'done') [status, since] = ['declined', ms(one.effectiveAt)];
    } else if (one.kind === 'decided' && status === 'declined') status = 'open';
    const isOpen = status === 'open' || status === 'in-progress';
    closedAt = isOpen ? undefined : status === before ? closedAt : since;
  }
  const days = [{ at: ms(row.dueReportedAt ?? row.promisedAt), due: row.reported.due }];
  for (const one of inEffect) {
    if (one.kind === 'rescheduled') days.push({ at: ms(one.at), due: one.due });
    if (one.kind === 'decided' && one.what === 'defer') days.push({ at: ms(one.at), due: one.until });
  }
  days.sort((a, b) => a.at - b.at);
  const decisions = all.filter((one: Row) => one.kind === 'decided');
  return {
    row,
    title: row.reported.title as string,
    isOpen: (status === 'open' || status === 'in-progress') && !row.withdrawnAt,
    isDone: status === 'done' && !row.withdrawnAt,
    isDeclined: status === 'declined' && !row.withdrawnAt,
    closedAt,
    due: days.at(-1)?.due as string | undefined,
    decision: decisions.filter((one: Row) => ms(one.effectiveAt) <= now).at(-1),
    pending: decisions.find((one: Row) => ms(one.effectiveAt) > now),
    last: Math.max(ms(row.reportedAt), ...real.map((one: Row) => ms(one.at))),
  };
}

const middle = (values: readonly number[]): number | undefined => {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half] : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
};
const minutes = (from?: string, to?: string) => (from?.includes('T') && to?.includes('T') ? (ms(to) - ms(from)) / 60_000 : undefined);
const known = <T>(values: readonly (T | undefined)[]) => values.filter((value) => value !== undefined);

const daysFrom = (day: string, now: number) => Math.round((ms(berlinDay(new Date(now))) - ms(day)) / 86_400_000);

/** `month`: `2026-11`. `now`: when it was composed. */
export function briefByHand({ documents, actions, reviews }: Rows, month: string, at: string) {
  const now = ms(at);
  const told = documents.filter(isTold);
  const tellable = new Set(told.map(({ id }) => id));
  const stands = actions.filter((row) => row.visible).map((row) => standing(row, now));
  const months = told.map((pm) => monthOf(pm.publishedAt)).concat(month);
  const first = months.sort()[0] ?? month;
  const figures = (wanted: string) => {
    const own = told.filter((pm) => monthOf(pm.publishedAt) === wanted);
    const nobody = ({ customerImpact: felt = {} }: Row) =>
      felt.customersAffected === undefined &&
      (felt.externallyVisible === false || (felt.externallyVisible === undefined && /^no customer/i.test(felt.text ?? '')));
    const lost = own.map((pm) => {
      const customers = nobody(pm) ? 0 : pm.customerImpact?.customersAffected;
      const harm = minutes(pm.startedAt, pm.mitigatedAt ?? pm.resolvedAt);
      return customers === 0 ? 0 : customers === undefined || harm === undefined ? undefined : customers * harm;
    });
    const detect = own.map((pm) => minutes(pm.startedAt, pm.detectedAt));
    const mitigate = own.map((pm) => minutes(pm.startedAt, pm.mitigatedAt));
    return {
      month: wanted,
      hasData: wanted >= first,
      incidents: own.length,
      grave: own.filter(({ severity }) => severity === 'sev1' || severity === 'sev2').length,
      sev1: own.filter(({ severity }) => severity === 'sev1').length,
      customerMinutes: { value: known(lost).reduce((sum, one) => sum + one, 0), known: known(lost).length },
      untilNoticed: { value: middle(known(detect)), known: known(detect).length },
      untilMitigated: { value: middle(known(mitigate)), known: known(mitigate).length },
    };
  };
  const open = stands.filter(({ isOpen }) => isOpen);
  const overdue = open.filter(({ due }) => due !== undefined && due < berlinDay(new Date(now)));
  const made = (wanted: string) => {
    const own = stands.filter(({ row }) => !row.withdrawnAt && monthOf(row.promisedAt) === wanted);
    return [
      own.length,
      own.filter((one) => one.isDone).length,
      own.filter((one) => one.isDeclined).length,
      own.filter((one) => one.isOpen).length,
      own.filter((one) => overdue.includes(one)).length,
    ];
  };
  const onTime = (wanted: string) => {
    const inTime = (one: (typeof stands)[number]) => one.closedAt !== undefined && berlinDay(new Date(one.closedAt)) <= (one.due ?? '');
    const fell = stands.filter((one) => {
      if (one.due?.slice(0, 7) !== wanted) return false;
      if (one.isDone) return inTime(one) || one.closedAt !== ms(one.row.promisedAt);
      return overdue.includes(one);
    });
    const unknown = stands.filter((one) => one.due?.slice(0, 7) === wanted && one.isDone && !fell.includes(one)).length;
    return { due: fell.length, kept: fell.filter((one) => one.isDone && inTime(one)).length, unknown };
  };
  const waits = reviews.filter((one) => one.state === 'in review' && !one.hidden && tellable.has(one.postmortem));
  const drafts = new Set(documents.filter((pm) => pm.status === 'draft' && !pm.restricted).map(({ id }) => id));
  const awaited = reviews.filter((one) => one.state === 'awaiting postmortem' && !one.hidden && drafts.has(one.postmortem));
  const opened = new Map<string, string>(waits.map((one) => [one.postmortem, one.openedAt]));
  const isUrgent = (priority = '') => /^p?[01]$/i.test(priority);
  const today = berlinDay(new Date(now));
  const asked = open
    .filter(({ pending }) => !pending)
    .filter(({ decision, row, last }) => {
      const { cost, consequence, priority } = row.reported;
      if (decision?.what === 'defer') return decision.until <= today;
      if (decision?.what === 'accept the risk') return last > 0;
      if (decision) return false;
      return opened.has(row.postmortem) && (cost !== undefined || consequence !== undefined || isUrgent(priority));
    });
  const decided = stands.filter(({ decision, isOpen, isDone, isDeclined, closedAt }) => {
    if (!decision || asked.some((one) => one.decision === decision)) return false;
    return isOpen || ((isDone || isDeclined) && closedAt !== undefined && monthOf(new Date(closedAt).toISOString()) === month);
  });
  const isGrave = (id: string, severity: string, publishedAt: string) =>
    tellable.has(id) && ['sev1', 'sev2'].includes(severity) && monthOf(publishedAt) === month;
  return {
    isGrave,
    done: stands.filter(({ isDone }) => isDone),
    figures,
    open,
    overdue,
    made,
    onTime,
    waits,
    awaited,
    asked,
    decided,
    daysFrom: (day: string) => daysFrom(day, now),
  };
}
