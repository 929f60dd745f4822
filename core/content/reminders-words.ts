import { daysLate, printPlainDate, printWeekday } from '../calendar/print.ts';
import type { PlainDate } from '../shared/instant.ts';
import { counted, printed, shortened } from './prose.ts';
import type { Item, Printing, RemindedOf, RemindersInput } from './reminded.ts';

const isThanks = ({ kind }: RemindedOf): boolean => kind === 'thanks';
const wrote = 'you wrote a postmortem that was published a week ago';

/** The news of the mail, most pressing first: `two actions are due`, `one review waits`. */
export function newsOf(items: readonly RemindedOf[], { more }: Pick<RemindersInput, 'more'>): string[] {
  const count = (kind: RemindedOf['kind']) => items.filter((item) => item.kind === kind).length;
  const told = (n: number, noun: string, one: string, many: string) => (n > 0 ? [`${counted(n, noun)} ${n === 1 ? one : many}`] : []);
  const [actions, decisions, thanks] = [count('action'), count('decision'), count('thanks')];
  const news = [
    ...told(actions, 'action', 'is due', 'are due'),
    ...told(count('review'), 'review', 'waits', 'wait'),
    ...told(count('deferral') + count('answer'), 'decision', 'is due again', 'are due again'),
    ...questionsOf(items),
    ...told(count('awaited'), 'postmortem', 'is awaited', 'are awaited'),
  ];
  const quiet =
    decisions > 0
      ? `leadership decided on ${counted(decisions, 'action')}`
      : `thank you for ${thanks === 1 ? 'your postmortem' : counted(thanks, 'postmortem')}`;
  const all = news.length === 0 ? [quiet] : news;
  return more > 0 ? [...all, 'and more'] : all;
}

/** `VP Engineering asks about one action`. */
function questionsOf(items: readonly RemindedOf[]): string[] {
  const questions = items.filter((item): item is Item<'question'> => item.kind === 'question');
  const [asks, ...others] = new Set(questions.map(({ decision }) => decision.as));
  const who = asks !== undefined && others.length === 0 ? shortened(printed(asks), 60) : 'leadership';
  return questions.length > 0 ? [`${who} asks about ${counted(questions.length, 'action')}`] : [];
}

/** Why the mail came. */
export function whyOf({ items, office, standsInFor = [] }: RemindersInput): string {
  if (items.every(isThanks)) return `You get this because ${wrote}.`;
  const has = (test: (item: RemindedOf) => boolean) => items.some(test);
  const reasons = [
    has(({ kind }) => kind === 'review' || kind === 'deferral' || kind === 'answer') &&
      (standsInFor.length > 0
        ? `reviews come to you${office === undefined ? '' : ` as ${printed(office)}`} once they wait too long`
        : `you review postmortems${office === undefined ? '' : ` as ${printed(office)}`}`),
    has(({ kind }) => kind === 'awaited') && 'a postmortem is awaited from you or your team',
    has((item) => (item.kind === 'action' && !item.isOfLead) || item.kind === 'decision' || item.kind === 'question') &&
      'you or your team own an action item',
    has((item) => item.kind === 'action' && item.isOfLead) && 'you lead a team whose promise is late',
    has(isThanks) && wrote,
  ].filter((reason) => reason !== false);
  const last = reasons.pop() ?? '';
  return `You get this on working days when something is asked of you, because ${reasons.length > 0 ? `${reasons.join(', ')} and ${last}` : last}.`;
}

export const dayWords = (day: PlainDate, { now, organisation }: Pick<Printing, 'now' | 'organisation'>): string =>
  printPlainDate(day, now, organisation.zone);

/** `Due today`, `Due on Wednesday 2 December`, `Due on 27 November`, `7 days late`. */
export function dueWords(due: PlainDate, of: Pick<Printing, 'day' | 'now' | 'organisation'>): { when: string; late: boolean } {
  const { zone } = of.organisation;
  const late = daysLate(due, new Date(`${of.day}T12:00:00Z`), 'UTC');
  if (late > 0) return { when: `${late} day${late === 1 ? '' : 's'} late`, late: true };
  if (late === 0) return { when: 'Due today', late: false };
  return { when: `Due on ${late > -7 ? `${printWeekday(due, zone)} ` : ''}${dayWords(due, of)}`, late: false };
}
