import type { Edition } from '../edition/edition.ts';
import { noticeEditionId } from '../edition/edition-id.ts';
import { isAnswerToCustomer } from '../edition/service-mail.ts';
import { asContentHash } from '../mail/fragments-hash.ts';
import { isApprovedStream } from '../stream/stream.ts';
import type { ApprovalReader, SendableReader, StoredMailReader, Unsendable } from './ports.ts';

/**
 * Lets only that leave to customers which was approved, and answers to one of them. It is asked
 * anew each time that a chunk reads, because a withdrawal counts from the moment that it is stored.
 * `refused` is called once for an edition.
 */
export function approvedFragments(
  stored: StoredMailReader,
  approvals: ApprovalReader,
  refused: (edition: Edition) => void,
): SendableReader {
  const told = new Set<string>();
  return {
    async readFragments(edition) {
      const { fragments, hash } = await stored.readStored(edition);
      const why = isAnswer(edition) ? undefined : await judge(edition, hash, approvals);
      if (why?.unsendable === 'not approved' && !told.has(edition.id)) {
        told.add(edition.id);
        refused(edition);
      }
      return why ?? fragments;
    },
  };
}

/**
 * An answer to what one customer did, which says nothing that would have to be approved. What META
 * says of itself is not enough: the id has to be that of such an answer to its one reader, and what
 * a notice is named by is none.
 */
function isAnswer({ id, stream, realm, service, audience, notice, incident }: Edition): boolean {
  if (stream !== 'service' || realm !== 'customers' || !service || audience.kind !== 'list' || notice || incident) return false;
  const [subscriber, ...others] = audience.subscribers;
  return subscriber !== undefined && others.length === 0 && isAnswerToCustomer(id, { kind: service.kind, subscriber });
}

const notApproved: Unsendable = { unsendable: 'not approved' };

async function judge({ id, stream, notice, content }: Edition, hash: string, approvals: ApprovalReader): Promise<Unsendable | undefined> {
  if (!notice || !isApprovedStream(stream) || id !== noticeEditionId(stream, notice.public, notice.version)) return notApproved;
  const approved = await approvals.approved(notice.public, notice.version);
  if (!approved || approved.mailHash !== hash || content?.hash !== asContentHash(hash)) return notApproved;
  if (notice.version < approved.current) return { unsendable: 'replaced' };
  return notice.version === approved.current ? undefined : notApproved;
}
