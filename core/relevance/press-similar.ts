import type { AuditLine, AuditLog } from '../audit/audit.ts';
import { cleanText } from '../postmortem/hidden-characters.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { toInstant } from '../shared/instant.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import type { SimilarStore } from './ports.ts';

/** The longest reason for a dismissal. */
export const longestReason = 300;

/** What somebody says of a pair of postmortems. */
export interface SimilarPress {
  readonly earlier: string;
  readonly says: 'confirm' | 'dismiss';
  /** The one that they saw. Absent: the pair as it stands, also one that was dismissed. */
  readonly version?: string;
  /** Needed to dismiss. */
  readonly reason: string;
}

/** Who says it, as the row and the line of the audit log name them. */
export interface Presser {
  readonly by: string;
  readonly line: Pick<AuditLine, 'who' | 'facts'>;
}

/** Somebody on a page of their own link. */
export const readerWho = (subscriber: SubscriberId): Presser => ({ by: subscriber, line: { who: 'reader', facts: { subscriber } } });

/** Undefined: the form says something else. */
export function readSimilarPress(form: URLSearchParams): SimilarPress | undefined {
  const says = form.get('says');
  if (says !== 'confirm' && says !== 'dismiss') return undefined;
  const of = (name: string) => form.get(name) ?? '';
  return { earlier: of('earlier'), says, version: of('version'), reason: cleanText(of('reason')).trim().slice(0, longestReason) };
}

/**
 * Confirms or dismisses that an earlier postmortem tells of the same failure, with an audit line.
 * 'changed': there is no such pair, or not in this version any more, as on the second call with a
 * version. 'same': somebody said so already; nothing is stored. 'no reason': a dismissal needs one,
 * so that the next who finds it similar knows why it is not.
 */
export async function pressSimilar(
  postmortem: PostmortemId,
  { earlier, says, version, reason }: SimilarPress,
  { by, line }: Presser,
  { similar, audit, now }: { readonly similar: Pick<SimilarStore, 'of' | 'put'>; readonly audit: AuditLog; readonly now: () => Date },
): Promise<'stored' | 'same' | 'changed' | 'no reason'> {
  const found = (await similar.of(postmortem)).find((one) => one.earlier === earlier);
  if (!found || (version !== undefined && String(found.version) !== version)) return 'changed';
  if (says === 'dismiss' && reason === '') return 'no reason';
  const at = toInstant(now());
  const { reason: known, ...before } = found;
  const state = says === 'confirm' ? 'confirmed' : 'dismissed';
  if (state === found.state && (says === 'confirm' || reason === known)) return 'same';
  const isStored = await similar.put({ ...before, state, by, at, ...(says === 'dismiss' && { reason }) });
  if (!isStored) return 'changed';
  const facts = { ...line.facts, postmortem, earlier: found.earlier, ...(says === 'dismiss' && { reason }) };
  await audit.record({ at, who: line.who, act: `similar ${state}`, facts });
  return 'stored';
}
