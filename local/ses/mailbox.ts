import type { AcceptedMail } from './accepted-mail.ts';
import { type TruthLine, truthLog } from './truth-log.ts';

export type { TruthLine };

/** What the mail server accepted: its complete log, and the newest mails in full. */
export interface Mailbox {
  keep(mail: AcceptedMail): void;
  /** Oldest first, one line for each recipient. Never shortened. */
  truth(): readonly TruthLine[];
  /** Newest first. */
  newest(): Iterable<AcceptedMail>;
  find(id: string): AcceptedMail | undefined;
  size(): number;
}

const keptInFull = 2000;

/** `dataDir`: see truthLog. */
export function mailbox(dataDir?: string): Mailbox {
  const log = truthLog(dataDir);
  // A Map keeps insertion order, so its first key is the oldest mail.
  const mails = new Map<string, AcceptedMail>();
  return {
    keep: (mail) => {
      for (const to of mail.to) log.add(lineOf(mail, to));
      mails.set(mail.id, mail);
      const oldest = mails.keys().next();
      if (mails.size > keptInFull && !oldest.done) mails.delete(oldest.value);
    },
    truth: log.lines,
    newest: () => [...mails.values()].reverse(),
    find: (id) => mails.get(id),
    size: () => mails.size,
  };
}

const lineOf = ({ tags, acceptedAt, sha256 }: AcceptedMail, to: string): TruthLine => ({
  edition: tags.get('edition') ?? null,
  slot: tags.get('slot') ?? null,
  subscriber: tags.get('subscriber') ?? null,
  attempt: tags.has('attempt') ? Number(tags.get('attempt')) : null,
  to,
  acceptedAt: acceptedAt.toISOString(),
  sha256,
});
