import * as z from 'zod';
import { type Realm, realms } from '../../core/stream/stream.ts';

export const Env = z.object({
  TABLE_NAME: z.string().min(1),
  /** The realm whose pages these are. Links of people in the other realm open nothing here. */
  REALM: z.enum(realms),
  TOKEN_KEYS_ARN: z.string().min(1),
  /** Makes a subscriber's id from an address that somebody types, for sign-up or a new link. */
  IDENTITY_SECRET_ARN: z.string().min(1),
  /** Makes the hash that stays after a person erases themselves. */
  SUPPRESSION_SECRET_ARN: z.string().min(1),
  /** Takes the mails that a page requests: a new link, a confirmation, a goodbye. */
  COMPOSE_QUEUE_URL: z.url(),
  /**
   * The address from which this stack may mail customers. Empty if it may not. A file that was
   * applied since may name another.
   */
  CUSTOMERS_SENDER: z.string(),
  /**
   * The base address of the pages, without a trailing slash, for links that leave the page, such as
   * feeds.
   */
  PUBLIC_URL: z.url(),
  /** The organisation's OpenID Connect provider. Empty if people sign in by a mailed link. */
  SIGN_IN_ISSUER: z.string().default(''),
  SIGN_IN_CLIENT_ID: z.string().default(''),
  /** Empty for a public client. */
  SIGN_IN_SECRET_ARN: z.string().default(''),
  /** The claim with the address. Empty for `email`, which has to be verified. */
  SIGN_IN_ADDRESS: z.string().default(''),
});
export type EnvValues = z.input<typeof Env>;

/** The path of a realm's pages below the stage's address. */
export const pageBases: Readonly<Record<Realm, string>> = { staff: '', customers: '/customers' };

/**
 * Every path behind links or a session that `web` serves, below its base and in the notation of the
 * HTTP API. `lib` makes the routes from these lists, and routes.ts has a page for each.
 */
export const pagePaths = [
  '/',
  '/sign-in',
  '/sign-in/{token}',
  '/sign-out',
  '/sessions',
  '/preferences',
  '/u/{token}',
  '/p/{token}',
  '/p/{token}/data',
  '/p/{token}/erase',
  '/muted/{token}',
  '/new-link',
  '/view/{token}',
  '/r/{token}',
  '/r/{token}/{postmortem}',
  '/archive',
  '/archive/{audience}',
  '/archive/{audience}/{postmortem}',
  '/s/{link}',
  '/feed/{token}',
  '/feeds',
  '/join',
  '/join/{stream}',
  '/c/{token}',
  '/a/{token}',
  '/decisions/{token}',
  '/decisions/{token}/{postmortem}',
  '/receipts/{token}',
  '/reminders/{token}',
  '/review/{token}',
  '/review/{token}/mail',
  '/review/{token}/page',
  '/sign-in/start',
  '/sign-in/callback',
] as const;

/** The paths for customers. They read no archive and have no stream owners to let others in. */
const customersPaths: readonly PagePath[] = [
  '/u/{token}',
  '/p/{token}',
  '/p/{token}/data',
  '/p/{token}/erase',
  '/new-link',
  '/join',
  '/join/{stream}',
  '/c/{token}',
];
/** What anybody may read without a link, below the customers' base: notices, and their feed. */
export const publicPaths = ['/incidents', '/incidents/{notice}', '/feed'] as const;

export const pathsOf: Readonly<Record<Realm, readonly PagePath[]>> = {
  staff: pagePaths,
  customers: [...customersPaths, ...publicPaths],
};
export type PagePath = (typeof pagePaths)[number] | (typeof publicPaths)[number];
