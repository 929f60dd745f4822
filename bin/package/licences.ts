import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const About = z.object({ name: z.string(), version: z.string(), license: z.string() });

/**
 * The licences of all packages of which something is in a bundle, as one text. `inputs` are paths
 * of bundled files below `root`. Throws if a package names no licence.
 */
export function licencesOf(inputs: readonly string[], root: string): string {
  const folders = [...new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []))].toSorted();
  return folders.map((folder) => licenceIn(join(root, folder))).join(`\n${'-'.repeat(80)}\n\n`);
}

function licenceIn(folder: string): string {
  const { name, version, license } = About.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file === undefined ? 'The package has no text of it.' : readFileSync(join(folder, file), 'utf8').trim();
  return `${name} ${version}, ${license}\n\n${text}\n`;
}
