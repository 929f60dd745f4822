import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import type { TestedDraft } from '../../core/edition/test-mail.ts';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { documentTypes } from '../../core/postmortem/reading/read-document.ts';
import { Refused } from '../../core/shared/errors.ts';

/** A document in a message: gzip in Base64. */
export const PackedDraft = z.strictObject({ type: z.enum(documentTypes), packed: z.base64(), id: PostmortemId.optional() });
export type PackedDraft = z.infer<typeof PackedDraft>;

/** A message has at most 256 KB. */
const mostPacked = 200 * 1024;
const mostText = 1024 * 1024;

/** Throws Refused for a text that no message can hold. */
export function packDraft({ type, text, id }: TestedDraft): PackedDraft {
  const packed = gzipSync(text).toString('base64');
  if (packed.length > mostPacked)
    throw new Refused(
      'content',
      [{ field: 'draft', problem: 'is too long for a test mail', remedy: 'Look at its preview instead.' }],
      'No mail was sent.',
    );
  return { type, packed, ...(id !== undefined && { id }) };
}

export const unpackDraft = ({ type, packed, id }: PackedDraft): TestedDraft => ({
  type,
  text: gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: mostText }).toString('utf8'),
  ...(id !== undefined && { id }),
});
