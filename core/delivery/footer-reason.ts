import { named } from '../content/prose.ts';
import { severityLabels } from '../distribution/severity-label.ts';
import type { Edition } from '../edition/edition.ts';
import { isLaterTelling, parseEditionId } from '../edition/edition-id.ts';
import { mandatoryReason } from '../edition/mandatory-readers.ts';
import { definitionOf, type StreamName } from '../stream/stream.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { whyGiven } from '../subscriber/why-subscribed.ts';

/** One sentence for the footer: why this person gets this. */
export function reasonFor(
  edition: Pick<Edition, 'id' | 'stream' | 'test' | 'alertsOf' | 'mandatory'>,
  profile: Profile,
  topicNames?: Readonly<Record<string, string>>,
): string {
  if (edition.test) return 'This is a test mail. An operator sent it to you alone.';
  // A service mail's fragments say it: why such a mail comes is the same for everybody.
  if (edition.stream === 'service') return '';
  const { words } = definitionOf(edition.stream);
  const comes = words.comes(edition.alertsOf ?? severityLabels.sev1, parseEditionId(edition.id).frequency, isLaterTelling(edition.id));
  const about =
    topicNames && definitionOf(edition.stream).choose === 'only' ? ` about ${chosenOf(edition.stream, profile, topicNames)}` : '';
  return `${comes}${about} because ${mandatoryReason(edition, profile) ?? whyGiven(edition.stream, profile)}.`;
}

/** Of what the mail is about, what the reader chose. */
function chosenOf(stream: StreamName, { streams }: Profile, topicNames: Readonly<Record<string, string>>): string {
  const chosen = (streams[stream]?.follow ?? []).flatMap((topic) => topicNames[topic] ?? []);
  return chosen.length > 0 ? named(chosen, mostNamed) : 'all products';
}
const mostNamed = 3;
