import { type ApprovalRequest, type Holding, holdings, type Voiding, voidings } from '../approval/approval-request.ts';
import { ableAmong, type Known, type Writers } from '../shared/persons.ts';
import { firstPublicAt } from './after-press.ts';
import type { External } from './external.ts';
import type { ListedExternal } from './listed-external.ts';

/** What the file says of approvals, as far as it decides whether anybody can be asked. */
interface AskableFile {
  readonly approvers: readonly Known[];
  readonly approvals: number;
}

/** Why nobody can be asked to approve the text, before it is checked. Undefined: they can. */
export function whyNotAsked(
  row: Pick<External, 'publicSince' | 'shown' | 'withdrawn' | 'writers'>,
  standing: { readonly writers: Writers; readonly hasProducts: boolean; readonly hasChange: boolean },
  file: AskableFile | undefined,
): Holding | undefined {
  if (standing.writers.addresses.length === 0) return 'no writer';
  if (!standing.hasProducts) return 'no product';
  if (firstPublicAt(row) !== undefined && !standing.hasChange) return 'no change';
  const writers = allWriters(row.writers, standing.writers);
  return !file || ableAmong(file.approvers, writers).length < file.approvals ? 'too few approvers' : undefined;
}

export const noWriters: Writers = { addresses: [], names: [] };

/**
 * Who was ever named for a text stays its writer, so that nobody takes themselves off the list and
 * approves it.
 */
export const allWriters = (known: Writers = noWriters, { addresses, names }: Writers): Writers => ({
  addresses: [...new Set([...known.addresses, ...addresses])],
  names: [...new Set([...known.names, ...names])],
});

/** Why nobody is asked, and what its author does about it. */
export const holdingWords: Readonly<Record<Holding, { readonly said: string; readonly remedy: string }>> = {
  'no writer': { said: 'Nobody is named as its writer.', remedy: 'Name who wrote it: external written by: [ada@example.com].' },
  'no product': {
    said: 'It names no product, and no product of the distribution file has the affected services.',
    remedy: 'Name one in external products.',
  },
  'no change': {
    said: 'Customers have read a version of it, and it does not say what changed.',
    remedy: 'Say it in external change, in one or two sentences.',
  },
  lint: {
    said: 'The check found something in the text that must not leave.',
    remedy: 'Take it out and publish again: afterword publish --check and /home/mine quote what it finds.',
  },
  'too few approvers': {
    said: 'Too few approvers are left who did not write it.',
    remedy: 'Have one more approver named in the distribution file.',
  },
  'too many open': {
    said: 'Too many notices wait for approval already.',
    remedy: 'It is asked by itself once some of them are answered.',
  },
  'check failed': {
    said: 'The text could not be checked.',
    remedy: 'That is tried again by itself. If it stays so, tell an operator.',
  },
};

const askOnce = 'Change it to have it asked anew, or have an operator ask once more: afterword notices ask ID.';
/** After these nobody is asked once more about exactly this text. */
const ended = ['sent back', 'stopped', 'lapsed'] as const satisfies readonly ApprovalRequest['state'][];
export const endedWords: Readonly<Partial<Record<ApprovalRequest['state'], string>>> = {
  'sent back': `An approver sent this text back. ${askOnce}`,
  stopped: `This text was stopped. ${askOnce}`,
  lapsed: `Nobody answered for this text within a week. ${askOnce}`,
};
export const takenBackWords = `Somebody took this text back. ${askOnce}`;

export const voidWords: Readonly<Record<Voiding, string>> = {
  changed: 'The text or its writers were changed after it was asked about. What was approved counts no more.',
  'not tellable': 'The postmortem behind it may not be told of any more.',
  'approver left': 'The distribution file was changed: too few of its approvers are left, or too few of those who approved count by it.',
  lint: 'The last check before the release found something in the text that nobody ticked, or that must not leave.',
};

/**
 * Why nothing happens with a listed one, and what to do about it, without a word of its text.
 * Undefined: it is on its way or has left, or a later release knows why.
 */
export function standingWords({ state, why }: Pick<ListedExternal, 'state' | 'why'>): string | undefined {
  const holding = holdings.find((one) => one === why);
  if (state === 'held') return holding && `${holdingWords[holding].said} ${holdingWords[holding].remedy}`;
  const voiding = voidings.find((one) => one === why);
  if (state === 'void') return voiding && voidWords[voiding];
  const over = ended.find((one) => one === state);
  return over && `${endedWords[over]}${over === 'lapsed' ? '' : ' Its page of /home/mine has the reason.'}`;
}
