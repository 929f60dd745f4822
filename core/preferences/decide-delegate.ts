import type { StreamName } from '../stream/stream.ts';
import { mandatoryFor } from '../subscriber/mandatory.ts';
import type { StreamSettings, SubscriberId } from '../subscriber/subscriber.ts';
import { parseAddress } from '../subscriber/subscriber-id.ts';
import { isPaused } from '../subscriber/subscription.ts';
import type { ChangeContext } from './change-context.ts';
import { dayFlaw, readDay } from './read-day.ts';
import type { StreamChange } from './settings-fields.ts';
import { dayWords, delegateChanged, type SettingChanged } from './settings-words.ts';

/** The delegate of a mandatory stream after a change. */
export interface Delegation {
  /** Undefined: there is no delegate any more. */
  readonly delegate: StreamSettings['delegate'];
  /** The former delegate, if they are replaced or removed. */
  readonly released: SubscriberId | undefined;
  readonly changed: SettingChanged[];
}

/**
 * Undefined if nothing changes. A delegation ends on a day: the one that is given, else the day on
 * which the pause ends, else its former day.
 */
export function decideDelegate(
  stream: StreamName,
  { delegate: text, delegateUntil }: StreamChange,
  context: ChangeContext,
): Delegation | undefined {
  const { profile, distribution, delegates, now, zone, pausedUntil, refuse } = context;
  const before = profile.streams[stream]?.delegate;
  if (text === undefined && delegateUntil === undefined) return undefined;
  if (text?.trim() === '' || (text === undefined && delegateUntil === '')) {
    return (
      before && {
        delegate: undefined,
        released: before.sid,
        changed: [{ ...delegateChanged(stream, undefined, distribution), delegate: before.sid }],
      }
    );
  }
  if (mandatoryFor(distribution, stream, profile.address) === undefined) {
    refuse({
      field: `${stream}.delegate`,
      problem: 'is for streams that cannot be switched off',
      remedy: 'Switch it off, or pause your mail.',
    });
    return undefined;
  }
  const until = readDay(delegateUntil || pausedUntil || '', zone, now) ?? (delegateUntil === undefined ? before?.until : undefined);
  if (!until) refuse(dayFlaw(`${stream}.delegateUntil`));
  const found = text === undefined ? undefined : delegates.get(parseAddress(text)?.normalised ?? '');
  const isThere = found && found.sid !== profile.sid && !found.suppressed && !found.suspended && !found.unconfirmed;
  const isAway = found !== undefined && isPaused(found, now);
  if (text !== undefined && !isThere)
    refuse({ field: `${stream}.delegate`, problem: 'is nobody who gets mail here', remedy: 'Write the address of a colleague who does.' });
  if (isThere && isAway)
    refuse({ field: `${stream}.delegate`, problem: 'has paused their own mail', remedy: 'Name somebody who is there.' });
  const sid = found?.sid ?? before?.sid;
  if (!until || !sid || (sid === before?.sid && until === before.until)) return undefined;
  return {
    delegate: { sid, until },
    released: before && before.sid !== sid ? before.sid : undefined,
    changed: [
      {
        ...delegateChanged(stream, { name: found?.name ?? found?.address ?? '', until: dayWords(until, zone, now) }, distribution),
        delegate: sid,
      },
    ],
  };
}
