import { periodOf } from '../calendar/recurring.ts';
import { type MailSettings, readerMail } from '../delivery/make-mail.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { isScheduled, type ScheduledStream, scheduledStreams } from '../distribution/scheduled-streams.ts';
import { composeAlert } from '../edition/compose-alert.ts';
import { composePublished } from '../edition/compose-published.ts';
import { composeScheduled } from '../edition/compose-scheduled.ts';
import type { Composed } from '../edition/composed.ts';
import { type Occurrence, occurrenceDueAt } from '../edition/occurrence.ts';
import type { ComposeDeps } from '../edition/ports.ts';
import { NothingApplied } from '../edition/start-edition.ts';
import { Refused } from '../shared/errors.ts';
import type { Frequency } from '../subscriber/slot.ts';
import type { Profile, StreamName } from '../subscriber/subscriber.ts';
import type { PreviewAnswer, When } from './api.ts';
import { whenMeant } from './when-meant.ts';

export interface PreviewDeps extends Omit<ComposeDeps, 'start' | 'profileWriterSeconds'> {
  readonly publicUrl: string;
  /** Undefined for an address that nobody has. */
  readonly profileOf: (address: string) => Promise<Profile | undefined>;
}

export interface WantedPreview {
  readonly stream: StreamName;
  readonly as?: string | undefined;
  readonly at?: When | undefined;
  readonly postmortem?: string | undefined;
  readonly frequency?: Frequency | undefined;
}

const anybody: Profile = { sid: '0'.repeat(32), realm: 'staff', address: 'reader@example.com', streams: {}, revision: 1 };
/** The links of a preview lead nowhere: they are signed with a key that nobody believes. */
const worthless = { kid: 'preview', key: 'a preview is looked at and never sent' };

/** The mail that one reader, or anybody, would get: composed and assembled by the same code as the real one, stored and sent nowhere. */
export async function previewEdition(wanted: WantedPreview, deps: PreviewDeps): Promise<PreviewAnswer> {
  const distribution = await deps.distribution();
  if (!distribution) throw new NothingApplied();
  const composed = await compose(wanted, distribution, deps);
  if (!composed.fragments) {
    throw refusal(
      'at',
      'is in a time of which nothing is told: nothing was published, and `quietWeek` says nothing',
      'Choose another instant.',
    );
  }
  const profile = wanted.as === undefined ? anybody : await deps.profileOf(wanted.as);
  if (!profile) throw refusal('as', 'is nobody who was imported', 'Check the address with: afterword people list');
  const sender = distribution.senders.internal;
  const settings: MailSettings = { publicUrl: deps.publicUrl, sender, keys: worthless };
  const issuedAt = Math.floor(deps.now().getTime() / 1000);
  const mail = readerMail(composed, composed.fragments, profile, settings, { withheld: new Set(), issuedAt });
  if (typeof mail === 'string') throw refusal('stream', 'has nothing to show', 'Choose another instant.');
  return {
    edition: composed.id,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    headers: Object.fromEntries(mail.headers),
    size: Buffer.byteLength(mail.html),
  };
}

/** When the period that is running now has ended: the next edition tells of it. */
function nextDue(stream: ScheduledStream, frequency: Occurrence['frequency'], distribution: Distribution, now: Date): Date {
  const { kind, zone } = occurrenceDueAt(stream, now, distribution, frequency);
  return new Date(periodOf(kind, now, zone).end);
}

async function compose(
  { stream, at, postmortem, frequency = 'weekly' }: WantedPreview,
  distribution: Distribution,
  deps: PreviewDeps,
): Promise<Composed> {
  const composing: ComposeDeps = { ...deps, start: async () => {}, profileWriterSeconds: 0 };
  if (frequency !== 'weekly' && stream !== 'engineering-digest')
    throw refusal('frequency', 'is one of engineering-digest only', 'Leave it out.');
  if (frequency === 'published') return composeAsPublished(postmortem, distribution, composing);
  if (isScheduled(stream)) {
    if (!distribution.streams[stream]) throw notInFile(stream);
    const due = at ? whenMeant(at, distribution.organisation.zone, deps.now()) : nextDue(stream, frequency, distribution, deps.now());
    // Nobody knows yet what will be kept or late when it is due.
    const told = due < deps.now() ? due : deps.now();
    return composeScheduled(occurrenceDueAt(stream, due, distribution, frequency), told, distribution, composing);
  }
  if (stream !== 'sev1-alerts')
    throw refusal('stream', `${stream} cannot be composed yet`, `Use ${[...scheduledStreams, 'sev1-alerts'].join(' or ')}.`);
  if (!postmortem) throw refusal('postmortem', 'is missing: an alert is about one', 'Say which: --postmortem ID.');
  const alert = await composeAlert(postmortem, distribution, composing);
  if (!alert)
    throw refusal('postmortem', 'is not one that an alert would go out for', 'It has to be published, unrestricted and severe enough.');
  return alert;
}

async function composeAsPublished(postmortem: string | undefined, distribution: Distribution, deps: ComposeDeps): Promise<Composed> {
  if (!postmortem) throw refusal('postmortem', 'is missing: as it is published, a mail is about one', 'Say which: --postmortem ID.');
  const published = await composePublished(postmortem, distribution, deps);
  if (!published)
    throw refusal('postmortem', 'is not one that readers of the digest are told of', 'It has to be published and unrestricted.');
  return published;
}

const refusal = (field: string, problem: string, remedy: string, consequence = 'There is nothing to preview.') =>
  new Refused('content', [{ field, problem, remedy }], consequence);

/** A stream that the applied distribution file leaves out has no period, no readers and no schedule. */
export const notInFile = (stream: StreamName, consequence?: string) =>
  refusal('stream', `${stream} is not in the distribution file that is applied`, 'Add it under streams, and apply the file.', consequence);
