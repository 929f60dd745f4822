import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { MaterialChange, publications, StoredDocument, type StoredPostmortem } from '../../core/postmortem/stored-postmortem.ts';
import { Refused } from '../../core/shared/errors.ts';

/** A postmortem in a message, as it would be stored: gzip of its JSON, in Base64. */
export const PackedDraft = z.base64();

/** Leaves out what this release does not know. What is owed is of no use to a test. */
const Draft = z.object({
  postmortem: StoredDocument,
  hash: z.string(),
  revision: z.int(),
  updatedAt: z.string(),
  publication: z.enum(publications).optional().catch(undefined),
  material: z.record(z.string(), MaterialChange).optional(),
  editions: z.array(z.string()),
  namedIn: z.array(z.string()),
  hiddenIn: z.int().optional(),
});

/** A message has at most 256 KB. */
const mostPacked = 200 * 1024;
const mostText = 4 * 1024 * 1024;

/** Throws Refused for a draft that no message can hold. */
export function packDraft(draft: StoredPostmortem): string {
  const packed = gzipSync(JSON.stringify(draft)).toString('base64');
  if (packed.length <= mostPacked) return packed;
  throw new Refused(
    'content',
    [{ field: 'draft', problem: 'is too long for a test mail', remedy: 'Look at its preview instead.' }],
    'No mail was sent.',
  );
}

export function unpackDraft(packed: string): StoredPostmortem {
  const text = gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: mostText }).toString('utf8');
  const { material, ...draft } = Draft.parse(JSON.parse(text));
  return { ...draft, ...(material && { material }), owed: [] };
}
