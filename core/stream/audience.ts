/** One row per audience that renditions are made for. That of customers comes with its stream. */
export const audienceRows = {
  engineering: {
    name: 'Engineering',
    archive: 'Archive of postmortems',
    heading: 'What we learnt',
    sees: 'The whole document: what happened and why, timeline, lessons, actions, links, names of authors',
    doesNotSee: 'What support may say',
    tellsActions: true,
  },
  leadership: {
    name: 'Leadership',
    archive: 'Archive for leadership',
    heading: 'What we learnt',
    sees: 'Severity, times, services and team, who was hurt, what happened and why in a few sentences, what customers are told, actions with their owners and dates',
    doesNotSee: 'Names of authors, timeline, technical parts',
    tellsActions: true,
  },
  'cross-functional': {
    name: 'Support, sales and marketing',
    archive: 'Archive of customer impact',
    heading: 'Customer impact',
    concerns: 'if customers felt it',
    sees: 'Severity, times and services, what customers saw, what to say and not to say, a workaround, what is being done, whom to ask, when the next news comes',
    doesNotSee: 'Causes, names, actions, timeline, every other part',
    banner: 'Internal: do not forward. Tell customers only what stands under Say.',
  },
} as const satisfies Readonly<Record<string, AudienceWords>>;

interface AudienceWords {
  /** Whom it consists of: `Engineering`. */
  readonly name: string;
  /** The title of its archive in a list of links. */
  readonly archive: string;
  /** The title of the archive’s page and, after the organisation’s name, of its feed. */
  readonly heading: string;
  /** What its renditions hold, as a list. */
  readonly sees: string;
  /** What is left out of them. */
  readonly doesNotSee: string;
  /** Its renditions have action items. */
  readonly tellsActions?: true;
  /** Which postmortems concern it: `if customers felt it`. Absent: all. */
  readonly concerns?: string;
  /** The first line of its mails and pages, for readers who talk with people outside. */
  readonly banner?: string;
}

export type Audience = keyof typeof audienceRows;
export const audiences = Object.keys(audienceRows) as readonly Audience[];

/** Its renditions hold the most, and its archive each postmortem that may be told. */
export const widestAudience = 'engineering' satisfies Audience;

export const audienceWords = (audience: Audience): AudienceWords => audienceRows[audience];

export const tellsActions = (audience: Audience): boolean => audienceWords(audience).tellsActions === true;

export const bannerOf = (audience: Audience): string | undefined => audienceWords(audience).banner;
