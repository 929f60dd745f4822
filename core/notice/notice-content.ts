import * as z from 'zod';
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
