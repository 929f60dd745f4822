import * as z from 'zod';
import type { Hash } from '../approval/approval-request.ts';
import { EditionFragments } from '../mail/fragments.ts';
import { hashOfStored as hashOf } from '../mail/fragments-hash.ts';
import { NoticeContent } from './notice-content.ts';
import type { Artefact } from './ports.ts';

/** A remark in a stored row. What a later release finds beside it is left out. */
const StoredRemark = z.object({
  id: z.string(),
  rule: z.string(),
  level: z.enum(['refuse', 'look']).catch('refuse'),
  part: z.enum(['title', 'body', 'change']).catch('body'),
  found: z.string(),
  remedy: z.string(),
});
const StoredArtefact = z.object({ content: NoticeContent, mail: z.string(), remarks: z.array(StoredRemark) });

/** The stored text of a mail's fragments. Read and written again it is the same. */
const mailTextOf = (fragments: EditionFragments): string => JSON.stringify(EditionFragments.parse(fragments));

/**
 * SHA-256 in hex of the stored text of a mail's fragments. The hash in an edition's META is its
 * beginning: the edition is stored as the same text.
 */
export const mailHashOf = (fragments: EditionFragments): Hash => hashOf(mailTextOf(fragments));

/** The text that is stored of an artefact, and its hash: it covers what was found as well. */
export function printArtefact({ content, fragments, remarks }: Artefact): {
  readonly text: string;
  readonly artefact: Hash;
  readonly mail: Hash;
} {
  const mail = mailTextOf(fragments);
  const text = JSON.stringify({ content: NoticeContent.parse(content), mail, remarks });
  return { text, artefact: hashOf(text), mail: hashOf(mail) };
}

/** Undefined if one byte differs from what was hashed. */
export function readArtefact(text: string, artefact: Hash): (Artefact & { readonly mail: Hash }) | undefined {
  if (hashOf(text) !== artefact) return undefined;
  const { content, mail, remarks } = StoredArtefact.parse(JSON.parse(text));
  return { content, fragments: EditionFragments.parse(JSON.parse(mail)), remarks, mail: hashOf(mail) };
}
