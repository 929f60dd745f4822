import { expect, it } from 'vitest';
import { behaviourOf } from '../../local/ses/simulator.ts';

const bounce = (bounceType: string, bounceSubType: string) => ({ delivered: false, bounce: { bounceType, bounceSubType } });

it.each([
  ['bounce', bounce('Permanent', 'General')],
  ['bounce+permanent-noemail', bounce('Permanent', 'NoEmail')],
  ['bounce+permanent-onaccountsuppressionlist', bounce('Permanent', 'OnAccountSuppressionList')],
  ['bounce+permanent-unknown', bounce('Permanent', 'SomethingNew')],
  ['bounce+transient-messagetoolarge', bounce('Transient', 'MessageTooLarge')],
  ['bounce+Transient-ContentRejected.grace', bounce('Transient', 'ContentRejected')],
  ['bounce+transient-attachmentrejected', bounce('Transient', 'AttachmentRejected')],
  ['bounce+undetermined', bounce('Undetermined', 'Undetermined')],
  ['bounce+unknown', bounce('SomethingNew', 'SomethingNew')],
  ['bounce+just-a-name', bounce('Permanent', 'General')],
  ['complaint+many', { delivered: true, complaint: { type: 'abuse', subType: null, others: true } }],
  [
    'complaint+onaccountsuppressionlist',
    { delivered: false, complaint: { type: null, subType: 'OnAccountSuppressionList', others: false } },
  ],
  ['complaint+virus', { delivered: true, complaint: { type: 'virus', subType: null, others: false } }],
  ['success+ada', { delivered: true, delayed: false }],
  ['constructor', { delivered: true }],
])('%s at the simulator', (mailbox, expected) => {
  expect(behaviourOf(`${mailbox}@simulator.amazonses.com`)).toEqual(expected);
});

it('lets anybody at another domain be treated like one of its mailboxes', () => {
  expect(behaviourOf('ada+simulate-bounce-transient-mailboxfull@example.com')).toEqual(bounce('Transient', 'MailboxFull'));
  expect(behaviourOf('ada+simulate-ooto@example.com')).toMatchObject({ delivered: true, ofNobody: true });
});

it('takes the mail of everybody else', () => {
  for (const address of ['bounce@example.com', 'ada+bounce@example.com', 'nobody@simulator.amazonses.com'])
    expect(behaviourOf(address)).toEqual({ delivered: true });
});
