import type { Audience } from './audience.ts';

export const realms = ['staff', 'customers'] as const;
export type Realm = (typeof realms)[number];

/**
 * `urgent`: alerts, and answers that a person waits for. `prompt`: what many get at once. `bulk`:
 * what can wait for its turn.
 */
export const lanes = ['bulk', 'prompt', 'urgent', 'customers'] as const;
export type Lane = (typeof lanes)[number];

/** How often a stream comes. Each edition belongs to one frequency. */
export const frequencies = ['published', 'weekly', 'monthly'] as const;
export type Frequency = (typeof frequencies)[number];

/**
 * The texts about a stream. `alerts`: the severities that alerts report, in the organisation's
 * words: `P0`, `Sev-1 and Sev-2`.
 */
export interface StreamWords {
  /** As a title: `Engineering digest`. */
  readonly title: (alerts: string) => string;
  /** Within a sentence: `the engineering digest`. */
  readonly inSentence: (alerts: string) => string;
  readonly isPlural: boolean;
  /** One sentence about its content. */
  readonly what: string;
  /** The labels of the frequency choices, besides `On` and `Off`. */
  readonly choices?: Readonly<Partial<Record<Frequency | 'on' | 'off', string>>>;
  /**
   * Why a mail comes, up to `because`: `You get this every week`. `isLater`: it follows another
   * mail about the same postmortem.
   */
  readonly comes: (alerts: string, frequency: Frequency, isLater: boolean) => string;
  /** One edition with a time: `the weekly digest`. */
  readonly edition?: (frequency: Frequency) => string;
  /** When it comes at frequency `published`, within a sentence: `It comes at once`. */
  readonly whenPublished?: string;
  /** For readers who get it as it happens. */
  readonly asItHappens?: (alerts: string) => string;
}

/** What sending a mail depends on. */
export interface DeliveryRules {
  /** The queue of its mails and their share of the sending rate. */
  readonly lane: Lane;
  /**
   * What happens to a mail in doubt: it is held, or sent once more, marked as a possible repeat
   * (docs/adr/005).
   */
  readonly doubts: 'hold' | 'resend-once';
  /** Whether its mails are marked as bulk. A mail that a person waits for is not. */
  readonly isBulk: boolean;
}

/** All properties in which streams differ. A missing member does not compile. */
export interface StreamDefinition extends DeliveryRules {
  /** The rules of its scheduled editions, where they differ from those of its mails at once. */
  readonly whenScheduled?: DeliveryRules;
  /**
   * The realm of its readers. Customer streams have a sender, a lane and pages of their own, and no
   * profile has streams of both realms.
   */
  readonly realm: Realm;
  /** The audience whose renditions its mails and their links show. */
  readonly audience: Audience | undefined;
  /**
   * What triggers its editions: a schedule, or a postmortem of a severity that the distribution
   * file names. `by approval`: named persons let it go. `by relevance`: a postmortem of such a
   * severity that matters much to a team, for readers of that team alone.
   */
  readonly starts: 'by schedule' | 'by severity' | 'by approval' | 'by relevance' | 'nothing yet';
  /** Which period a scheduled edition covers: that of its frequency, or that of the schedule. */
  readonly period: 'of its frequency' | 'of its schedule';
  /**
   * The incidents that its editions describe. `the gravest`: it counts all others. `of severities`:
   * the distribution file names their severities.
   */
  readonly describes: 'all' | 'the gravest' | 'of severities';
  /**
   * The frequencies that readers can choose. `weekly` is the stream's own schedule. Empty: the
   * stream is only on or off.
   */
  readonly frequencies: readonly Frequency[];
  /** The frequency of its readers who have not chosen one: that of slot `default`. */
  readonly usual: Frequency;
  /**
   * Whether its mails about one incident are incident updates: each tells what changed since the
   * one before.
   */
  readonly hasUpdates: boolean;
  /** When readers choose a day and an hour: always, only if the schedule is weekly, or never. */
  readonly hour: 'chosen' | 'chosen where weekly' | 'never';
  /** Whether readers choose topics and severities. */
  readonly hasTopics: boolean;
  /**
   * What a reader's list of topics means. `first`: cards about one come first. `only`: no other
   * card comes, and without a list all do.
   */
  readonly choose: 'first' | 'only';
  /**
   * Whoever gets this stream as it is published is told by it already, so they get no mail of this
   * one. Absent: nobody is.
   */
  readonly notBeside?: string;
  /** Who may sign up, as far as the distribution file allows. */
  readonly joinedBy: 'staff' | 'anybody' | 'nobody';
  /**
   * Whether leads and deputies of teams get it whatever they choose, and name a delegate while they
   * are away.
   */
  readonly namesLeads: boolean;
  /**
   * Which group gives it to a person. `department`: their team, or else their role, which is then
   * the name of a department.
   */
  readonly givenTo: 'team' | 'role' | 'department';
  /** Whether opens are estimated if the distribution file does not say. */
  readonly tracking: 'opens' | 'none';
  readonly words: StreamWords;
}

