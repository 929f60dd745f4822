import type { ListedExternal } from '../../../core/notice/listed-external.ts';
import { standingWords } from '../../../core/notice/why-held.ts';
import { NoticesAnswer, OneNotice } from '../../../core/operator/notices-api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { columns, counted, printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const listHelp = `
Those of which something is due come first, then those that rest, the last changed first. held: nobody is asked, and why; it is tried again (afterword notices show says what to do).
approved: the hold lasts until HOLD, and anybody who approved may stop it. PUBLIC is the version that customers can read. Titles and texts
are not shown. The key needs the scope read.

Examples:
  afterword notices --state held
  afterword notices withdraw checkout-outage --reason "the times are wrong"`;

export interface ListOptions {
  readonly state?: string;
  readonly since?: string;
}

export const noticePath = (id: string, more = ''): string => `operator/notices/${encodeURIComponent(id)}${more}`;

/** Lists notices as they stand. */
export async function listNotices({ api, terminal }: Session, { state, since }: ListOptions): Promise<ExitCode> {
  const query = new URLSearchParams({ ...(state && { state }), ...(since && { since }) });
  const path = `operator/notices${query.size > 0 ? `?${query}` : ''}`;
  const { body } = await api({ method: 'GET', path }, NoticesAnswer);
  const { notices, notLookedAt } = body;
  if (notices.length > 0) terminal.say(...columns(['POSTMORTEM', 'STATE', 'SINCE', 'HOLD', 'PUBLIC', 'ID'], notices.map(rowOf)), '');
  terminal.say(notices.length === 0 ? 'Nothing matches that.' : `${counted(notices.length, 'notice')}.`);
  terminal.say(...notLookedAt.map(printableLine));
  terminal.answer(body);
  return exitCodes.ok;
}

/** Shows where one stands. */
export async function showNotice({ api, terminal }: Session, id: string): Promise<ExitCode> {
  const { body } = await api({ method: 'GET', path: noticePath(id) }, OneNotice);
  terminal.say(...linesOf(body).map(printableLine));
  terminal.answer(body);
  return exitCodes.ok;
}

const rowOf = (notice: ListedExternal): string[] => [
  notice.postmortem,
  stateWords(notice),
  minuteOf(notice.at),
  minuteOf(notice.releaseAt),
  publicWords(notice),
  notice.publicId ?? '-',
];

/** `2026-11-30 09:05`, in UTC. */
const minuteOf = (at: string | undefined): string => (at === undefined ? '-' : at.slice(0, 16).replace('T', ' '));

function stateWords({ state = 'not asked yet', why, approvals }: ListedExternal): string {
  return [state, ...(why === undefined ? [] : [why]), ...(approvals === undefined ? [] : [counted(approvals, 'approval')])].join(', ');
}

const publicWords = ({ shown, isBeingWithdrawn, hiddenSince }: ListedExternal): string =>
  isBeingWithdrawn
    ? 'being withdrawn'
    : shown === undefined
      ? '-'
      : `version ${shown}${hiddenSince === undefined ? '' : ', restricted inside'}`;

/** One fact a line. Times are UTC. */
export function linesOf(notice: OneNotice): string[] {
  const { postmortem, publicId, at, releaseAt, dueAt, hiddenSince, withdrawnAt, textSince } = notice;
  const facts: [string, string | undefined][] = [
    ['Notice about', postmortem],
    ['Public id', publicId],
    ['State', `${stateWords(notice)}${at === undefined ? '' : `, since ${minuteOf(at)}`}`],
    ['Why', standingWords(notice)],
    ['Hold until', releaseAt && minuteOf(releaseAt)],
    ['Public', publicWords(notice)],
    ['Restricted inside since', hiddenSince && minuteOf(hiddenSince)],
    ['Withdrawn', withdrawnAt && minuteOf(withdrawnAt)],
    ['A text to ask since', textSince && minuteOf(textSince)],
    ['Looked at next', dueAt && minuteOf(dueAt)],
  ];
  return facts.flatMap(([name, fact]) => (fact === undefined ? [] : [`${name}: ${fact}`]));
}
