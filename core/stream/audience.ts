/** One row per audience that renditions are made for. That of customers comes with its stream. */
export const audienceRows = {
  engineering: { archive: 'Archive of postmortems' },
  leadership: { archive: 'Archive for leadership' },
  'cross-functional': { archive: 'Archive of customer impact', banner: 'Internal. What may be said stands under Say.' },
} as const satisfies Readonly<Record<string, AudienceWords>>;

interface AudienceWords {
  /** The title of its archive in a list of links. */
  readonly archive: string;
  /** The first line of its mails and pages, for readers who talk with people outside. */
  readonly banner?: string;
}

export type Audience = keyof typeof audienceRows;
export const audiences = Object.keys(audienceRows) as readonly Audience[];

export const bannerOf = (audience: Audience): string | undefined => {
  const words: AudienceWords = audienceRows[audience];
  return words.banner;
};
