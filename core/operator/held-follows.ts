import { declaresOnly, type Source } from '../connector/source.ts';
import { withPublication } from '../intake/publication.ts';
import { nextRevision } from '../intake/take-postmortem.ts';
import { wouldTell } from '../intake/would-tell.ts';
import { isAwaited } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import type { OutlookDeps } from './held-outlook.ts';

/**
 * Who would be told if a draft of a tool were published as it stands, and what keeps an alert back,
 * as sentences. Empty where it is no draft that a tool made.
 */
export function followsOf(
  stored: StoredPostmortem | undefined,
  { source }: { readonly source: Source },
  { distribution, current, now }: OutlookDeps,
): string[] {
  if (!stored || current.owner !== 'ours' || !isAwaited(stored.postmortem)) return [];
  const clock = new Date(now);
  const published = withPublication({ ...stored.postmortem, status: 'published' }, stored, {}, clock);
  const then = nextRevision(stored, { ...published, hash: '' }, { distribution, now: () => clock });
  const tells = wouldTell(then.stored, distribution, clock);
  const once = `Once its ${declaresOnly(source) ? 'postmortem is published under this id' : 'document is finished'}`;
  return [
    tells.length === 0 ? `${once}, nobody is mailed.` : `${once}, it tells: ${tells.join('; ')}.`,
    ...(then.warning === undefined ? [] : [then.warning]),
  ];
}
