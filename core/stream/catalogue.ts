import type { Audience } from './audience.ts';

export const realms = ['staff', 'customers'] as const;
export type Realm = (typeof realms)[number];

export const lanes = ['bulk', 'urgent', 'customers'] as const;
export type Lane = (typeof lanes)[number];

/** How often a stream comes. An edition belongs to one of them. */
export const frequencies = ['published', 'weekly', 'monthly'] as const;
export type Frequency = (typeof frequencies)[number];

/**
 * How a stream is spoken of. `alerts`: what alerts tell of, in the organisation's words: `P0`,
 * `Sev-1 and Sev-2`.
 */
export interface StreamWords {
  /** As a title: `Engineering digest`. */
  readonly title: (alerts: string) => string;
  /** Within a sentence: `the engineering digest`. */
  readonly inSentence: (alerts: string) => string;
  readonly isPlural: boolean;
  /** What it is, in a sentence. */
  readonly what: string;
  /** What the choices of how often are called, besides `On` and `Off`. */
  readonly choices?: Readonly<Partial<Record<Frequency | 'on' | 'off', string>>>;
  /** Why a mail comes, up to `because`: `You get this every week`. */
  readonly comes: (alerts: string, frequency: Frequency) => string;
  /** One edition with a time: `the weekly digest`. */
  readonly edition?: (frequency: Frequency) => string;
  /** What its readers are told who get it as it happens. */
  readonly asItHappens?: (alerts: string) => string;
}

/** What sending a mail of a stream asks about it. */
export interface DeliveryRules {
  /** Which queue and share of the sending rate its mails take. */
  readonly lane: Lane;
  /**
   * What becomes of a mail whose acceptance nobody knows: it is held, or sent once more, marked as
   * a possible repeat (docs/adr/005).
   */
  readonly doubts: 'hold' | 'resend-once';
  /** Whether its mails are marked as bulk. One that somebody waits for is not. */
  readonly isBulk: boolean;
}

/** Everything that makes one stream differ from another. A missing member does not compile. */
export interface StreamDefinition extends DeliveryRules {
  /**
   * Whose mail it is. Streams for customers have a sender, a lane and pages of their own; nobody
   * has streams of both.
   */
  readonly realm: Realm;
  /** Whose rendition it tells of, and so which archive its links open. */
  readonly audience: Audience | undefined;
  /**
   * What makes its editions: a schedule, or a postmortem of a severity that the distribution file
   * names.
   */
  readonly starts: 'by schedule' | 'by severity' | 'nothing yet';
  /**
   * What an edition that a schedule makes tells of: the period of its frequency, or the one that
   * the schedule has.
   */
  readonly period: 'of its frequency' | 'of its schedule';
  /**
   * How often its readers can have it; `weekly` is its own schedule. Empty: they have it or not.
   */
  readonly frequencies: readonly Frequency[];
  /**
   * Whether its readers choose a day and an hour: always, where its schedule is weekly, or never.
   */
  readonly hour: 'chosen' | 'chosen where weekly' | 'never';
  /** Whether its readers choose which topics and severities they are told of. */
  readonly hasTopics: boolean;
  /** Who may join by themselves, as far as the distribution file lets them. */
  readonly joinedBy: 'staff' | 'anybody' | 'nobody';
  /**
   * Whether leads and deputies of teams get it whatever they choose, and name a delegate while they
   * are away.
   */
  readonly namesLeads: boolean;
  /** Which group gives it to a person. */
  readonly givenTo: 'team' | 'role';
  /** Whether opens are estimated where the distribution file says nothing. */
  readonly tracking: 'opens' | 'none';
  readonly words: StreamWords;
}

