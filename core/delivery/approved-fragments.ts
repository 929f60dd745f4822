import type { Edition } from '../edition/edition.ts';
import { asContentHash } from '../mail/fragments-hash.ts';
import { definitionOf } from '../stream/stream.ts';
import type { ApprovalReader, SendableReader, StoredMailReader, Unsendable } from './ports.ts';

/**
 * Lets only that leave which was approved, of streams whose mails need it. It is asked once for the
 * content of an edition: what was stored is never changed, and each chunk reads whether a later
 * version superseded the edition. `refused` is called once as well.
 */
export function approvedFragments(
  stored: StoredMailReader,
  approvals: ApprovalReader,
  refused: (edition: Edition) => void,
): SendableReader {
  const kept = new Map<string, Promise<Unsendable | undefined>>();
  return {
    async readFragments(edition) {
      const { fragments, hash } = await stored.readStored(edition);
      if (!needsApproval(edition)) return fragments;
      const key = `${edition.id} ${hash}`;
      const asked = kept.get(key) ?? judge(edition, hash, approvals);
      const isNew = !kept.has(key);
      kept.set(key, asked);
      try {
        const why = await asked;
        if (isNew && why?.unsendable === 'not approved') refused(edition);
        return why ?? fragments;
      } catch (error) {
        kept.delete(key);
        throw error;
      }
    },
  };
}

/** An answer to what somebody did says nothing that would have to be approved. */
const needsApproval = ({ stream }: Edition): boolean => stream !== 'service' && definitionOf(stream).starts === 'by approval';

const notApproved: Unsendable = { unsendable: 'not approved' };

async function judge({ notice, content }: Edition, hash: string, approvals: ApprovalReader): Promise<Unsendable | undefined> {
  if (!notice) return notApproved;
  const approved = await approvals.approved(notice.public, notice.version);
  if (!approved || approved.mailHash !== hash || content?.hash !== asContentHash(hash)) return notApproved;
  if (notice.version < approved.current) return { unsendable: 'replaced' };
  return notice.version === approved.current ? undefined : notApproved;
}
