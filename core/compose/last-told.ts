import { mayHaveMails } from '../delivery/tally.ts';
import { countsOf, type Edition, type EditionId } from '../edition/edition.ts';
import { isEditionOf } from '../edition/edition-id.ts';
import { mayHaveLeftWithout } from '../edition/edition-state.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import type { Frequency, StreamName } from '../stream/stream.ts';
import type { ComposeDeps } from './ports.ts';

/** An edition, before it is made, that follows earlier ones of its stream and frequency. */
export interface Following {
  readonly id: EditionId;
  readonly stream: StreamName;
  readonly frequency: Frequency;
}

/** The edition whose text readers know, and what it told of a postmortem. */
export interface LastTold<T> {
  readonly edition: Edition;
  readonly told: T;
}

/**
 * What readers may know of a postmortem: from the newest edition that told something of it to all
 * its readers, and from later ones that did so only to some. One that was recalled, or of which
 * mails may have left without this postmortem, settles nothing, so it comes last. `tells`: what an
 * edition told of it, if it did.
 */
export async function lastTold<T>(
  id: PostmortemId,
  { editions, namedIn }: Pick<StoredPostmortem, 'editions' | 'namedIn'>,
  wanted: Following,
  tells: (edition: Edition) => T | undefined,
  read: ComposeDeps['editions']['read'],
): Promise<LastTold<T>[]> {
  const ofItsKind = [...new Set([...editions, ...namedIn])].filter((edition) => edition !== wanted.id && isEditionOf(edition, wanted));
  const all = await fewAtATime(ofItsKind, read);
  const telling = all.flatMap((edition) => {
    const told = edition?.content && tells(edition);
    return edition && told !== undefined ? [{ edition, told }] : [];
  });
  const newestFirst = telling.toSorted((a, b) => Date.parse(b.edition.composedAt) - Date.parse(a.edition.composedAt));
  const standing = newestFirst.findIndex(({ edition }) => !edition.recalled && !mayHaveLeftWithout(id, edition));
  const unsettled = (standing < 0 ? newestFirst : newestFirst.slice(0, standing)).filter(({ edition }) => mayHaveReaders(edition));
  return [...(standing < 0 ? [] : newestFirst.slice(standing, standing + 1)), ...unsettled];
}

/** Whether anybody may have a mail of an edition. */
export const mayHaveReaders = (edition: Edition): boolean => !edition.completedAt || mayHaveMails(countsOf(edition));

/** Many postmortems were told by the same few editions. */
export function onceEach(read: ComposeDeps['editions']['read']): ComposeDeps['editions']['read'] {
  const known = new Map<EditionId, ReturnType<typeof read>>();
  return (id) => {
    const found = known.get(id) ?? read(id);
    known.set(id, found);
    return found;
  };
}
