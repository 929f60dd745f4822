import { signToken, type TokenKeys, type TokenScope } from '../access/token.ts';
import { severityLabels } from '../distribution/severity-label.ts';
import { type Edition, rulesOf } from '../edition/edition.ts';
import { parseEditionId } from '../edition/edition-id.ts';
import { mandatoryReason } from '../edition/mandatory-readers.ts';
import { isReviewer } from '../edition/reviewers.ts';
import { remindersId, ServiceKind, type StoredServiceMail } from '../edition/service-mail.ts';
import { assembleInPieces } from '../mail/assemble.ts';
import type { ReaderChoices } from '../mail/card-forms.ts';
import type { PlaceholderValues } from '../mail/fill-placeholders.ts';
import { type EditionFragments, toldIn } from '../mail/fragments.ts';
import { mailHeaders } from '../mail/headers.ts';
import { joined, type MailText } from '../mail/mail-text.ts';
import { buildMime } from '../mail/mime.ts';
import { asItIs, type Writing } from '../mail/pieces.ts';
import { quotedPrintable } from '../mail/quoted-printable.ts';
import { AfterwordError } from '../shared/errors.ts';
import { definitionOf, deliveryRulesOf, type EditionStream } from '../stream/stream.ts';
import { ownZone } from '../subscriber/own-zone.ts';
import type { Profile, SubscriberId } from '../subscriber/subscriber.ts';
import { topicOf } from '../subscriber/topic.ts';
import { reasonFor } from './footer-reason.ts';
import type { MailMaker } from './ports.ts';
import { settingsFor } from './skip-reason.ts';

export interface MailSettings {
  /** Address of the stage's pages, without a trailing slash. */
  readonly publicUrl: string;
  readonly sender: { readonly name: string; readonly address: string };
  readonly keys: TokenKeys;
}

/** As it was called when the edition was composed: a mail can be made again, byte by byte. */
const listName = (stream: EditionStream, { alertsOf = severityLabels.sev1 }: MailEdition): string =>
  stream === 'service' ? 'Your subscriptions' : definitionOf(stream).words.title(alertsOf);

/** All mails about one notice lead to its one page. */
const reviewing = { path: 'review', scope: 'review' } as const;

/**
 * Where the link of a mail of stream `service` leads, and what it may do there. Without a scope it
 * carries no token, and the page asks who comes.
 */
const actions: Readonly<Record<ServiceKind, { readonly path: string; readonly scope?: TokenScope }>> = {
  confirm: { path: 'c', scope: 'confirm' },
  welcome: { path: 'p', scope: 'preferences' },
  already: { path: 'p', scope: 'preferences' },
  'new-link': { path: 'p', scope: 'preferences' },
  // The page of leaving, where one press takes it back.
  goodbye: { path: 'u', scope: 'unsubscribe' },
  approval: { path: 'a', scope: 'approve' },
  joined: { path: 'a', scope: 'approve' },
  receipt: { path: 'receipts', scope: 'receipt' },
  decisions: { path: 'decisions', scope: 'decide' },
  'sign-in': { path: 'sign-in', scope: 'sign-in' },
  drift: { path: 'home/drift' },
  held: { path: 'home' },
  reminders: { path: 'reminders', scope: 'reminders' },
  'reminders-link': { path: 'reminders', scope: 'reminders' },
  review: reviewing,
  'review-again': reviewing,
  'review-hold': reviewing,
  'review-void': reviewing,
  'review-released': reviewing,
  'review-withdrawn': reviewing,
  'review-lapsed': reviewing,
  'review-restricted': reviewing,
  'review-receipt': reviewing,
  'review-link': reviewing,
};

/** The note in a second copy, sent because nobody knows whether the first one arrived. */
const mayBeRepeated = 'You may have had this mail before: we could not tell whether it reached you, and it matters too much to be lost.';

