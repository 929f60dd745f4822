import * as z from 'zod';

export const Env = z.object({
  TABLE_NAME: z.string().min(1),
  TOKEN_KEYS_ARN: z.string().min(1),
  /** Makes a subscriber's id of the address that somebody types: sign-up, a new link. */
  IDENTITY_SECRET_ARN: z.string().min(1),
  /** Makes the hash that outlives a person who erases themselves. */
  SUPPRESSION_SECRET_ARN: z.string().min(1),
  /** Takes the mails that a page asks for: a new link, a confirmation, a goodbye. */
  COMPOSE_QUEUE_URL: z.url(),
  /** The stage's address, without a trailing slash, for links that leave the page: feeds. */
  PUBLIC_URL: z.url(),
});
export type EnvValues = z.input<typeof Env>;

/** Every address that `web` serves, as the HTTP API names it: `lib` makes the routes from this list, routes.ts has a page for each. */
export const pagePaths = [
  '/u/{token}',
  '/p/{token}',
  '/p/{token}/data',
  '/p/{token}/erase',
  '/new-link',
  '/view/{token}',
  '/r/{token}',
  '/r/{token}/{postmortem}',
  '/feed/{token}',
  '/join',
  '/join/{stream}',
  '/c/{token}',
  '/a/{token}',
] as const;
export type PagePath = (typeof pagePaths)[number];
