import { statusOf } from '../action/status.ts';
import { daysBetween, printDayOf, printMonth } from '../calendar/print.ts';
import { cut } from '../shared/text.ts';
import { plain } from './sentence.ts';
import type { ToldPromise, ToldSimilar } from './told-similar.ts';

export interface Telling {
  readonly now: Date;
  readonly zone: string;
}

const longestQuote = 120;
const quoted = (text: string): string => {
  const said = plain(text);
  return `“${said.length <= longestQuote ? said : `${cut(said, longestQuote - 1).trimEnd()}…`}”`;
};

/** `Looks like` until somebody confirmed it. */
export const likeWords = ({ similar }: Pick<ToldSimilar, 'similar'>): string =>
  similar.state === 'confirmed' ? 'The same failure as' : 'Looks like';

/** `Looks like “The cart fell” of March 2025; its promise “Limit the queue” is still open.` */
export function similarLine(told: ToldSimilar, telling: Telling): string {
  const { other, promises } = told;
  const [promise] = promises;
  const begin = `${likeWords(told)} ${quoted(other.title)} of ${printMonth(other.publishedAt, telling.now, telling.zone)}`;
  if (!promise) return `${begin}.`;
  const caught = promise.caught ? ' It would have caught this.' : '';
  return `${begin}; its promise ${quoted(promise.row.reported.title)} ${becameWords(promise, telling)}.${caught}`;
}

/** `“Limit the queue” is still open, 214 days after it was promised. It was promised there.` */
export const promiseLine = (promise: ToldPromise, telling: Telling): string =>
  `${quoted(promise.row.reported.title)} ${becameWords(promise, telling)}${sinceWords(promise, telling)}. ${promise.caught ? 'It would have caught this.' : 'It was promised there.'}`;

/** What became of it, and which office decided so. */
function becameWords({ row, is }: ToldPromise, { now, zone }: Telling): string {
  const { decision, closedAt } = statusOf(row, now);
  const on = (at: string) => printDayOf(at, now, zone);
  switch (is) {
    case 'open':
      if (decision?.what === 'defer') return `is still open: ${plain(decision.as)} put it off`;
      return decision?.what === 'fund' ? `is still open, funded by ${plain(decision.as)}` : 'is still open';
    case 'declined':
      return decision?.what === 'accept the risk'
        ? `was not done: ${plain(decision.as)} accepted the risk on ${on(decision.effectiveAt)}`
        : 'was declined';
    case 'done late':
      return closedAt === undefined ? 'was done too late' : `was done on ${on(closedAt)}, after it happened again`;
  }
}

function sinceWords({ row, is }: ToldPromise, { now, zone }: Telling): string {
  if (is !== 'open') return '';
  const days = daysBetween(row.promisedAt, now, zone);
  return days < 2 ? '' : `, ${days} days after it was promised`;
}
