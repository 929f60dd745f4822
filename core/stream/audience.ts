/** One row per audience that renditions are made for. That of customers comes with its stream. */
export const audienceRows = {
  engineering: { name: 'Engineering', archive: 'Archive of postmortems', heading: 'What we learnt' },
  leadership: { name: 'Leadership', archive: 'Archive for leadership', heading: 'What we learnt' },
  'cross-functional': {
    name: 'Support, sales and marketing',
    archive: 'Archive of customer impact',
    heading: 'Customer impact',
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
  /** The first line of its mails and pages, for readers who talk with people outside. */
  readonly banner?: string;
}

export type Audience = keyof typeof audienceRows;
export const audiences = Object.keys(audienceRows) as readonly Audience[];

export const bannerOf = (audience: Audience): string | undefined => {
  const words: AudienceWords = audienceRows[audience];
  return words.banner;
};
