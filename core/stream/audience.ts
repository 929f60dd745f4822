/**
 * One row per audience that renditions are made for. The audiences of support and of customers come
 * with their streams.
 */
export const audienceRows = {
  engineering: { archive: 'Archive of postmortems' },
  leadership: { archive: 'Archive for leadership' },
} as const satisfies Readonly<Record<string, AudienceWords>>;

interface AudienceWords {
  /** The title of its archive in a list of links. */
  readonly archive: string;
}

export type Audience = keyof typeof audienceRows;
export const audiences = Object.keys(audienceRows) as readonly Audience[];
