import type { HeldFacts } from '../core/connector/held-mail.ts';
import { isReviewKind, type NoticeKind } from '../core/edition/service-mail.ts';
import { countsWords, type Receipt } from '../core/review/receipt.ts';
import { grouped, type StoredDrift, urgencyWords, worstFirst } from '../core/runbook/finding.ts';
import type { Realm } from '../core/stream/stream.ts';
import { heldMailWords } from './held-words.ts';
import { type ReviewFacts, reviewWords } from './review-words.ts';
import type { ServiceWords } from './said-in-service.ts';

export interface ServiceFacts {
  readonly organisation: string;
  /** What the organisation calls its lessons, where its brand has a name. */
  readonly brand?: string | undefined;
  /** Mails to customers are about the service they use, not about what we learn from incidents. */
  readonly realm: Realm;
  /**
   * The stream as people call it, without an article: "Engineering digest". Absent if the mail is
   * about none.
   */
  readonly stream?: string | undefined;
  /** For the kind of that name: what was found. */
  readonly drift?: StoredDrift | undefined;
  /** For the kind of that name: what is held, the earliest first, and how many more are. */
  readonly held?: HeldFacts | undefined;
  /** For the kind of that name: what was sent. `title`: of the postmortem, if it may be told. */
  readonly receipt?:
    | (Pick<Receipt, 'postmortem' | 'decisions' | 'isSigned' | 'details'> & {
        readonly title?: string | undefined;
        /** From when decisions count, in words. */
        readonly from?: string | undefined;
      })
    | undefined;
  /** For the kinds of mails to approvers. */
  readonly review?: ReviewFacts | undefined;
}

const defaults: Readonly<Record<Realm, string>> = { staff: 'incident lessons', customers: 'incident notices' };

/** When mails come, as a welcome says it for every stream of the realm. */
const welcomes: Readonly<Record<Realm, string>> = {
  staff: 'See when it comes and choose what you get.',
  customers: 'You get a mail only when we have something to tell you.',
};

/** The words of each kind of mail. */
export function serviceWords(
  kind: NoticeKind,
  { organisation, brand, realm, stream = defaults[realm], drift, held, receipt, review }: ServiceFacts,
): ServiceWords {
  if (isReviewKind(kind)) return reviewWords(kind, review);
  const pages = brand ?? `${organisation} ${defaults[realm]}`;
  switch (kind) {
    case 'confirm':
      return {
        subject: `Is this you? Confirm: ${stream}`,
        preheader: 'Confirm your address to get it. If it was not you, do nothing.',
        heading: 'Confirm your address',
        said: [
          `Someone asked to get “${stream}” from ${organisation} at this address.`,
          'If it was you, open the page and press the button. You get nothing until you do.',
        ],
        button: 'Yes, it was me',
        after: 'If it was not you, do nothing. The link expires in seven days.',
        why: 'You get this one mail because this address was entered on our sign-up page.',
        offersChoices: false,
      };
    case 'welcome':
      return {
        subject: `Welcome: ${stream}`,
        preheader: realm === 'staff' ? 'You are subscribed. Choose what you get.' : 'You are subscribed. You can unsubscribe at any time.',
        heading: 'You are subscribed',
        said: [`You now get “${stream}” from ${organisation}.`, `${welcomes[realm]} Each mail has a link to unsubscribe.`],
        button: 'Choose what you get',
        after: 'You need no account and no password. The link is personal: do not share it.',
        why: 'You get this because you signed up and confirmed your address.',
        offersChoices: false,
      };
    case 'already':
      return {
        subject: `You are already subscribed: ${stream}`,
        preheader: 'Nothing was changed.',
        heading: 'You are already subscribed',
        said: [
          `Someone asked to get “${stream}” at this address. You already get it, so nothing was changed.`,
          realm === 'staff'
            ? 'If it does not arrive, or not when you want it, look at your settings.'
            : 'If it does not arrive, look at your settings.',
        ],
        button: 'See what you get',
        after: 'If it was not you, you need to do nothing.',
        why: 'You get this one mail because this address was entered on our sign-up page.',
        offersChoices: false,
      };
    case 'new-link':
      return {
        subject: 'Your new link',
        preheader: 'Use it to choose what you get, or to unsubscribe.',
        heading: 'Here is your new link',
        said: ['It opens the page where you choose what you get, pause it or unsubscribe. It is valid for 90 days.'],
        button: 'Choose what you get',
        after: 'If you did not ask for it, you need to do nothing: only people who can read your mail can open it.',
        why: 'You get this because someone asked for a new link for this address.',
        offersChoices: false,
      };
    case 'goodbye':
      return {
        subject: `You unsubscribed: ${stream}`,
        preheader: 'You get no more of it. You can come back with one press.',
        heading: 'You unsubscribed',
        said: [
          `You get no more “${stream}”. This is the last mail about it. You keep everything else you get from us.`,
          'Was it a mistake, or did someone use a mail that you forwarded? You can get it back with the same settings as before.',
        ],
        button: 'Subscribe again',
        after: 'If you meant it, you need to do nothing. Thank you for reading.',
        why: 'You get this because you, or someone with your link, unsubscribed.',
        offersChoices: true,
      };
    case 'approval':
      return {
        subject: `Someone wants to join: ${stream}`,
        preheader: 'You decide, because you own this stream.',
        heading: 'Someone wants to join',
        said: [
          `Someone at ${organisation} wants to join “${stream}” and has confirmed their address. Open the page to see who.`,
          'You own this stream in the distribution file, so you decide. If you approve, both of you get a mail about it.',
        ],
        button: 'See who asks',
        after: 'To decline, do nothing. The request expires in seven days.',
        why: 'You get this because the distribution file names you as the owner of this stream.',
        offersChoices: false,
      };
    case 'joined':
      return {
        subject: `Receipt: someone joined ${stream}`,
        preheader: 'For your records: your link was used to approve a request.',
        heading: 'A request was approved',
        said: [
          `Your link was used to approve a request to join “${stream}”. We have told the person by mail.`,
          'The page of the request says who it was, for as long as the request is kept.',
        ],
        button: 'See the request',
        after: 'If it was not you, tell an operator. They can take the approval back.',
        why: 'You get this because the distribution file names you as the owner of this stream.',
        offersChoices: false,
      };
    case 'receipt':
      return receiptWords(receipt);
    case 'decisions':
      return {
        subject: 'Your new link to the reviews that wait for you',
        preheader: 'It is valid for seven days.',
        heading: 'Here is your new link',
        said: ['It opens the page where you review incidents and decide on what is to be done. It is valid for seven days.'],
        button: 'Review and decide',
        after: 'The link is personal: whoever has it decides in your name, and you get a receipt. If you did not ask for it, do nothing.',
        why: 'You get this because someone opened a link of yours that has expired and asked for a new one.',
        offersChoices: false,
      };
    case 'reminders-link':
      return {
        subject: 'Your new link to what you were asked',
        preheader: 'It is valid for thirty days.',
        heading: 'Here is your new link',
        said: ['It opens the actions of one mail of reminders, as they are now. It is valid for thirty days.'],
        button: 'Look and answer',
        after: 'The link is personal: whoever has it answers in your name. If you did not ask for it, do nothing.',
        why: 'You get this because someone opened a link of yours that has expired and asked for a new one.',
        offersChoices: false,
      };
    case 'sign-in':
      return {
        subject: `Sign in to ${pages}`,
        preheader: 'The link works once, within ten minutes.',
        heading: 'Sign in',
        said: [
          `Someone asked to sign in to ${pages} with this address.`,
          'If it was you, open the page and press the button there. The link works once, within ten minutes.',
        ],
        button: 'Sign in',
        after: 'If it was not you, do nothing. Do not forward this mail: the first to press the button is signed in as you.',
        why: 'You get this because someone asked to sign in with this address.',
        offersChoices: false,
      };
    case 'drift':
      return driftWords(organisation, drift);
    case 'held':
      return heldMailWords(held);
    default:
      return kind satisfies never;
  }
}

