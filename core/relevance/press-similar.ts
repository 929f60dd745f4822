import type { AuditLog } from '../audit/audit.ts';
import { cleanText } from '../postmortem/hidden-characters.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { toInstant } from '../shared/instant.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import type { SimilarStore } from './ports.ts';

/** The longest reason for a dismissal. */
export const longestReason = 300;

/** What somebody sent of a pair on a page of the later postmortem. */
export interface SimilarPress {
  readonly earlier: string;
  readonly says: 'confirm' | 'dismiss';
  /** The one that they saw. */
  readonly version: string;
  /** Needed to dismiss. */
  readonly reason: string;
}

/** Undefined: the form says something else. */
export function readSimilarPress(form: URLSearchParams): SimilarPress | undefined {
  const says = form.get('says');
  if (says !== 'confirm' && says !== 'dismiss') return undefined;
  const of = (name: string) => form.get(name) ?? '';
  return { earlier: of('earlier'), says, version: of('version'), reason: cleanText(of('reason')).trim().slice(0, longestReason) };
}

/**
 * Confirms or dismisses that an earlier postmortem tells of the same failure, with an audit line.
 * The second call says 'changed': the version is another one by then. 'no reason': a dismissal
 * needs one, so that the next who finds it similar knows why it is not.
 */
export async function pressSimilar(
  postmortem: PostmortemId,
  { earlier, says, version, reason }: SimilarPress,
  by: SubscriberId,
  { similar, audit, now }: { readonly similar: Pick<SimilarStore, 'of' | 'put'>; readonly audit: AuditLog; readonly now: () => Date },
): Promise<'stored' | 'changed' | 'no reason'> {
  const found = (await similar.of(postmortem)).find((one) => one.earlier === earlier);
  if (!found || String(found.version) !== version) return 'changed';
  if (says === 'dismiss' && reason === '') return 'no reason';
  const at = toInstant(now());
  const { reason: _, ...before } = found;
  const state = says === 'confirm' ? 'confirmed' : 'dismissed';
  const isStored = await similar.put({ ...before, state, by, at, ...(says === 'dismiss' && { reason }) });
  if (!isStored) return 'changed';
  const facts = { subscriber: by, postmortem, earlier: found.earlier, ...(says === 'dismiss' && { reason }) };
  await audit.record({ at, who: 'reader', act: `similar ${state}`, facts });
  return 'stored';
}
