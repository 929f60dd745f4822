import { type MailSettings, readerMail } from '../delivery/make-mail.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { composeAlert } from '../edition/compose-alert.ts';
import { composeDigest } from '../edition/compose-digest.ts';
import type { Composed } from '../edition/composed.ts';
import { occurrenceDueAt } from '../edition/occurrence.ts';
import type { ComposeDeps } from '../edition/ports.ts';
import { NothingApplied } from '../edition/start-edition.ts';
import { Refused } from '../shared/errors.ts';
import type { Profile, StreamName } from '../subscriber/subscriber.ts';
import type { PreviewAnswer } from './api.ts';

export interface PreviewDeps extends Omit<ComposeDeps, 'start' | 'profileWriterSeconds'> {
  readonly publicUrl: string;
  /** Undefined for an address that nobody has. */
  readonly profileOf: (address: string) => Promise<Profile | undefined>;
}

export interface WantedPreview {
  readonly stream: StreamName;
  readonly as?: string | undefined;
  readonly at?: string | undefined;
  readonly postmortem?: string | undefined;
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
    throw refusal('at', 'is a week in which nothing was published, and quiet weeks send nothing', 'Choose another instant.');
  }
  const profile = wanted.as === undefined ? anybody : await deps.profileOf(wanted.as);
  if (!profile) throw refusal('as', 'is nobody who was imported', 'Check the address with: afterword people list');
  const sender = distribution.senders.internal;
  const settings: MailSettings = { publicUrl: deps.publicUrl, sender, keys: worthless, isTracked: false };
  const issuedAt = Math.floor(deps.now().getTime() / 1000);
  const mail = readerMail(composed, composed.fragments, profile, settings, { withheld: new Set(), issuedAt });
  if (!mail) throw refusal('stream', 'has nothing to show', 'Choose another instant.');
  return {
    edition: composed.id,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    headers: Object.fromEntries(mail.headers),
    size: Buffer.byteLength(mail.html),
  };
}

/** The next digest tells of the week that is running now. */
const aWeekOn = (now: Date) => new Date(now.getTime() + 7 * 24 * 3600 * 1000);

async function compose({ stream, at, postmortem }: WantedPreview, distribution: Distribution, deps: PreviewDeps): Promise<Composed> {
  const composing: ComposeDeps = { ...deps, start: async () => {}, profileWriterSeconds: 0 };
  if (stream === 'engineering-digest') {
    const due = at ? new Date(at) : aWeekOn(deps.now());
    return composeDigest(occurrenceDueAt(stream, due, distribution), due, distribution, composing);
  }
  if (stream !== 'sev1-alerts') throw refusal('stream', `${stream} cannot be composed yet`, 'Use engineering-digest or sev1-alerts.');
  if (!postmortem) throw refusal('postmortem', 'is missing: an alert is about one', 'Say which: --postmortem ID.');
  const alert = await composeAlert(postmortem, distribution, composing);
  if (!alert)
    throw refusal('postmortem', 'is not one that an alert would go out for', 'It has to be published, unrestricted and severe enough.');
  return alert;
}

const refusal = (field: string, problem: string, remedy: string) => new Refused('content', [{ field, problem, remedy }]);
