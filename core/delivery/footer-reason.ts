import { severityLabels } from '../distribution/severity-label.ts';
import type { Edition } from '../edition/edition.ts';
import { isLaterTelling, parseEditionId } from '../edition/edition-id.ts';
import { mandatoryReason } from '../edition/mandatory-readers.ts';
import { definitionOf } from '../stream/stream.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { whyGiven } from '../subscriber/why-subscribed.ts';

/** One sentence for the footer: why this person gets this. */
export function reasonFor(edition: Pick<Edition, 'id' | 'stream' | 'test' | 'alertsOf' | 'mandatory'>, profile: Profile): string {
  if (edition.test) return 'This is a test mail. An operator sent it to you alone.';
  // A service mail's fragments say it: why such a mail comes is the same for everybody.
  if (edition.stream === 'service') return '';
  const { words } = definitionOf(edition.stream);
  const comes = words.comes(edition.alertsOf ?? severityLabels.sev1, parseEditionId(edition.id).frequency, isLaterTelling(edition.id));
  return `${comes} because ${mandatoryReason(edition, profile) ?? whyGiven(edition.stream, profile)}.`;
}
