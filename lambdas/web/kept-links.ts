import { type SentMailDeps, sentLinks } from '../../core/delivery/sent-mail.ts';
import type { EditionId } from '../../core/edition/edition.ts';
import type { PostmortemId } from '../../core/postmortem/postmortem.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';

/**
 * The postmortems to which a mail links that this reader got. `issuedAt`: of its links. Whether one
 * may be shown is for the archive to say.
 */
export type LinksOf = (edition: EditionId, reader: Profile, issuedAt: number) => Promise<ReadonlySet<PostmortemId>>;

interface Kept {
  readonly links: ReturnType<LinksOf>;
  readonly at: number;
}

const keptMs = 60_000;
const mostKept = 1_000;

/**
 * Keeps the links of mails in this container for a minute. Mail gateways follow every link of a
 * mail in a row, and what a mail linked to does not change.
 */
export function keptLinks(sent: SentMailDeps, now: () => Date): LinksOf {
  const kept = new Map<string, Kept>();
  return (edition, reader, issuedAt) => {
    const mail = `${edition} ${reader.sid} ${issuedAt}`;
    const at = now().getTime();
    const known = kept.get(mail);
    if (known && at - known.at < keptMs) return known.links;
    const fresh: Kept = { links: sentLinks(edition, reader, issuedAt, sent), at };
    kept.delete(mail);
    kept.set(mail, fresh);
    for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest);
    fresh.links.catch(() => {
      if (kept.get(mail) === fresh) kept.delete(mail);
    });
    return fresh.links;
  };
}
