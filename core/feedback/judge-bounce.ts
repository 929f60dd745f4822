/** A bounce as SES reports it. Types and subtypes are an open set. */
export interface SeenBounce {
  readonly type: string;
  readonly subType: string;
  /**
   * A mail server said explicitly that it did not take the mail: an action `failed`, or a status of
   * 4 or 5.
   */
  readonly hasDiagnosis: boolean;
}

export interface BounceVerdict {
  readonly kind: 'bounced' | 'softBounced' | 'undetermined';
  /** What the bounce says about the mailbox rather than about this one mail. */
  readonly mailbox?: 'gone' | 'turned away';
}

/** These mean that a mail was too large or unwanted because of its content. The mailbox works. */
const aboutTheMail = new Set(['messagetoolarge', 'contentrejected', 'attachmentrejected']);

/**
 * What a bounce means. Every permanent bounce, of a known subtype or not, means that the mailbox is
 * gone. An absence note comes as `Transient`, `General` without a diagnosis, or as `Undetermined`.
 * It says nothing against the mailbox, and neither do types that are not known yet.
 */
export function judgeBounce({ type, subType, hasDiagnosis }: SeenBounce): BounceVerdict {
  const [kind, sub] = [type.toLowerCase(), subType.toLowerCase()];
  if (kind === 'permanent') return { kind: 'bounced', mailbox: 'gone' };
  if (kind !== 'transient') return { kind: 'undetermined' };
  if (aboutTheMail.has(sub)) return { kind: 'softBounced' };
  if (sub === 'mailboxfull' || hasDiagnosis) return { kind: 'softBounced', mailbox: 'turned away' };
  return { kind: 'undetermined' };
}
