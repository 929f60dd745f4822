import { severityLabels } from '../distribution/severity-label.ts';
import type { Edition } from '../edition/edition.ts';
import { frequencyOfEdition } from '../edition/edition-id.ts';
import { mandatoryReason } from '../edition/mandatory-readers.ts';
import type { Frequency } from '../subscriber/slot.ts';
import type { Profile } from '../subscriber/subscriber.ts';

const digestComes: Readonly<Record<Frequency, string>> = {
  weekly: 'You get this every week',
  monthly: 'You get this every month',
  published: 'You get each postmortem as it is published',
};

/** One sentence for the footer: why this person gets this. */
export function reasonFor(edition: Pick<Edition, 'id' | 'stream' | 'test' | 'alertsOf' | 'mandatory'>, profile: Profile): string {
  if (edition.test) return 'This is a test mail. An operator sent it to you alone.';
  const { team, role } = profile;
  const because = (group: string | undefined) => (group ? `because you are in ${group}` : 'because you are on its list');
  switch (edition.stream) {
    case 'service':
      // Its fragments say it: why such a mail comes is the same for everybody.
      return '';
    case 'sev1-alerts': {
      const reason = mandatoryReason(edition, profile);
      return `You get every ${edition.alertsOf ?? severityLabels.sev1} at once ${reason ? `because ${reason}` : because(role)}.`;
    }
    case 'leadership-brief':
      return `You get the leadership brief ${because(role)}.`;
    default:
      return `${digestComes[frequencyOfEdition(edition.id)]} ${because(team)}.`;
  }
}
