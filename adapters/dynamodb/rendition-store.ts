import type { RenditionStore } from '../../core/intake/ports.ts';
import { pack, unpack } from './packed.ts';
import type { Table } from './table.ts';
import { type Key, renditionKey } from './table-shape.ts';

export const dynamoRenditionStore = (table: Table): RenditionStore => ({
  async put(audience, id, revision, rendition) {
    await table.put({ ...renditionKey(audience, id, revision), document: await pack(rendition) });
  },
});

/** What one audience may see of one revision. Undefined if it was never made. */
export const dynamoRenditions =
  (table: Table) =>
  async (audience: string, id: string, revision: number): Promise<unknown> => {
    const item = await table.read(renditionKey(audience, id, revision));
    return item && unpack(item.document);
  };

/**
 * Many renditions of one audience, by id of the postmortem. One that was never made is left out.
 * Reads at most 100 at a time.
 */
export const dynamoManyRenditions =
  (table: Table) =>
  async (audience: string, wanted: readonly { readonly id: string; readonly revision: number }[]): Promise<Map<string, unknown>> => {
    const ids = new Map(wanted.map(({ id, revision }) => [textOfKey(renditionKey(audience, id, revision)), id]));
    const keys = wanted.map(({ id, revision }) => renditionKey(audience, id, revision));
    const found = new Map<string, unknown>();
    for (const item of await table.readMany(keys)) {
      const id = ids.get(textOfKey({ pk: String(item.pk), sk: String(item.sk) }));
      if (id !== undefined) found.set(id, await unpack(item.document));
    }
    return found;
  };
const textOfKey = ({ pk, sk }: Key): string => `${pk}\n${sk}`;
