import { daysBetween } from '../calendar/print.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { promiseLine, similarLine, type Telling } from '../relevance/similar-words.ts';
import type { ToldSimilar } from '../relevance/told-similar.ts';
import { type BriefList, briefList } from './brief-list.ts';
import { days } from './brief-reviews-content.ts';

/** An incident of the period that an earlier postmortem tells of. */
export interface Repeated {
  readonly postmortem: PostmortemId;
  readonly title: string;
  /** At least one, what somebody confirmed first. */
  readonly earlier: readonly ToldSimilar[];
}

const isConfirmed = ({ earlier }: Repeated): boolean => earlier.some(({ similar }) => similar.state === 'confirmed');

/** Those that somebody confirmed: only they stand in the headline. */
export const confirmedOf = (repeated: readonly Repeated[]): Repeated[] => repeated.filter(isConfirmed);

/** Every postmortem that a list of these names. */
export const namedByRepeats = (repeated: readonly Repeated[]): PostmortemId[] => [
  ...new Set(repeated.flatMap(({ postmortem, earlier: [one] }) => [postmortem, ...(one ? [one.other.id] : [])])),
];

/** What happened again, with what was promised, who decided what on it, and since when it waits. */
export function repeatsContent(repeated: readonly Repeated[], telling: Telling): BriefList | undefined {
  const inOrder = repeated.toSorted((a, b) => Number(isConfirmed(b)) - Number(isConfirmed(a)));
  const rows = inOrder.flatMap(({ postmortem, title, earlier: [one] }) => {
    if (!one) return [];
    const open = one.promises.find(({ is }) => is === 'open');
    const age = open ? days(daysBetween(open.row.promisedAt, telling.now, telling.zone)) : '';
    const meta = [
      similarLine({ ...one, promises: [] }, telling),
      ...one.promises.slice(0, 2).map((promise) => promiseLine(promise, telling)),
    ];
    return [{ title, meta, age, late: open !== undefined && one.similar.state === 'confirmed', postmortem }];
  });
  return briefList(
    { heading: 'It happened again', intro: 'What earlier postmortems tell of, and what they promised.', leads: 'read', instead: '' },
    rows,
  );
}
