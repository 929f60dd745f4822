import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const standIn = fileURLToPath(new URL('../adapters/zod/no-json-schema.ts', import.meta.url));

/** Leaves out of Zod what writes JSON schemas (docs/adr/091). */
export const noJsonSchemaPlugin: Plugin = {
  name: 'no-json-schema',
  setup(build) {
    build.onResolve({ filter: /\/(json-schema-processors|to-json-schema)\.js$/ }, ({ importer }) =>
      /[\\/]zod[\\/]v4[\\/]classic[\\/]schemas\.js$/.test(importer) ? { path: standIn } : undefined,
    );
  },
};