export interface ReaderMail<Text = string> {
  readonly subject: string;
  /** Empty for readers who want plain text. */
  readonly html: Text;
  readonly text: Text;
  readonly cards: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** The parts of an edition that its mails need. */
export type MailEdition = Pick<
  Edition,
  'id' | 'stream' | 'service' | 'test' | 'alertsOf' | 'replyTo' | 'incident' | 'tracksOpens' | 'mandatory' | 'reviewers'
>;

/**
 * Whether opens are measured. The stream, as it was set when the edition was composed, and the
 * reader must both agree. A mail without HTML has no place for a pixel.
 */
const isTracked = (edition: MailEdition, profile: Profile) =>
  edition.tracksOpens === true && profile.tracking !== false && profile.format !== 'text';

export interface MailOptions {
  readonly withheld: ReadonlySet<string>;
  /** The postmortems of which the edition shows an earlier text. */
  readonly corrected?: ReadonlySet<string> | undefined;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly attempt?: number;
  /** One sign for each card, to make a mail again as it was. */
  readonly cards?: string | undefined;
}

/**
 * One reader's mail without its frame, as it is previewed, and as it was sent once. 'withheld' and
 * 'nothing chosen': the mail would be empty.
 */
export function readerMail(
  edition: MailEdition,
  fragments: EditionFragments,
  profile: Profile,
  settings: MailSettings,
  options: MailOptions,
): ReaderMail | 'withheld' | 'nothing chosen' {
  const mail = inPieces(edition, fragments, profile, settings, options, asItIs);
  return typeof mail === 'string' ? mail : { ...mail, html: joined(mail.html), text: joined(mail.text) };
}

/** The same as it is sent. */
function inPieces(
  edition: MailEdition,
  fragments: EditionFragments,
  profile: Profile,
  settings: MailSettings,
  { withheld, corrected, issuedAt, attempt = 1, cards }: MailOptions,
  writing: Writing,
): ReaderMail<MailText> | 'withheld' | 'nothing chosen' {
  const isMandatory = mandatoryReason(edition, profile) !== undefined;
  const placeholders = placeholdersFor(edition, profile, settings, { issuedAt, attempt, topicNames: fragments.topicNames });
  const wishes = choicesFor(edition, profile);
  const assembled = assembleInPieces(
    fragments.zones ? toldIn(fragments, ownZone(profile)) : fragments,
    { withheld, corrected, placeholders, wishes, team: teamOf(profile), cards, isPlain: profile.format === 'text', isMandatory },
    writing,
  );
  if (typeof assembled === 'string') return assembled;
  // A test looks to a mail program as the edition that it shows, but for the thread of its
  // incident.
  const stream = edition.test?.stream ?? edition.stream;
  const headers = mailHeaders({
    stream,
    listName: listName(stream, edition),
    domain: settings.sender.address.slice(settings.sender.address.lastIndexOf('@') + 1),
    unsubscribe: isMandatory || stream === 'service' ? undefined : placeholders.unsubscribe,
    isBulk: (edition.test ? deliveryRulesOf(stream, parseEditionId(edition.id).frequency) : rulesOf(edition)).isBulk,
    incident: edition.incident,
    replyTo: edition.replyTo,
  });
  const subject = attempt > 1 ? `${assembled.subject} (possible repeat)` : assembled.subject;
  return { ...assembled, subject, headers };
}

const teamOf = ({ team }: Profile) => (team === undefined ? undefined : topicOf('team', team));

/** What a reader follows decides which cards come first, or which come at all. */
function choicesFor(edition: MailEdition, profile: Profile): ReaderChoices | undefined {
  const settings = settingsFor(edition, profile);
  if (!settings || edition.stream === 'service' || definitionOf(edition.stream).choose === 'first') return settings;
  return { ...(settings.follow && { only: settings.follow }) };
}

interface Making {
  readonly issuedAt: number;
  readonly attempt: number;
  readonly topicNames?: EditionFragments['topicNames'];
}

function placeholdersFor(
  edition: MailEdition,
  profile: Profile,
  { publicUrl, keys }: MailSettings,
  { issuedAt, attempt, topicNames }: Making,
): PlaceholderValues {
  const { sid: subscriber, realm, generation = 0 } = profile;
  const link = (path: string, scope: TokenScope, about: string) =>
    `${publicUrl}/${path}/${signToken({ scope, realm, subscriber, about, generation, issuedAt }, keys)}`;
  const read = link('r', 'read', edition.id);
  const { service } = edition;
  const stream = edition.test?.stream ?? edition.stream;
  return {
    read,
    ...(isReviewer(edition, profile) && { decide: link('decisions', 'decide', edition.id) }),
    view: `${publicUrl}/view/${read.slice(read.lastIndexOf('/') + 1)}`,
    // The list of notices is public: its address holds nothing of the reader.
    ...(realm === 'customers' && { incidents: `${publicUrl}/incidents` }),
    preferences: link('p', 'preferences', ''),
    unsubscribe: stream === 'service' ? '' : link('u', 'unsubscribe', stream),
    action: service ? actionLink(service, subscriber, publicUrl, link) : '',
    why: [reasonFor(edition, profile, topicNames), ...(attempt > 1 ? [mayBeRepeated] : [])].join(' '),
    tracker: isTracked(edition, profile) ? '{{ses:openTracker}}' : '',
  };
}

function actionLink(
  { kind, about }: Pick<StoredServiceMail, 'kind' | 'about'>,
  subscriber: SubscriberId,
  publicUrl: string,
  link: (path: string, scope: TokenScope, about: string) => string,
): string {
  const known = ServiceKind.safeParse(kind);
  // Of a later release: left to a worker of that release, to which its message comes again.
  if (!known.success) throw new Error(`no link is known for a service mail of kind ${kind}`);
  const { path, scope } = actions[known.data];
  if (scope === undefined) return `${publicUrl}/${path}`;
  return link(path, scope, scope === 'preferences' ? '' : scope === 'reminders' ? remindersId(subscriber, about) : about);
}

/**
 * Makes mails with a stage's settings. An address or subject that cannot stand in a header fails
 * the mail of this reader alone.
 */
export const mailMaker =
  (settings: MailSettings): MailMaker =>
  (edition, fragments, profile, { attempt, ...options }) => {
    try {
      const mail = inPieces(edition, fragments, profile, settings, { ...options, attempt }, quotedPrintable);
      if (typeof mail === 'string') return { kind: mail };
      const boundary = `afterword-${profile.sid}-${attempt}`;
      const mime = buildMime({
        ...mail,
        encoded: { text: mail.text, ...(mail.html.length > 0 && { html: mail.html }) },
        from: settings.sender,
        to: profile.address,
        boundary,
      });
      const made = { profile: profile.revision, cards: mail.cards, tokenKey: settings.keys.kid, issuedAt: options.issuedAt };
      return { kind: 'mail', to: profile.address, mime, isTracked: isTracked(edition, profile), made };
    } catch (error) {
      if (error instanceof AfterwordError) return { kind: 'impossible', code: error.name };
      throw error;
    }
  };
