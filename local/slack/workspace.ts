import type { Block } from './blocks.ts';
import { type Change, callLog, type Metadata } from './call-log.ts';

/** A message as it is now. */
export interface Message {
  readonly channel: string;
  readonly ts: string;
  readonly postedAt: string;
  /** Undefined: another member's. */
  readonly key: string | null | undefined;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly metadata: Metadata | null;
  /** What it showed after each edit, oldest first. */
  readonly edits: readonly { readonly at: string; readonly text: string; readonly blocks: readonly Block[] }[];
  readonly deleted: { readonly at: string; readonly byHand: boolean } | undefined;
}

export interface Workspace {
  /** Every message ever posted in a channel, or in all of them, newest first. */
  messages(channel?: string): readonly Message[];
  find(channel: string, ts: string): Message | undefined;
  /** Carries out a change and logs it. */
  apply(change: Change): Message;
  changes(): readonly Change[];
  /** A name for a new message: later than all others. */
  newTs(at: Date): string;
}

/** `dataDir`: see callLog. */
export function workspace(dataDir?: string): Workspace {
  const log = callLog(dataDir);
  // In the order of posting.
  const messages = new Map<string, Message>();
  let lastTs = 0;
  const take = (change: Change): Message => {
    const name = `${change.channel} ${change.ts}`;
    const made = changed(messages.get(name), change);
    messages.set(name, made);
    lastTs = Math.max(lastTs, microsOf(change.ts));
    return made;
  };
  for (const change of log.changes()) take(change);
  return {
    messages: (channel) => [...messages.values()].filter((one) => channel === undefined || one.channel === channel).reverse(),
    find: (channel, ts) => messages.get(`${channel} ${ts}`),
    apply: (change) => {
      log.add(change);
      return take(change);
    },
    changes: log.changes,
    newTs: (at) => {
      lastTs = Math.max(lastTs + 1, at.getTime() * 1000);
      return `${Math.floor(lastTs / 1e6)}.${String(lastTs % 1e6).padStart(6, '0')}`;
    },
  };
}

/** The microseconds of `1503435956.000247`. */
export const microsOf = (ts: string): number => Math.round(Number(ts) * 1e6);

function changed(before: Message | undefined, { what, at, channel, ts, key, text, blocks, metadata }: Change): Message {
  const shown = { channel, ts, text, blocks, metadata };
  if (before === undefined) return { ...shown, postedAt: at, key: what === 'by somebody' ? undefined : key, edits: [], deleted: undefined };
  if (what === 'chat.update') return { ...before, ...shown, edits: [...before.edits, { at, text, blocks }] };
  return { ...before, deleted: { at, byHand: what === 'by hand' } };
}
