import * as z from 'zod';
import type { Hash } from '../approval/approval-request.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { productsNamed, productsOf } from '../distribution/products.ts';
import { isTellable, longestExternal, type Postmortem } from '../postmortem/postmortem.ts';
import { canonicalHash } from '../shared/canonical-hash.ts';
import { Moment } from '../shared/instant.ts';
import { PublicId } from './external.ts';

/**
 * What customers may see of one postmortem. Fields that are not listed here are invisible to them.
 * A stored one is read without what this release does not know.
 */
export const NoticeContent = z.object({
  publicId: PublicId,
  title: z.string(),
  /** Markdown. */
  body: z.string(),
  /** What changed since the version before, in one or two sentences. */
  change: z.string().optional(),
  products: z.array(z.string()),
  startedAt: Moment.optional(),
  resolvedAt: Moment.optional(),
  /** Whether the account is final. */
  state: z.enum(['preliminary', 'final']).catch('final'),
});
export type NoticeContent = z.infer<typeof NoticeContent>;

/** What is needed of a stored postmortem to know its external version. */
type Told = { readonly postmortem: Postmortem };

/**
 * What customers would read of a postmortem. Undefined if it may not be told, or if its author does
 * not ask: no external version is ready. Of the products that it names, those count that the file
 * has; without a name, those whose services are affected. There may be none. They are sorted, so
 * that the order of the file voids nothing.
 */
export function noticeContentOf(
  { postmortem }: Told,
  publicId: PublicId,
  { products }: Pick<Distribution, 'products'>,
): NoticeContent | undefined {
  const { external, services, startedAt, resolvedAt, status, mergedInto } = postmortem;
  if (!isTellable(postmortem) || mergedInto !== undefined || external?.ready !== true) return undefined;
  const { title, body, change, products: named } = external;
  if (title === undefined || body.length > longestExternal) return undefined;
  const meant = named ? productsNamed(named, products) : productsOf(services, products).products.map(({ name }) => name);
  return {
    publicId,
    title,
    body,
    ...(change !== undefined && { change }),
    products: meant.toSorted(),
    ...(startedAt !== undefined && { startedAt }),
    ...(resolvedAt !== undefined && { resolvedAt }),
    state: status === 'preliminary' ? 'preliminary' : 'final',
  };
}

/**
 * SHA-256 in hex of everything that customers may see, the public id too: two postmortems of one
 * text are approved apart. What is stored and read again has the same.
 */
export const contentHash = (content: NoticeContent): Hash => canonicalHash(NoticeContent.parse(content));
