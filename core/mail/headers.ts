import { checkedText, encodePhrase } from './header-line.ts';

export interface MailMeaning {
  /** Names the list: `engineering-digest.mail.example.com`. */
  readonly stream: string;
  /** What people see as the list's name. */
  readonly listName: string;
  /** The sender's domain. */
  readonly domain: string;
  /** The https address that takes a one-click POST; absent where readers cannot leave. */
  readonly unsubscribe?: string | undefined;
  /** A mail to many at its own time, as a digest is: other systems may take their time with it. */
  readonly isBulk: boolean;
  /** The postmortem that the mail is about: all mails about one incident thread under it. */
  readonly incident?: string | undefined;
}

/**
 * The headers that say what kind of mail this is (RFC 2369, 2919, 3834, 8058), each once, in a
 * fixed order.
 */
export function mailHeaders({ stream, listName, domain, unsubscribe, isBulk, incident }: MailMeaning): [name: string, value: string][] {
  return [
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
