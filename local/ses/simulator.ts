/** How a mailbox bounces, in SES's words. */
export interface BounceKind {
  readonly bounceType: string;
  readonly bounceSubType: string;
}

/**
 * What a mailbox does with a mail. `delivered`: the mail arrives first, and everything else
 * follows.
 */
export interface Behaviour {
  readonly delivered: boolean;
  readonly delayed?: boolean;
  readonly rejected?: boolean;
  readonly failed?: boolean;
  readonly bounce?: BounceKind;
  /** The answer of a machine looks like a bounce without a recipient. */
  readonly ofNobody?: boolean;
  readonly complaint?: { readonly type: string | null; readonly subType: string | null; readonly others: boolean };
}

/** A type or subtype that SES might introduce in future. */
const unheardOf = 'SomethingNew';
const subTypes: Readonly<Record<string, readonly string[]>> = {
  Permanent: ['General', 'NoEmail', 'Suppressed', 'OnAccountSuppressionList', 'UnsubscribedRecipient', 'OnTenantSuppressionList'],
  Transient: ['General', 'MailboxFull', 'MessageTooLarge', 'ContentRejected', 'AttachmentRejected', 'CustomTimeoutExceeded'],
  Undetermined: ['Undetermined'],
};
const complaintTypes = ['abuse', 'auth-failure', 'fraud', 'not-spam', 'other', 'virus'];

/** Every kind of bounce by its label: `permanent-noemail`, `transient-unknown`. */
const bounceKinds: ReadonlyMap<string, BounceKind> = new Map([
  ...Object.entries(subTypes).flatMap(([bounceType, names]) =>
    [...names, unheardOf].map((bounceSubType): [string, BounceKind] => [
      `${bounceType}-${bounceSubType === unheardOf ? 'unknown' : bounceSubType}`.toLowerCase(),
      { bounceType, bounceSubType },
    ]),
  ),
  ['undetermined', { bounceType: 'Undetermined', bounceSubType: 'Undetermined' }],
  ['unknown', { bounceType: unheardOf, bounceSubType: unheardOf }],
]);
const general: BounceKind = { bounceType: 'Permanent', bounceSubType: 'General' };
const takesIt: Behaviour = { delivered: true };

const mailboxes: Readonly<Record<string, (label: string) => Behaviour>> = {
  success: (label) => {
    if (label === 'reject') return { delivered: false, rejected: true };
    if (label === 'rendering-failure') return { delivered: false, failed: true };
    return { delivered: true, delayed: label === 'delay' };
  },
  bounce: (label) =>
    label === 'after-delivery' ? { delivered: true, bounce: general } : { delivered: false, bounce: bounceKinds.get(label) ?? general },
  suppressionlist: () => ({ delivered: false, bounce: { bounceType: 'Permanent', bounceSubType: 'Suppressed' } }),
  ooto: (label) => ({
    delivered: true,
    ofNobody: true,
    bounce: bounceKinds.get(label) ?? { bounceType: 'Transient', bounceSubType: 'General' },
  }),
  complaint: (label) => {
    if (label === 'onaccountsuppressionlist')
      return { delivered: false, complaint: { type: null, subType: 'OnAccountSuppressionList', others: false } };
    const type = complaintTypes.includes(label) ? label : 'abuse';
    return { delivered: true, complaint: { type: label === 'no-type' ? null : type, subType: null, others: label === 'many' } };
  },
};

/**
 * The simulator's mailboxes: `bounce+transient-mailboxfull@simulator.amazonses.com`. At any other
 * domain an address can ask to be treated like one:
 * `ada+simulate-bounce-transient-mailboxfull@example.com`.
 * The part of a label after a full stop only makes addresses distinct. An unknown label changes
 * nothing. Every other mailbox takes its mail.
 */
export function behaviourOf(address: string): Behaviour {
  const cut = address.lastIndexOf('@');
  const [local = '', domain] = [address.slice(0, cut).toLowerCase(), address.slice(cut + 1).toLowerCase()];
  const atSimulator = domain === 'simulator.amazonses.com' ? /^(\w+)(?:\+([^.]*))?/ : /\+simulate-([a-z]+)(?:-([^.]*))?/;
  const [, mailbox = '', label = ''] = atSimulator.exec(local) ?? [];
  return Object.hasOwn(mailboxes, mailbox) ? (mailboxes[mailbox]?.(label) ?? takesIt) : takesIt;
}
