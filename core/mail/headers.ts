import { checkedAddress, checkedText, encodePhrase } from './header-line.ts';

export interface MailMeaning {
  /** The list's id: `engineering-digest.mail.example.com`. */
  readonly stream: string;
  /** The list's name as people see it. */
  readonly listName: string;
  /** The sender's domain. */
  readonly domain: string;
  /** The https address that takes a one-click POST. Absent if readers cannot leave. */
  readonly unsubscribe?: string | undefined;
  /** A mail to many that need not arrive at once, such as a digest. Other systems may delay it. */
  readonly isBulk: boolean;
  /** The postmortem that the mail is about. All mails about one incident share one thread. */
  readonly incident?: string | undefined;
  /** Where replies go. Absent: to the sender. */
  readonly replyTo?: string | undefined;
}

/** The headers that describe the mail (RFC 2369, 2919, 3834, 8058), each once, in a fixed order. */
export function mailHeaders({
  stream,
  listName,
  domain,
  unsubscribe,
  isBulk,
  incident,
  replyTo,
}: MailMeaning): [name: string, value: string][] {
  return [
    ...(replyTo ? [['Reply-To', checkedAddress('Reply-To', replyTo)] satisfies [string, string]] : []),
    ['List-Id', `${encodePhrase(checkedText('List-Id', listName))} <${stream}.${domain}>`],
    ...(unsubscribe ? leaving(unsubscribe) : []),
    ...(isBulk ? [['Precedence', 'bulk'] satisfies [string, string]] : []),
    ['Auto-Submitted', 'auto-generated'],
    ['X-Auto-Response-Suppress', 'OOF, AutoReply'],
    ...(incident ? [['References', `<incident-${incident}@${domain}>`] satisfies [string, string]] : []),
  ];
}

const leaving = (unsubscribe: string): [string, string][] => [
  ['List-Unsubscribe', `<${unsubscribe}>`],
  ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
];
