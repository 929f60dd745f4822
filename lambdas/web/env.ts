import * as z from 'zod';
import { type Realm, realms } from '../../core/stream/stream.ts';

export const Env = z.object({
  TABLE_NAME: z.string().min(1),
  /** Whose pages these are: links of the other realm's people open nothing here. */
  REALM: z.enum(realms),
  TOKEN_KEYS_ARN: z.string().min(1),
  /** Makes a subscriber's id of the address that somebody types: sign-up, a new link. */
  IDENTITY_SECRET_ARN: z.string().min(1),
  /** Makes the hash that outlives a person who erases themselves. */
  SUPPRESSION_SECRET_ARN: z.string().min(1),
  /** Takes the mails that a page asks for: a new link, a confirmation, a goodbye. */
  COMPOSE_QUEUE_URL: z.url(),
  /**
   * The address that this stack may mail customers from; empty where it may not. A file that was
   * applied meanwhile may name another.
   */
  CUSTOMERS_SENDER: z.string(),
  /** Where the pages are, without a trailing slash, for links that leave the page: feeds. */
  PUBLIC_URL: z.url(),
});
export type EnvValues = z.input<typeof Env>;

/** Where a realm's pages are, below the stage's address. */
export const pageBases: Readonly<Record<Realm, string>> = { staff: '', customers: '/customers' };

/**
 * Every address that `web` serves, below its base and as the HTTP API names it: `lib` makes the
 * routes from these lists, routes.ts has a page for each.
 */
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

/** Of customers: they read no archive, and nobody of theirs lets others in. */
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
export const pathsOf: Readonly<Record<Realm, readonly PagePath[]>> = { staff: pagePaths, customers: customersPaths };
export type PagePath = (typeof pagePaths)[number];
