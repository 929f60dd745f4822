import * as z from 'zod';
import { Instant } from '../shared/instant.ts';
import { type Postmortem, Status } from './postmortem.ts';

/**
 * What an operator decided about a postmortem. It wins over what its document says, with each later
 * revision too, until an operator releases it (docs/adr/054). A later release may keep more in it.
 * Whatever cannot be read counts as restricted.
 */
export const Hold = z.looseObject({
  restricted: z.boolean().catch(true),
  retracted: z.boolean().catch(false),
  /** When the last of both was decided, and by whom: the id of a key, or a sid. */
  at: Instant.optional().catch(undefined),
  by: z.string().optional().catch(undefined),
  /** What the document says by itself: what a release brings back. */
  document: z.object({ restricted: z.boolean(), status: Status.catch('draft') }).catch({ restricted: true, status: 'draft' }),
});
export type Hold = z.infer<typeof Hold>;

/** Reads what is stored. A hold that is there and cannot be read restricts. */
export const holdIn = (stored: unknown): Hold | undefined =>
  stored === undefined ? undefined : Hold.parse(typeof stored === 'object' ? stored : {});

/** A document as it counts under a hold. */
export function withHold(document: Postmortem, hold: Hold | undefined): Postmortem {
  if (!hold) return document;
  const { restricted, status } = document;
  return { ...document, restricted: restricted || hold.restricted, status: hold.retracted ? 'retracted' : status };
}

/** The document as its authors sent it, without what an operator decided. */
export const asWritten = ({ postmortem, held }: { readonly postmortem: Postmortem; readonly held?: Hold | undefined }): Postmortem =>
  held ? { ...postmortem, ...held.document } : postmortem;
