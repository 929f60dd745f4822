import { type ResendDeps, type Resent, resendDeliveries } from '../delivery/resend.ts';
import type { EditionId, Superseded } from '../edition/edition.ts';
import { isPast } from '../edition/edition-state.ts';
import type { EditionReader } from '../edition/ports.ts';
import { UnknownEdition } from '../shared/errors.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';

export type NotSent = 'recalled' | 'past' | Pick<Superseded, 'by'>;

/**
 * Sends unconfirmed deliveries of an edition again; see resendDeliveries. `recalled`, `past` or
 * superseded `by`: nothing of this edition is sent any more, so nothing was changed. Throws
 * UnknownEdition.
 */
export async function resendEdition(
  id: EditionId,
  subscribers: readonly SubscriberId[],
  { editions, ...deps }: ResendDeps & { readonly editions: Pick<EditionReader, 'read'> },
): Promise<Resent | NotSent> {
  const edition = await editions.read(id);
  if (!edition) throw new UnknownEdition(id);
  if (edition.recalled) return 'recalled';
  if (isPast(edition, deps.now().getTime())) return 'past';
  return edition.superseded ? { by: edition.superseded.by } : resendDeliveries(edition, subscribers, deps);
}
