import type { RenditionStore } from '../../core/intake/ports.ts';
import { pack, unpack } from './packed.ts';
import type { Table } from './table.ts';
import { renditionKey } from './table-shape.ts';

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
