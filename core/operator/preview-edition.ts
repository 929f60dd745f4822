import { composeShown } from '../compose/compose-for-display.ts';
import type { ComposeDeps, Composed } from '../compose/ports.ts';
import { NothingApplied } from '../compose/start-edition.ts';
import { withDraft } from '../compose/with-draft.ts';
import { type MailSettings, readerMail } from '../delivery/make-mail.ts';
import { readDistribution } from '../distribution/apply-distribution.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { reviewersFor } from '../edition/reviewers.ts';
import type { Shown } from '../edition/test-mail.ts';
import { draftAsStored } from '../intake/draft-as-stored.ts';
import { awaitedIn, type EditionFragments, namedIn } from '../mail/fragments.ts';
import { isAwaited, isTellable } from '../postmortem/postmortem.ts';
import type { SentDocument } from '../postmortem/reading/sent-document.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { Refused } from '../shared/errors.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { toInstant } from '../shared/instant.ts';
import {
  alertStreams,
  definitionOf,
  type Frequency,
  isAlertStream,
  isRelevanceStream,
  isScheduled,
  isUpdateStream,
  type StreamName,
  scheduledStreams,
  streams,
} from '../stream/stream.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import type { PreviewAnswer, When } from './api.ts';
import { whenMeant } from './when-meant.ts';

export interface PreviewDeps extends ComposeDeps {
  readonly publicUrl: string;
  /** Undefined if nobody has this address. */
  readonly profileOf: (address: string) => Promise<Profile | undefined>;
}

export interface WantedPreview {
  readonly stream: StreamName;
  readonly as?: string | undefined;
  readonly at?: When | undefined;
  readonly postmortem?: string | undefined;
  readonly frequency?: Frequency | undefined;
  /** The text of a file to use in place of the one in force. */
  readonly distribution?: string | undefined;
  /** Shows the edition as if this document were published now. */
  readonly draft?: PreviewDraft | undefined;
}

const anybody: Profile = { sid: '0'.repeat(32), realm: 'staff', address: 'reader@example.com', streams: {}, revision: 1 };
/** The links of a preview do not work: this key is not one that verifies links. */
const worthless = { kid: 'preview', key: 'a preview is looked at and never sent' };

/**
 * The mail that one reader, or any reader, would get. It is composed and assembled by the same code
 * as the real one, but not stored or sent.
 */
export async function previewEdition(asked: WantedPreview, given: PreviewDeps): Promise<PreviewAnswer> {
  const distribution = asked.distribution === undefined ? await given.distribution() : readDistribution(asked.distribution).distribution;
  if (!distribution) throw new NothingApplied();
  const { wanted, deps } = await drafted(asked, distribution, given);
  return previewOf(wanted, distribution, deps);
}

/** `alone`: with no other postmortem in it. */
export type PreviewDraft = SentDocument & { readonly id?: string | undefined; readonly alone?: boolean | undefined };

/**
 * What is wanted, with the draft among what is read. Throws Refused for a draft that nobody would
 * be told of.
 */
export async function drafted<Deps extends ComposeDeps>(
  { draft: sent, ...wanted }: WantedPreview,
  distribution: Distribution,
  deps: Deps,
): Promise<{ readonly wanted: Omit<WantedPreview, 'draft'>; readonly deps: Deps; readonly draft?: StoredPostmortem }> {
  if (!sent) return { wanted, deps };
  const { stream, frequency, postmortem } = wanted;
  if (isRelevanceStream(stream))
    throw refusal('draft', 'matters to nobody yet: who it matters to is found once it is published', 'Preview the digest with it.');
  if (postmortem !== undefined) throw refusal('postmortem', 'cannot be asked for beside a draft', 'Leave one of them out.');
  const { alone = false, ...document } = sent;
  const { postmortems, now } = deps;
  const draft = await draftAsStored(document, distribution, { postmortems: { readCurrent: postmortems.read }, now });
  const { id, restricted, status } = draft.postmortem;
  if (!isTellable(draft.postmortem))
    throw refusal('draft', `is ${restricted ? 'restricted' : status}: nobody is told of it`, 'Take that out of the document to see it.');
  const isAboutOne = frequency === 'published' || isAlertStream(stream) || (isUpdateStream(stream) && frequency === undefined);
  return { wanted: { ...wanted, ...(isAboutOne && { postmortem: id }) }, deps: { ...deps, ...withDraft(draft, deps, { alone }) }, draft };
}

