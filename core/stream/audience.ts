/**
 * One row an audience: who a rendition is made for. Those of support and of customers come with
 * their streams.
 */
export const audienceRows = {
  engineering: { archive: 'Archive of postmortems' },
  leadership: { archive: 'Archive for leadership' },
} as const satisfies Readonly<Record<string, AudienceWords>>;

interface AudienceWords {
  /** What its archive is called among links. */
  readonly archive: string;
}

export type Audience = keyof typeof audienceRows;
export const audiences = Object.keys(audienceRows) as readonly Audience[];
