import type { DueUpdate, DueUpdates } from '../incident-update/ports.ts';
import { minuteMs } from '../shared/duration.ts';

/** A due update is made within seconds. After a crash it is asked for again, each minute. */
const patienceMs = 5 * minuteMs;
const most = 100;

/**
 * Updates of incidents that were to be looked at more than five minutes ago and still are, the
 * longest due first.
 */
export const lateUpdates = ({ due, now }: DueUpdates & { readonly now: () => Date }): Promise<DueUpdate[]> =>
  due(new Date(now().getTime() - patienceMs), most);
