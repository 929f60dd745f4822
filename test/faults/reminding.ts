import { localDay } from '../../core/calendar/period.ts';
import { remindersId } from '../../core/edition/service-mail.ts';
import { dayMs } from '../../core/shared/duration.ts';
import type { TestStack } from '../support/running-stack.ts';
import { pause } from './settle.ts';
import { untilTaken } from './until-taken.ts';

interface Owner {
  readonly sid: string;
  readonly address: string;
}
/** Of one postmortem. */
const mostOwners = 25;
const runs = 3;
const beforeTheirMailsMs = 500;

const todayOf = (stack: TestStack) => localDay(stack.now(), 'Europe/Berlin').toString();

/** Postmortems of two months ago, in which each of these people owns two action items that are due today. */
export async function promise(stack: TestStack, owners: readonly Owner[]): Promise<void> {
  for (let from = 0; from < owners.length; from += mostOwners) await promiseOf(stack, owners.slice(from, from + mostOwners), from);
}

async function promiseOf(stack: TestStack, owners: readonly Owner[], from: number): Promise<void> {
  for (const what of ['runbook', 'alarm']) {
    await untilTaken(stack, 'PUT', `/postmortems/promises-${from}-${what}`, {
      title: `The ${what} was out of date, ${from}`,
      severity: 'sev3',
      publishedAt: new Date(stack.now().getTime() - 60 * dayMs).toISOString(),
      actionItems: owners.map(({ address }, n) => ({ title: `Renew the ${what} of machine ${n}`, assignee: address, due: todayOf(stack) })),
    });
  }
}

/**
 * Two runs at once and one before all of their mails are made, and again while those leave. Some of
 * them die, or find a table that fails.
 */
export async function remindUnderFaults(stack: TestStack, seconds: number): Promise<void> {
  const run = () => stack.runSchedule('remind', stack.now().toISOString());
  for (let n = 0; n < runs; n += 1) {
    await Promise.all([run(), run(), pause(beforeTheirMailsMs).then(run)]);
    await pause((seconds * 1000) / runs);
  }
}

/** Runs it to its end, and answers the mails that these people were promised by it. */
export async function remindedAtLast(stack: TestStack, owners: readonly Owner[]): Promise<string[]> {
  await untilTaken(stack, 'POST', '/operator/reminders/run', { yes: true });
  return owners.map(({ sid }) => remindersId(sid, todayOf(stack).replaceAll('-', '')));
}
