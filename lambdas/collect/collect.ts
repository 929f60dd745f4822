import { gunzipSync } from 'node:zlib';
import { connectors } from '../../core/connector/connectors.ts';
import { hiddenBy, isUrgent } from '../../core/connector/decide.ts';
import { type HearDeps, type Heard, hear } from '../../core/connector/hear.ts';
import type { Facts } from '../../core/connector/inbound-incident.ts';
import { type NoteDeps, noteLinks } from '../../core/connector/incident-pages.ts';
import { keepUnread } from '../../core/connector/keep-unread.ts';
import { severityMapOf } from '../../core/connector/mapping.ts';
import { earlier, type Polled, poll } from '../../core/connector/poll.ts';
import type { InboundStore, Vendor, Watermarks } from '../../core/connector/ports.ts';
import { type Source, sources } from '../../core/connector/source.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import { type Instant, toInstant } from '../../core/shared/instant.ts';
import type { CollectAsk, CollectMessage, PollMessage } from '../shared/collect-message.ts';
import type { Log } from '../shared/logger.ts';

export interface CollectDeps extends Pick<HearDeps, 'desk' | 'now' | 'pages'>, Pick<NoteDeps, 'changed'> {
  readonly inbound: InboundStore;
  readonly watermarks: Watermarks;
  readonly vendor: (source: Source, distribution: Distribution | undefined) => Vendor;
  readonly distribution: () => Promise<Distribution | undefined>;
  readonly send: (messages: readonly CollectMessage[], delaySeconds?: number) => Promise<void>;
  readonly log: Log;
}

/** An event of more bytes than this, unpacked, is no event. */
const mostBytes = 5 * 1024 * 1024;

/** Handles one message. The second time it comes to the same. */
export async function collect(message: CollectMessage, deps: CollectDeps): Promise<void> {
  if ('poll' in message) return pollAll(message, deps);
  if ('ask' in message) return listen(message.ask, {}, deps);
  const { source, at, body } = message.event;
  const text = unpacked(body);
  if (text === undefined) {
    await holdUnread(source, { why: 'too large', detail: 'An event of more than 5 MB. The API is asked instead.' }, deps);
    return deps.send([{ poll: source }]);
  }
  const read = connectors[source].readEvent(text, at);
  if (read.kind === 'about') return listen({ source, ref: read.ref }, read.facts, deps);
  if (read.kind === 'unreadable') return holdUnread(source, { why: 'unreadable', detail: read.why }, deps);
  deps.log.info('event of something else', { source });
}

/** Undefined: it is too large. */
function unpacked(body: string): string | undefined {
  try {
    return gunzipSync(Buffer.from(body, 'base64'), { maxOutputLength: mostBytes }).toString('utf8');
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  }
}

/** Of a tool that the file does not name, events hide and do nothing else. */
async function listen({ source, ref, isOnce }: CollectAsk, said: Facts, deps: CollectDeps): Promise<void> {
  const distribution = await deps.distribution();
  const isNamed = distribution?.connectors?.[source] !== undefined;
  if (!isNamed && !hiddenBy(said)) return deps.log.info('event of a tool that the file does not name', { source });
  const vendor = isNamed ? deps.vendor(source, distribution) : undefined;
  const changedLately = async () => deps.changed(earlier((await deps.watermarks.read(source)) ?? toInstant(deps.now())));
  const severities = severityMapOf(distribution, source);
  const heard = await hear(source, ref, said, { ...deps, vendor, severities, distribution, changedLately });
  tell(heard, deps);
  if (heard.askAgain !== undefined && !isOnce) await deps.send([{ ask: { source, ref } }], heard.askAgain);
}

/** The alarm counts lines with `held`, of what nobody else is told of. No line has a title. */
function tell({ incident: { source, ref, state, why, detail }, severity, isNewlyHeld }: Heard, { log }: CollectDeps): void {
  const line = { source, ref, state, ...(why !== undefined && { why }) };
  if (!isNewlyHeld) log.info('incident heard of', line);
  else if (isUrgent(severity)) log.warn('incident held', { ...line, detail, held: 'urgent' });
  else log.warn('incident held', { ...line, detail });
}

/**
 * Well signed, and nothing that is read: held, so that somebody hears of it. The alarm rings for
 * the first of a day. What nobody signs is left to the log, or a stranger could fill the list of
 * operators, their mail and the alarm.
 */
async function holdUnread(source: Source, unread: Parameters<typeof keepUnread>[1], deps: CollectDeps): Promise<void> {
  if (!connectors[source].verify) return deps.log.warn('event not read', { source, ...unread });
  const { ref, isNew } = await keepUnread(source, unread, deps);
  if (isNew) deps.log.warn('incident held', { source, ref, ...unread, held: 'urgent' });
  else deps.log.info('event not read', { source, ref, ...unread });
}

async function pollAll({ poll: what, goOn }: PollMessage, deps: CollectDeps): Promise<void> {
  const distribution = await deps.distribution();
  const configured = sources.filter((source) => distribution?.connectors?.[source] !== undefined);
  // Each in a message of its own, so that none waits for another.
  if (what === 'all') return deps.send(configured.map((source) => ({ poll: source })));
  if (!configured.includes(what)) return;
  const ask = (source: Source, refs: readonly string[]) => deps.send(refs.map((ref) => ({ ask: { source, ref } })));
  const askOnce = (refs: readonly string[]) => deps.send(refs.map((ref) => ({ ask: { source: what, ref, isOnce: true } })));
  const note = (since: Instant) => noteLinks(since, { ...deps, ask });
  const polled = await poll(
    what,
    { ...deps, vendor: deps.vendor(what, distribution), held: deps.inbound.held, ask, askOnce, noteLinks: note },
    goOn,
  );
  tellPolled(what, polled, deps);
  if (polled.outcome === 'more') await deps.send([{ poll: what, goOn: polled.goOn }]);
  if (polled.outcome === 'later' && polled.again !== undefined) await deps.send([{ poll: what, goOn: polled.goOn }], polled.again);
}

/** The alarm counts polls after which something may be missing that nobody else is told of. */
function tellPolled(source: Source, polled: Polled, { log }: CollectDeps): void {
  const { goOn: _, ...line } = { goOn: undefined, ...polled };
  const isWrong = polled.outcome === 'refused' || polled.outcome === 'endless' || (polled.outcome === 'later' && polled.isLong);
  if (isWrong) log.warn('poll not finished', { source, held: 'urgent', ...line });
  else log.info('polled', { source, ...line });
}
