import type { ListedExternal } from '../notice/listed-external.ts';
import type { ExternalLists } from '../notice/ports.ts';
import { dayMs, minuteMs } from '../shared/duration.ts';

/** What is due is done within seconds. After a crash it is asked for again, each minute. */
const patienceMs = 5 * minuteMs;
const most = 200;

/**
 * Notices that wait too long: nobody answers for a day, or something is due for five minutes and
 * not done, such as a release or a withdrawal.
 */
export async function waitingNotices({ open, now }: Pick<ExternalLists, 'open'> & { readonly now: () => Date }): Promise<ListedExternal[]> {
  const isBefore = (at: string | undefined, ms: number): boolean => at !== undefined && Date.parse(at) < now().getTime() - ms;
  const listed = await open(most);
  return listed.filter(({ state, at, dueAt }) => isBefore(dueAt, patienceMs) || (state === 'open' && isBefore(at, dayMs)));
}
