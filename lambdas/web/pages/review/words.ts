import type { Refusal } from '../../../../core/notice/after-press.ts';

/** Why a press changed nothing. */
export const refusalWords: Readonly<Record<Refusal['refused'] | 'no reason' | 'busy', string>> = {
  over: 'This request has ended. How it stands now is below.',
  'other request': 'Something else stands here now. How it stands is below.',
  'other content': 'The text is not the one that you were shown. Read it again.',
  'not an approver': 'The distribution file does not name you as an approver any more.',
  writer: 'You may have written this text, so you cannot approve it.',
  'same person': 'Somebody who may be the same person as you has approved it already. Two approvals are of two persons.',
  enough: 'Enough approvers have approved it already. Until it leaves, you can stop it.',
  'too late': 'It is too late for that: it is leaving or has left. You can withdraw it.',
  'not public': 'Customers cannot read that version any more.',
  'not ticked': 'Not every remark is ticked. Tick each one that may stay as it is, or send the text back.',
  'no reason': 'Say why, in a few words. Its writer reads it.',
  busy: 'Others were changing it at the same moment. Look how it stands now, and press again.',
};

export const counted = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;
