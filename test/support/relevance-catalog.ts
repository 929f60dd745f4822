import { readdirSync, readFileSync } from 'node:fs';
import { readBackstage } from '../../core/catalog/backstage/read-backstage.ts';
import { type Catalog, catalogOf } from '../../core/catalog/catalog.ts';

const folder = new URL('../relevance/catalog/', import.meta.url);

/** The catalogue of the evaluation set as an import keeps it. Teams have their names as keys. */
export function relevanceCatalog(): Catalog {
  const files = readdirSync(folder).map((file) => ({ file, text: readFileSync(new URL(file, folder), 'utf8'), format: 'yaml' as const }));
  return catalogOf(readBackstage(files).content);
}
