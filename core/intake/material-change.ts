import { correctionsOf } from '../distribution/corrections.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { isTellable, type Postmortem } from '../postmortem/postmortem.ts';
import type { MaterialChange, StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { factsOfGroups } from '../rendition/fact-groups.ts';
import { changesBetween, type FactName } from '../rendition/facts.ts';
import { factsFor } from '../rendition/renditions.ts';
import { audiences } from '../stream/audience.ts';

/**
 * The last material change of each audience after a new revision. Compared by the renditions that
 * audiences may see, so that a change of what one of them never sees is none of theirs. What an
 * earlier revision changed is carried forward. Undefined if nothing changed since it could first be
 * told.
 */
export function materialAfter(
  postmortem: Postmortem,
  before: StoredPostmortem | undefined,
  now: MaterialChange,
  distribution: Distribution | undefined,
): StoredPostmortem['material'] {
  if (!before || !mayBeKnown(before)) return before?.material;
  const told = factsOfGroups(correctionsOf(distribution).tell);
  const isLeft = (status: Postmortem['status']) => status === 'draft' || status === 'retracted';
  // Taken back and put there again is no correction: nobody is told of it in between.
  const isTold = (fact: FactName) =>
    told.has(fact) && !(fact === 'status' && (isLeft(before.postmortem.status) || isLeft(postmortem.status)));
  const changed = audiences.filter((audience) => {
    const [old, facts] = [factsFor(audience, before.postmortem), factsFor(audience, postmortem)];
    return old !== undefined && changesBetween(old, facts ?? {}).some(({ fact }) => isTold(fact));
  });
  if (changed.length === 0) return before.material;
  return { ...before.material, ...Object.fromEntries(changed.map((audience) => [audience, now])) };
}

/** False for a draft that no edition told: nobody has read it. */
const mayBeKnown = ({ postmortem, editions, namedIn, material }: StoredPostmortem): boolean =>
  isTellable(postmortem) || postmortem.status !== 'draft' || editions.length + namedIn.length > 0 || material !== undefined;