/** One row per stream. CONTRIBUTING lists what else a new stream needs. */
export const catalogue = {
  'engineering-digest': {
    realm: 'staff',
    audience: 'engineering',
    starts: 'by schedule',
    describes: 'all',
    period: 'of its frequency',
    lane: 'bulk',
    doubts: 'hold',
    isBulk: true,
    frequencies: ['published', 'weekly', 'monthly'],
    usual: 'weekly',
    hasUpdates: false,
    hour: 'chosen',
    hasTopics: true,
    choose: 'first',
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
      whenPublished: 'with each postmortem, as it is published',
      asItHappens: () => 'Each postmortem comes as it is published.',
    },
  },
  'sev1-alerts': {
    realm: 'staff',
    audience: 'leadership',
    starts: 'by severity',
    describes: 'of severities',
    period: 'of its frequency',
    lane: 'urgent',
    doubts: 'resend-once',
    isBulk: false,
    frequencies: [],
    usual: 'weekly',
    hasUpdates: true,
    hour: 'never',
    hasTopics: false,
    choose: 'first',
    joinedBy: 'staff',
    namesLeads: true,
    givenTo: 'role',
    tracking: 'opens',
    words: {
      title: (alerts) => `${alerts} alerts`,
      inSentence: (alerts) => `${alerts} alerts`,
      isPlural: true,
      what: 'A mail as soon as the postmortem of a serious incident is published, and updates when it changes.',
      choices: { on: 'At once' },
      comes: (alerts, _frequency, isLater) => `You get every ${alerts} at once${isLater ? ', and what becomes of it,' : ''}`,
      asItHappens: (alerts) => `${alerts} alerts come at once.`,
    },
  },
  'leadership-brief': {
    realm: 'staff',
    audience: 'leadership',
    starts: 'by schedule',
    describes: 'the gravest',
    period: 'of its schedule',
    lane: 'bulk',
    doubts: 'hold',
    isBulk: true,
    frequencies: [],
    usual: 'weekly',
    hasUpdates: false,
    hour: 'chosen where weekly',
    hasTopics: false,
    choose: 'first',
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
    audience: 'cross-functional',
    starts: 'by schedule',
    describes: 'of severities',
    period: 'of its frequency',
    lane: 'prompt',
    doubts: 'hold',
    isBulk: false,
    whenScheduled: { lane: 'bulk', doubts: 'hold', isBulk: true },
    frequencies: ['published', 'weekly'],
    usual: 'published',
    hasUpdates: true,
    hour: 'chosen',
    hasTopics: false,
    choose: 'first',
    joinedBy: 'staff',
    namesLeads: false,
    givenTo: 'department',
    tracking: 'opens',
    words: {
      title: () => 'Customer impact',
      inSentence: () => 'customer impact',
      isPlural: false,
      what: 'What customers saw of an incident, what may be said about it, and when the next news comes.',
      choices: { published: 'At once', weekly: 'Weekly summary' },
      comes: (_alerts, frequency, isLater) =>
        frequency === 'weekly'
          ? 'You get customer impact every week'
          : `You get customer impact at once${isLater ? ', and what becomes of it,' : ''}`,
      edition: (frequency) => (frequency === 'weekly' ? 'the weekly summary of customer impact' : 'customer impact'),
      whenPublished: 'at once, with each incident that customers felt',
      asItHappens: () => 'Customer impact comes at once.',
    },
  },
  'relevant-incidents': {
    realm: 'staff',
    audience: 'engineering',
    starts: 'by relevance',
    describes: 'of severities',
    period: 'of its frequency',
    lane: 'bulk',
    doubts: 'hold',
    isBulk: false,
    frequencies: [],
    usual: 'weekly',
    hasUpdates: false,
    hour: 'never',
    hasTopics: false,
    choose: 'first',
    notBeside: 'engineering-digest',
    joinedBy: 'staff',
    namesLeads: false,
    givenTo: 'team',
    tracking: 'opens',
    words: {
      title: () => 'Incidents relevant to your team',
      inSentence: () => 'incidents relevant to your team',
      isPlural: true,
      what: 'A mail as soon as a postmortem is published that matters much to your team, with the reason.',
      choices: { on: 'At once' },
      comes: () => 'You get incidents that are relevant to your team',
      asItHappens: () => 'Incidents that matter much to your team come at once.',
    },
  },
  'customer-notices': {
    realm: 'customers',
    audience: undefined,
    starts: 'by approval',
    describes: 'of severities',
    period: 'of its frequency',
    lane: 'customers',
    doubts: 'hold',
    isBulk: false,
    frequencies: [],
    usual: 'weekly',
    hasUpdates: false,
    hour: 'never',
    hasTopics: false,
    choose: 'only',
    joinedBy: 'anybody',
    namesLeads: false,
    givenTo: 'role',
    tracking: 'none',
    words: {
      title: () => 'Incident notices',
      inSentence: () => 'incident notices',
      isPlural: true,
      what: 'What went wrong with our service, what it meant for you, and what we do about it.',
      comes: () => 'You get notices',
      asItHappens: () => 'A notice comes as soon as there is something to tell you.',
    },
  },
} as const satisfies Record<string, StreamDefinition>;

export type CatalogueName = keyof typeof catalogue;

/**
 * Mails that answer a person's action. Nobody subscribes to them, and the edition says which realm
 * they belong to.
 */
export const serviceRules: DeliveryRules = { lane: 'urgent', doubts: 'hold', isBulk: false };
/** Mails that remind people. Nobody waits for them, and many leave at once. */
export const reminderRules: DeliveryRules = { lane: 'bulk', doubts: 'hold', isBulk: true };
