import { periodOf } from '../calendar/recurring.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { type Occurrence, occurrenceDueAt } from '../edition/occurrence.ts';
import { type Shown, testEditionId, type WantedTest } from '../edition/test-mail.ts';
import type { CardBlock } from '../mail/card-forms.ts';
import type { EditionFragments } from '../mail/fragments.ts';
import { isPublishedStream, isRelevanceStream, isScheduled, isUpdateStream, type ScheduledStream } from '../stream/stream.ts';
import { composeUpdate } from './compose-update.ts';
import { scheduledComposers, tellingComposers } from './composers.ts';
import type { ComposeDeps, Composed } from './ports.ts';
import { withDraft } from './with-draft.ts';

/**
 * Composes an edition for display, with the code of the real one. Undefined if the distribution
 * file has no such stream, or the edition may not show the postmortem.
 */
export async function composeShown(
  { stream, frequency = 'weekly', postmortem = '', due }: Shown,
  distribution: Distribution,
  deps: ComposeDeps,
): Promise<Composed | undefined> {
  if (isUpdateStream(stream) && postmortem !== '') return composeUpdate(stream, postmortem, distribution, deps);
  if (isRelevanceStream(stream)) return forEveryTeam(await tellingComposers[stream](postmortem, distribution, deps));
  if (frequency === 'published') return isPublishedStream(stream) ? tellingComposers[stream](postmortem, distribution, deps) : undefined;
  if (!isScheduled(stream) || !distribution.streams[stream]) return undefined;
  const now = deps.now();
  const at = due ? new Date(due) : nextDue(stream, frequency, distribution, now);
  // What will be kept or late when it is due cannot be known yet.
  return scheduledComposers[stream](occurrenceDueAt(stream, at, distribution, frequency), at < now ? at : now, distribution, deps);
}

/**
 * With its card for people of every team, so that whoever looks at it sees it. Only teams to which
 * it matters read the reason.
 */
function forEveryTeam(composed: Composed | undefined): Composed | undefined {
  if (!composed?.fragments) return composed;
  const blocks = composed.fragments.blocks.map((block) => (block.kind === 'card' ? withoutTeams(block) : block));
  return { ...composed, fragments: { ...composed.fragments, blocks } };
}
const withoutTeams = ({ onlyForTeams: _, ...card }: CardBlock): CardBlock => card;

/** The end of the current period, which the next edition covers. */
function nextDue(stream: ScheduledStream, frequency: Occurrence['frequency'], distribution: Distribution, now: Date): Date {
  const { kind, zone } = occurrenceDueAt(stream, now, distribution, frequency);
  return new Date(periodOf(kind, now, zone).end);
}

/**
 * Composes the same edition as a test mail to one person. It carries no postmortem, so none counts
 * as published by it, but what it names can still be withheld from it. Undefined if there is
 * nothing to show.
 */
export async function composeTest(wanted: WantedTest, distribution: Distribution, deps: ComposeDeps): Promise<Composed | undefined> {
  const { shows, draft } = wanted;
  const shown = await composeShown(shows, distribution, draft ? withDraft(draft, deps, { alone: true }) : deps);
  if (!shown?.fragments) return undefined;
  const fragments = asTest(shown.fragments);
  const { alertsOf } = shown;
  return {
    id: testEditionId(wanted),
    stream: 'service',
    ...(alertsOf && { alertsOf }),
    carried: [],
    ...(draft && { showsDraft: true }),
    fragments,
    subject: fragments.subject,
  };
}

/** Marks the subject of a test mail. */
export const testSubject = (subject: string) => `Test: ${subject}`;

const asTest = (fragments: EditionFragments): EditionFragments => {
  const { subject, subjectNames, zones } = fragments;
  return {
    ...fragments,
    subject: testSubject(subject),
    ...(zones && {
      zones: Object.fromEntries(
        Object.entries(zones).map(([zone, said]) => [zone, { ...said, subject: testSubject(said.subject ?? subject) }]),
      ),
    }),
    ...(subjectNames && { subjectNames: { ...subjectNames, instead: testSubject(subjectNames.instead) } }),
  };
};