async function previewOf(wanted: Omit<WantedPreview, 'draft'>, distribution: Distribution, deps: PreviewDeps): Promise<PreviewAnswer> {
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
  const { replyTo } = distribution.brand ?? {};
  const mail = readerMail(
    { ...composed, replyTo, ...reviewersFor(composed.fragments, distribution) },
    composed.fragments,
    profile,
    settings,
    {
      withheld: await withheldFrom(composed.fragments, deps),
      issuedAt,
    },
  );
  if (typeof mail === 'string') throw refusal('stream', 'has nothing to show', 'Choose another instant.');
  return {
    edition: composed.id,
    from: `${sender.name} <${sender.address}>`,
    ...(profile !== anybody && { to: profile.address }),
    replyTo: replyTo ?? sender.address,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    headers: Object.fromEntries(mail.headers),
    size: Buffer.byteLength(mail.html),
  };
}

/**
 * Lists of postmortems and promises lag by a second. What was restricted meanwhile is left out, as
 * it would be in the real edition.
 */
async function withheldFrom(fragments: EditionFragments, { postmortems }: Pick<PreviewDeps, 'postmortems'>): Promise<ReadonlySet<string>> {
  const named = await fewAtATime(namedIn(fragments), async (id) => ({ id, stored: await postmortems.read(id) }));
  const awaited = new Set(awaitedIn(fragments));
  const mayBeTold = (id: string, { postmortem }: StoredPostmortem) => isTellable(postmortem) || (awaited.has(id) && isAwaited(postmortem));
  return new Set(named.filter(({ id, stored }) => !stored || !mayBeTold(id, stored)).map(({ id }) => id));
}

/** The request as one edition. Throws Refused if it does not describe one. */
export function shownBy({ stream, at, postmortem, frequency }: WantedPreview, distribution: Distribution, now: Date): Shown {
  const choosing = streams.filter((one) => definitionOf(one).frequencies.length > 0);
  if (frequency && frequency !== 'weekly' && !choosing.includes(stream))
    throw refusal('frequency', `is one of ${choosing.join(' or ')} only`, 'Leave it out.');
  const { frequencies } = definitionOf(stream);
  if (frequency && frequencies.length > 0 && !frequencies.includes(frequency))
    throw refusal('frequency', `${frequency} is not offered by ${stream}`, `Use ${frequencies.join(' or ')}, or leave it out.`);
  if (frequency === 'published' || isAlertStream(stream) || isRelevanceStream(stream)) {
    const problem = `is missing: ${isAlertStream(stream) ? 'an alert' : 'such a mail'} is about one`;
    if (!postmortem) throw refusal('postmortem', problem, 'Say which: --postmortem ID.');
    if (isRelevanceStream(stream) && !distribution.streams[stream]) throw notInFile(stream);
  } else if (!isScheduled(stream)) {
    throw refusal('stream', `${stream} cannot be composed yet`, `Use ${[...scheduledStreams, ...alertStreams].join(' or ')}.`);
  } else if (!distribution.streams[stream]) throw notInFile(stream);
  return {
    stream,
    ...(frequency && { frequency }),
    ...(postmortem && { postmortem }),
    ...(at && { due: toInstant(whenMeant(at, distribution.organisation.zone, now)) }),
  };
}

async function compose(wanted: WantedPreview, distribution: Distribution, deps: PreviewDeps): Promise<Composed> {
  const composed = await composeShown(shownBy(wanted, distribution, deps.now()), distribution, deps);
  if (composed) return composed;
  if (isUpdateStream(wanted.stream) && !isAlertStream(wanted.stream))
    throw refusal(
      'postmortem',
      `is not one that ${wanted.stream} tells of`,
      'It has to be published, unrestricted and severe enough, and customers have to have felt it.',
    );
  if (isRelevanceStream(wanted.stream))
    throw refusal(
      'postmortem',
      `is not one that ${wanted.stream} tells a team of`,
      'It has to be published, unrestricted, severe enough, and to matter much to another team: afterword relevance ID.',
    );
  throw wanted.frequency === 'published'
    ? refusal('postmortem', 'is not one that readers of the digest are told of', 'It has to be published and unrestricted.')
    : refusal('postmortem', 'is not one that an alert would go out for', 'It has to be published, unrestricted and severe enough.');
}

const refusal = (field: string, problem: string, remedy: string, consequence = 'There is nothing to preview.') =>
  new Refused('content', [{ field, problem, remedy }], consequence);

/**
 * Refuses a stream that the applied distribution file leaves out. It has no period, no readers and
 * no schedule.
 */
export const notInFile = (stream: StreamName, consequence?: string) =>
  refusal('stream', `${stream} is not in the distribution file that is applied`, 'Add it under streams, and apply the file.', consequence);
