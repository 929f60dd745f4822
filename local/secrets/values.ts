import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { SecretPlan } from '../plan/secrets.ts';
import { generateSecret } from './generate.ts';

const Kept = z.record(z.string(), z.string());

/**
 * The value of each secret, by its ARN. With a data folder, generated values are kept there,
 * readable by their owner only.
 */
export function secretValues(secrets: readonly SecretPlan[], dataDir: string | undefined): Map<string, string> {
  const file = dataDir === undefined ? undefined : join(dataDir, 'secrets.json');
  const kept = file === undefined ? {} : readKept(file);
  const values = new Map(
    secrets.map(({ arn, content }) => [arn, 'text' in content ? content.text : (kept[arn] ?? generateSecret(content.generate))]),
  );
  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(Object.fromEntries(values), null, 2), { mode: 0o600 });
  }
  return values;
}

function readKept(file: string): z.infer<typeof Kept> {
  try {
    return Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new Error(`${file} cannot be read: ${String(error)}`);
  }
}
