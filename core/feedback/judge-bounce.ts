/** A bounce as SES tells it. Types and subtypes are an open set. */
export interface SeenBounce {
  readonly type: string;
  readonly subType: string;
  /**
   * Some mail server said in so many words that it did not take the mail: an action `failed` or a
   * status of 4 or 5.
   */
  readonly hasDiagnosis: boolean;
}

export interface BounceVerdict {
  readonly kind: 'bounced' | 'softBounced' | 'undetermined';
  /** What it says about the mailbox, and not about this one mail. */
  readonly mailbox?: 'gone' | 'turned away';
}

/** These say that a mail was too large or unwanted for what was in it: the mailbox is well. */
const aboutTheMail = new Set(['messagetoolarge', 'contentrejected', 'attachmentrejected']);

/**
 * What a bounce means. Every permanent one, known or not, means that the mailbox is gone. An
 * absence note comes as `Transient`, `General` without a diagnosis, or as `Undetermined`: it tells
 * nothing against the mailbox, and so do types that nobody knows yet.
 */
export function judgeBounce({ type, subType, hasDiagnosis }: SeenBounce): BounceVerdict {
  const [kind, sub] = [type.toLowerCase(), subType.toLowerCase()];
  if (kind === 'permanent') return { kind: 'bounced', mailbox: 'gone' };
  if (kind !== 'transient') return { kind: 'undetermined' };
  if (aboutTheMail.has(sub)) return { kind: 'softBounced' };
  if (sub === 'mailboxfull' || hasDiagnosis) return { kind: 'softBounced', mailbox: 'turned away' };
  return { kind: 'undetermined' };
}
