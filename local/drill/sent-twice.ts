/** A mail as the mail server's own log has it. */
export interface SentMail {
  readonly edition: string;
  readonly subscriber: string;
  readonly to: string;
}

/**
 * Everyone who got an edition more than once, by the logs of all servers together: `<edition> to
 * <address>`, each once.
 */
export function sentTwice(mails: readonly SentMail[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { edition, subscriber, to } of mails) {
    const key = `${edition} ${subscriber}`;
    if (seen.has(key)) twice.add(`${edition} to ${to}`);
    seen.add(key);
  }
  return [...twice];
}
