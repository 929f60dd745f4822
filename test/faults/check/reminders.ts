import type { History, Violation } from './history.ts';

/**
 * R1: nobody is accepted two mails of reminders of a day, whatever their editions are called. A run
 * has one day.
 */
export function nobodyIsRemindedTwice({ accepted }: Pick<History, 'accepted'>): Violation[] {
  const reminders = accepted.filter(({ edition }) => edition?.startsWith('service_reminders_'));
  const byPerson = Map.groupBy(reminders, ({ subscriber }) => subscriber ?? '');
  return [...byPerson].flatMap(([subscriber, lines]): Violation[] => {
    const editions = [...new Set(lines.map(({ edition }) => edition))];
    const [, second] = editions;
    return second == null ? [] : [{ invariant: 'R1', edition: second, subscriber, what: `reminded by ${editions.join(', ')}` }];
  });
}
