import { assembleMail } from '../mail/assemble.ts';
import { mailHeaders } from '../mail/headers.ts';
import { buildMime } from '../mail/mime.ts';
import type { Writing } from '../mail/pieces.ts';
import { quotedPrintable } from '../mail/quoted-printable.ts';
import { AfterwordError } from '../shared/errors.ts';
import type { Profile, StreamName } from '../subscriber/subscriber.ts';
import { signToken, type TokenKeys, type TokenScope } from '../token/token.ts';
import type { MailMaker } from './ports.ts';

export interface MailSettings {
  /** Where the stage's pages are, without a trailing slash. */
  readonly publicUrl: string;
  readonly sender: { readonly name: string; readonly address: string };
  readonly keys: TokenKeys;
}

const listNames: Record<StreamName, string> = {
  'engineering-digest': 'Engineering digest',
  'sev1-alerts': 'Sev-1 alerts',
  'leadership-brief': 'Leadership brief',
  'customer-impact': 'Customer impact',
  'customer-notices': 'Customer notices',
};

/** One sentence for the footer: why this person gets this. */
const whyOf = (stream: StreamName, { team, role }: Profile): string => {
  const because = (group: string | undefined) => (group ? `because you are in ${group}` : 'because you are on its list');
  if (stream === 'sev1-alerts') return `You get every Sev-1 at once ${because(role)}.`;
  return stream === 'leadership-brief' ? `You get the leadership brief ${because(role)}.` : `You get this every week ${because(team)}.`;
};

/** Said in a mail that is sent once more because nobody knows whether the first one left. */
const mayBeRepeated = 'You may have had this mail before: we could not tell whether it reached you, and it matters too much to be lost.';

export interface ReaderMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly cards: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Both have to agree: the stream as it was set when the edition was composed, and the reader. */
const isTracked = (edition: { readonly tracksOpens?: boolean | undefined }, profile: Profile) =>
  edition.tracksOpens === true && profile.tracking !== false;

/** Everything of one reader's mail but its frame; undefined where all that it would tell is withheld. Previews show this. */
export function readerMail(
  edition: {
    readonly id: string;
    readonly stream: StreamName;
    readonly incident?: string | undefined;
    readonly tracksOpens?: boolean | undefined;
  },
  fragments: Parameters<MailMaker>[1],
  profile: Profile,
  settings: MailSettings,
  { withheld, issuedAt, attempt = 1 }: { withheld: ReadonlySet<string>; issuedAt: number; attempt?: number },
  writing?: Writing,
): ReaderMail | undefined {
  const { publicUrl, keys } = settings;
  const { sid: subscriber, realm, generation = 0 } = profile;
  const token = (scope: TokenScope, about: string) => signToken({ scope, realm, subscriber, about, generation, issuedAt }, keys);
  const read = token('read', edition.id);
  const unsubscribe = `${publicUrl}/u/${token('unsubscribe', edition.stream)}`;
  const slots = {
    read: `${publicUrl}/r/${read}`,
    view: `${publicUrl}/view/${read}`,
    preferences: `${publicUrl}/p/${token('preferences', '')}`,
    unsubscribe,
    why: [whyOf(edition.stream, profile), ...(attempt > 1 ? [mayBeRepeated] : [])].join(' '),
    tracker: isTracked(edition, profile) ? '{{ses:openTracker}}' : '',
  };
  const assembled = assembleMail(fragments, { withheld, slots }, writing);
  if (assembled === 'nothing') return undefined;
  const headers = mailHeaders({
    stream: edition.stream,
    listName: listNames[edition.stream],
    domain: settings.sender.address.slice(settings.sender.address.lastIndexOf('@') + 1),
    unsubscribe,
    isBulk: edition.stream !== 'sev1-alerts',
    incident: edition.incident,
  });
  const subject = attempt > 1 ? `${assembled.subject} (possible repeat)` : assembled.subject;
  return { ...assembled, subject, headers };
}

/** Makes mails with a stage's settings. An address or a subject that cannot stand in a header costs its own reader the mail and nobody else. */
export const mailMaker =
  (settings: MailSettings): MailMaker =>
  (edition, fragments, profile, { withheld, attempt, issuedAt }) => {
    try {
      const mail = readerMail(edition, fragments, profile, settings, { withheld, issuedAt, attempt }, quotedPrintable);
      if (!mail) return { kind: 'withheld' };
      const boundary = `afterword-${profile.sid}-${attempt}`;
      const mime = buildMime({ ...mail, encoded: mail, from: settings.sender, to: profile.address, boundary });
      const made = { profile: profile.revision, cards: mail.cards, tokenKey: settings.keys.kid, issuedAt };
      return { kind: 'mail', to: profile.address, mime, isTracked: isTracked(edition, profile), made };
    } catch (error) {
      if (error instanceof AfterwordError) return { kind: 'impossible', code: error.name };
      throw error;
    }
  };
