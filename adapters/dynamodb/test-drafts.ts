import * as z from 'zod';
import type { TestDrafts } from '../../core/edition/test-mail.ts';
import { MaterialChange, publications, StoredDocument } from '../../core/postmortem/stored-postmortem.ts';
import { canonicalHash } from '../../core/shared/canonical-hash.ts';
import { pack, unpack } from './packed.ts';
import type { Table } from './table.ts';
import { expiryAttribute, testDraftKey } from './table-shape.ts';

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

/** Much longer than a test waits in its queue. */
const keptSeconds = 24 * 3600;

/** Consistent. A draft that a later release wrote in another way counts as none. */
export const dynamoTestDrafts = (table: Table, now: () => Date): TestDrafts => ({
  async put(draft) {
    const id = canonicalHash(draft);
    const expiry = { [expiryAttribute]: Math.ceil(now().getTime() / 1000) + keptSeconds };
    await table.put({ ...testDraftKey(id), draft: await pack(draft), ...expiry });
    return id;
  },
  async read(id) {
    const item = await table.read(testDraftKey(id));
    const read = item && Draft.safeParse(await unpack(item.draft));
    if (!read?.success) return undefined;
    const { material, ...draft } = read.data;
    return { ...draft, ...(material && { material }), owed: [] };
  },
});