function receiptWords({ decisions, isSigned, title, details, from = 'the next working morning' } = nothingSent): ServiceWords {
  const counted = `${decisions} ${decisions === 1 ? 'decision' : 'decisions'}`;
  const sent = [...(decisions > 0 ? [counted] : []), ...(isSigned ? ['a sign-off'] : [])].join(' and ');
  const about = title === undefined ? 'a postmortem that is not shown any more' : `“${title}”`;
  return {
    subject: `Receipt: ${sent}`,
    preheader: `Until ${from} you can take it back.`,
    heading: 'Sent in your name',
    said: [
      `Your link was used to send ${sent} on ${about}.`,
      ...(decisions === 0
        ? []
        : [
            `${details ? `Decided: ${countsWords(details.of)}. ` : ''}${decisions === 1 ? 'It counts' : 'They count'} from ${from}. Afterwards only another decision changes ${decisions === 1 ? 'it' : 'them'}.`,
          ]),
      ...(isSigned
        ? [
            `The sign-off ended the review at once${left(details?.undecided ?? 0)}. The review opens again only if a new action or a higher severity asks for it.`,
          ]
        : []),
      `You can take all of it back until ${from}.`,
    ],
    button: 'Look, or take it back',
    after: 'Was it not you? Take it back on that page and make all your links invalid there: one button does both.',
    why: 'You get this because the distribution file names you as a reviewer, each time your link is used to decide.',
    offersChoices: false,
  };
}
const left = (undecided: number): string =>
  undecided === 0 ? '' : `, and ${undecided} ${undecided === 1 ? 'action stays' : 'actions stay'} undecided`;
const nothingSent: NonNullable<ServiceFacts['receipt']> = { postmortem: '', decisions: 0, isSigned: false };

/** So many findings stand in a mail. All of them are on the page. */
const mostInMail = 30;

function driftWords(organisation: string, { findings, more } = nothingFound): ServiceWords {
  const count = findings.length + more;
  const urgent = findings.filter(({ urgency }) => urgency === 'now').length;
  const shown = worstFirst(findings).slice(0, mostInMail);
  const left = count - shown.length;
  return {
    subject: `Drift: ${count === 1 ? '1 finding' : `${count} findings`}${urgent > 0 ? `, ${urgent} urgent` : ''}`,
    preheader: shown[0] ? `${shown[0].what}: ${shown[0].why}.` : 'Nothing differs.',
    heading: 'What differs from the distribution file',
    said: [
      `Once a week Afterword compares the distribution file of ${organisation} with what is so. ${urgencyWords}`,
      ...(left > 0 ? [`${left} more are on the page.`] : []),
    ],
    found: grouped(shown).map(({ heading, findings: of }) => ({ heading, findings: of.map((one) => ({ ...one, mark: one.urgency })) })),
    button: 'Look at it now',
    after:
      'Which postmortems, people and owners a finding is about stands there, and with afterword check --drift on the command line. Once nothing differs, no such mail comes.',
    why: 'You get this because the distribution file names you as an operator: once a week, while something differs. It has no link to unsubscribe. Who should not get it is taken out of the file.',
    offersChoices: false,
  };
}
const nothingFound: Pick<StoredDrift, 'findings' | 'more'> = { findings: [], more: 0 };