/** One row a stream. What else a new one needs stands in CONTRIBUTING. */
export const catalogue = {
  'engineering-digest': {
    realm: 'staff',
    audience: 'engineering',
    starts: 'by schedule',
    period: 'of its frequency',
    lane: 'bulk',
    doubts: 'hold',
    isBulk: true,
    frequencies: ['published', 'weekly', 'monthly'],
    hour: 'chosen',
    hasTopics: true,
    joinedBy: 'staff',
    namesLeads: false,
    givenTo: 'team',
    tracking: 'opens',
    words: {
      title: () => 'Engineering digest',
      inSentence: () => 'the engineering digest',
      isPlural: false,
      what: 'What went wrong, why, and what we learnt.',
      choices: { published: 'As published', weekly: 'Weekly', monthly: 'Monthly' },
      comes: (_alerts, frequency) =>
        ({
          weekly: 'You get this every week',
          monthly: 'You get this every month',
          published: 'You get each postmortem as it is published',
        })[frequency],
      edition: (frequency) => `the ${frequency} digest`,
      asItHappens: () => 'Each postmortem comes as it is published.',
    },
  },
  'sev1-alerts': {
    realm: 'staff',
    audience: 'leadership',
    starts: 'by severity',
    period: 'of its frequency',
    lane: 'urgent',
    doubts: 'resend-once',
    isBulk: false,
    frequencies: [],
    hour: 'never',
    hasTopics: false,
    joinedBy: 'staff',
    namesLeads: true,
    givenTo: 'role',
    tracking: 'opens',
    words: {
      title: (alerts) => `${alerts} alerts`,
      inSentence: (alerts) => `${alerts} alerts`,
      isPlural: true,
      what: 'One mail as soon as the postmortem of a serious incident is published.',
      choices: { on: 'At once' },
      comes: (alerts) => `You get every ${alerts} at once`,
      asItHappens: (alerts) => `${alerts} alerts come at once.`,
    },
  },
  'leadership-brief': {
    realm: 'staff',
    audience: 'leadership',
    starts: 'by schedule',
    period: 'of its schedule',
    lane: 'bulk',
    doubts: 'hold',
    isBulk: true,
    frequencies: [],
    hour: 'chosen where weekly',
    hasTopics: false,
    joinedBy: 'staff',
    namesLeads: false,
    givenTo: 'role',
    tracking: 'opens',
    words: {
      title: () => 'Leadership brief',
      inSentence: () => 'the leadership brief',
      isPlural: false,
      what: 'The numbers of the period, where each serious incident stands, and which actions are overdue.',
      comes: () => 'You get the leadership brief',
      edition: () => 'the leadership brief',
    },
  },
  'customer-impact': {
    realm: 'staff',
    audience: undefined,
    starts: 'nothing yet',
    period: 'of its frequency',
    lane: 'bulk',
    doubts: 'hold',
    isBulk: true,
    frequencies: [],
    hour: 'never',
    hasTopics: false,
    joinedBy: 'nobody',
    namesLeads: false,
    givenTo: 'role',
    tracking: 'opens',
    words: {
      title: () => 'Customer impact',
      inSentence: () => 'customer impact',
      isPlural: false,
      what: 'What customers saw, and what to say.',
      comes: () => 'You get customer impact',
    },
  },
  'customer-notices': {
    realm: 'customers',
    audience: undefined,
    starts: 'nothing yet',
    period: 'of its frequency',
    lane: 'customers',
    doubts: 'hold',
    isBulk: true,
    frequencies: [],
    hour: 'never',
    hasTopics: false,
    joinedBy: 'anybody',
    namesLeads: false,
    givenTo: 'role',
    tracking: 'none',
    words: {
      title: () => 'Incident notices',
      inSentence: () => 'incident notices',
      isPlural: true,
      what: 'What went wrong with our service, what it meant for you, and what we do about it.',
      comes: () => 'You get incident notices',
      asItHappens: () => 'A notice comes as soon as there is something to tell you.',
    },
  },
} as const satisfies Record<string, StreamDefinition>;

export type CatalogueName = keyof typeof catalogue;

/**
 * Mails that answer what somebody did. Nobody subscribes to them; whose they are is the edition's
 * to say.
 */
export const serviceRules: DeliveryRules = { lane: 'urgent', doubts: 'hold', isBulk: false };
