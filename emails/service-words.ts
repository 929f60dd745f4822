import type { ServiceKind } from '../core/edition/service-mail.ts';
import type { Realm } from '../core/stream/stream.ts';

/** What a service mail says, printed. No name and no address of anybody: what is stored of it outlives the person whom it is about. */
export interface ServiceWords {
  readonly subject: string;
  readonly preheader: string;
  readonly heading: string;
  readonly said: readonly string[];
  readonly button: string;
  /** Under the button: what becomes of it if nobody presses. */
  readonly after: string;
  /** In the footer: why this mail came. */
  readonly why: string;
  /** The footer links to the reader's own choices; not for whom we do not know yet. */
  readonly offersChoices: boolean;
}

export interface ServiceFacts {
  readonly organisation: string;
  /** Customers are told of the service that they use, and not of how we learn. */
  readonly realm: Realm;
  /** The stream as people call it, with its article's noun left out: "Engineering digest". Absent where the mail is about none. */
  readonly stream?: string | undefined;
}

const defaults: Readonly<Record<Realm, string>> = { staff: 'incident lessons', customers: 'incident notices' };

/** What comes, and what can be chosen, as a welcome says it. */
const welcomes: Readonly<Record<Realm, readonly [what: string, choices: string]>> = {
  staff: [
    'what went wrong, why, and what we learnt from it.',
    'You choose the day and the hour, what you follow and what you leave out. Each mail has a link that stops it.',
  ],
  customers: [
    'what went wrong with our service, what it meant for you, and what we do about it.',
    'A mail comes when there is something to tell you, and at no other time. Each has a link that stops it.',
  ],
};

/** The words of each kind of mail. */
export function serviceWords(kind: ServiceKind, { organisation, realm, stream = defaults[realm] }: ServiceFacts): ServiceWords {
  switch (kind) {
    case 'confirm':
      return {
        subject: `Is this you? Confirm: ${stream}`,
        preheader: 'One press, and you get it. If it was not you, do nothing.',
        heading: 'One press, and you get it',
        said: [
          `Somebody, we hope you, asked for “${stream}” from ${organisation} at this address.`,
          'Open the page and press once to say that it was you. Nothing comes before that.',
        ],
        button: 'Yes, it was me',
        after: 'It was not you? Do nothing. The link ends in seven days, and nothing comes of it.',
        why: 'You get this one mail because this address was entered on our sign-up page.',
        offersChoices: false,
      };
    case 'welcome':
      return {
        subject: `Welcome: ${stream}`,
        preheader: realm === 'staff' ? 'You are in. Choose what comes, and when.' : 'You are in. It stops with one press.',
        heading: 'You are in',
        said: [`From now on you get “${stream}”: ${welcomes[realm][0]}`, welcomes[realm][1]],
        button: 'Choose what you get',
        after: 'You need no account and no password: the link is yours. Keep it to yourself.',
        why: 'You get this because you signed up and confirmed it.',
        offersChoices: false,
      };
    case 'already':
      return {
        subject: `You get it already: ${stream}`,
        preheader: 'Nothing was changed.',
        heading: 'You get it already',
        said: [
          `Somebody, perhaps you, asked for “${stream}” at this address. It comes to you already, so nothing was changed.`,
          realm === 'staff'
            ? 'Does it not arrive, or not when you want it? See what is set, and change it there.'
            : 'Does it not arrive? See what is set, and change it there.',
        ],
        button: 'See what you get',
        after: 'It was not you? Nothing has to be done.',
        why: 'You get this one mail because this address was entered on our sign-up page.',
        offersChoices: false,
      };
    case 'new-link':
      return {
        subject: 'Your new link',
        preheader: 'To choose what you get, and to leave.',
        heading: 'Here is your new link',
        said: ['It opens the page where you choose what you get, pause it or leave. It is good for 90 days.'],
        button: 'Choose what you get',
        after: 'You did not ask for it? Nothing has to be done: only who reads your mail can open it.',
        why: 'You get this because a new link was asked for at this address.',
        offersChoices: false,
      };
    case 'goodbye':
      return {
        subject: `You have left: ${stream}`,
        preheader: 'It stops at once. One press brings it back.',
        heading: 'You have left',
        said: [
          `“${stream}” stops at once, and this is the last mail about it. Everything else that you get stays as it is.`,
          'Was it a slip, or somebody else with a mail that you forwarded? One press brings it back, with your settings as they were.',
        ],
        button: 'Bring it back',
        after: 'You meant it? Nothing has to be done. Thank you for reading.',
        why: 'You get this because you, or somebody with your link, unsubscribed.',
        offersChoices: true,
      };
    case 'approval':
      return {
        subject: `Somebody asks for: ${stream}`,
        preheader: 'You decide, because you own this stream.',
        heading: 'Somebody asks to join',
        said: [
          `A person in ${organisation} has confirmed their address and asks for “${stream}”. Who, you see on the page.`,
          'You own this stream in the distribution file, so you decide. One press lets them in; both of you get a receipt.',
        ],
        button: 'See who asks',
        after: 'You do not want it? Do nothing. The request ends in seven days.',
        why: 'You get this because the distribution file names you as the owner of this stream.',
        offersChoices: false,
      };
    case 'joined':
      return {
        subject: `Receipt: a reader was let in to ${stream}`,
        preheader: 'For your records: somebody pressed on your behalf.',
        heading: 'A reader was let in',
        said: [
          `With the link that was mailed to you, a person was let in to “${stream}”. They were told by mail.`,
          'The page of the request still says who it was, for as long as the request is kept.',
        ],
        button: 'See the request',
        after: 'It was not you? Tell an operator: people export and people list show who gets what, and they can take it back.',
        why: 'You get this because the distribution file names you as the owner of this stream.',
        offersChoices: false,
      };
    default:
      return kind satisfies never;
  }
}
