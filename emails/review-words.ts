import { longestSubject } from '../core/content/digest-words.ts';
import { shortened } from '../core/content/prose.ts';
import type { ReviewKind } from '../core/edition/service-mail.ts';
import type { ReviewAbout, ReviewAct } from '../core/notice/review-link.ts';
import type { ServiceWords } from './said-in-service.ts';

/**
 * `postmortem`: absent while it is hidden. `until`: when the hold ends, in words. Absent where it
 * is not known.
 */
export interface ReviewFacts extends Omit<ReviewAbout, 'postmortem'> {
  readonly postmortem?: ReviewAbout['postmortem'] | undefined;
  readonly until?: string | undefined;
}

type Words = Pick<ServiceWords, 'subject' | 'preheader' | 'heading' | 'said' | 'button'> & {
  readonly after?: string;
  readonly why?: string;
};

const asApprover = 'You get this because the distribution file names you as an approver of notices to customers.';
const personal = 'The link is personal and works for seven days. Whoever has it acts in your name, and you get a receipt for each act.';

/**
 * What approvers are told. It names a postmortem by its id, a hidden one not even by that, and says
 * nothing of what customers would read.
 */
export function reviewWords(kind: ReviewKind, facts: ReviewFacts | undefined): ServiceWords {
  const which = facts?.postmortem === undefined ? 'a notice' : `version ${facts.n} of the notice on ${facts.postmortem}`;
  const { subject, ...told } = rows[kind](which, facts);
  const named =
    facts?.postmortem !== undefined && kind !== 'review-restricted' ? `${subject}: ${facts.postmortem}, version ${facts.n}` : subject;
  return { after: personal, why: asApprover, offersChoices: kind === 'review-receipt', ...told, subject: shortened(named, longestSubject) };
}

const acted: Readonly<Record<ReviewAct, string>> = {
  approve: 'approved',
  'send back': 'sent back',
  stop: 'stopped',
  withdraw: 'withdrawn',
};

const rows: Readonly<Record<ReviewKind, (which: string, facts: ReviewFacts | undefined) => Words>> = {
  review: (which) => ({
    subject: 'Approve a notice',
    preheader: 'You are asked to approve it, or to send it back.',
    heading: 'May this notice go to customers?',
    said: [
      `You are asked to approve ${which}. The page shows what differs from what is public, and the whole text.`,
      'Approve it, or send it back with a reason. Nothing leaves before enough approvers have approved it.',
    ],
    button: 'Read it and answer',
  }),
  'review-again': (which) => ({
    subject: 'Still waiting for approval',
    preheader: 'Not enough approvers have answered yet.',
    heading: 'A notice still waits for an answer',
    said: [
      `Not enough approvers have answered on ${which}. Customers read nothing of it until they do.`,
      'Without an answer the request lapses after seven days. Time alone releases nothing.',
    ],
    button: 'See what waits',
    why: 'You get this because the distribution file names you as an approver, or to be told when approvers do not answer.',
  }),
  'review-hold': (which, facts) => ({
    subject: 'Approved, can still be stopped',
    preheader: facts?.until ? `It goes to customers on ${facts.until}.` : 'It goes to customers when the hold ends.',
    heading: 'Approved, and held',
    said: [
      `Enough approvers have approved ${which}.`,
      `It goes to customers ${facts?.until ? `on ${facts.until}` : 'when the hold ends'}. Until then each approver alone can stop it.`,
    ],
    button: 'Look, or stop it',
  }),
  'review-void': (which) => ({
    subject: 'No release',
    preheader: 'The request ended without a release.',
    heading: 'The request ended',
    said: [
      `The request to approve ${which} ended without a release. Nothing of it goes to customers. The page says why.`,
      'If a new text is asked about, you get a mail of its own. What was approved before does not count for it.',
    ],
    button: 'See why',
  }),
  'review-released': (which) => ({
    subject: 'Released',
    preheader: 'Customers can read it now.',
    heading: 'Customers can read it now',
    said: [`Customers can read ${which} on its public page, and mails leave in a minute.`, 'Each approver alone can withdraw it.'],
    button: 'Look, or withdraw it',
  }),
  'review-withdrawn': (which) => ({
    subject: 'Withdrawn',
    preheader: 'Customers cannot read it any more.',
    heading: 'The notice was withdrawn',
    said: [
      `The public text was replaced by ${which}, which says only that a notice was withdrawn.`,
      'Customers who may have had a mail of it are told the same, without its title.',
    ],
    button: 'Look at it',
  }),
  'review-lapsed': (which) => ({
    subject: 'Lapsed',
    preheader: 'Nobody answered for seven days. Nothing leaves.',
    heading: 'Nobody answered in seven days',
    said: [
      `The request to approve ${which} lapsed. Nothing of it goes to customers.`,
      'If it shall leave, its writer changes the text, or an operator has it asked again.',
    ],
    button: 'Look at it',
  }),
  'review-restricted': () => ({
    subject: 'Should a public notice stay?',
    preheader: 'The postmortem behind it was hidden.',
    heading: 'Should this notice stay public?',
    said: [
      'A postmortem was hidden from staff. Customers can still read the notice about its incident.',
      'Nothing was taken from them. If the notice should not stay, withdraw it on its page: one approver is enough.',
    ],
    button: 'Look, or withdraw it',
  }),
  'review-receipt': (which, facts) => {
    const act = facts?.act ?? 'answer on';
    return {
      subject: `Receipt${facts?.act ? `, ${acted[facts.act]}` : ''}`,
      preheader: 'Was it not you? Its page stops or withdraws it.',
      heading: 'Sent in your name',
      said: [`Your link was used to ${act} ${which}.`],
      button: 'Look at it',
      after:
        'Was it not you? Stop or withdraw the notice on that page, tell an operator, and make your links invalid where you choose what you get.',
      why: 'You get this because the distribution file names you as an approver, each time your link is used.',
    };
  },
  'review-link': (which) => ({
    subject: 'Your new link to a notice',
    preheader: 'It is valid for seven days.',
    heading: 'Here is your new link',
    said: [`It opens the page of ${which}, as it stands now. It is valid for seven days.`],
    button: 'Look at it',
    after: 'The link is personal: whoever has it acts in your name, and you get a receipt. If you did not ask for it, do nothing.',
    why: 'You get this because someone opened a link of yours that has expired and asked for a new one.',
  }),
};
