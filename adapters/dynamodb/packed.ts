import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

const zip = promisify(gzip);
const unzip = promisify(gunzip);
/**
 * No stored document is larger when unpacked. The limit keeps a crafted one from filling the
 * memory.
 */
const largest = 64 * 1024 * 1024;

/** JSON as DynamoDB binary. */
export const pack = async (value: unknown): Promise<Uint8Array> => zip(JSON.stringify(value));

export const unpack = async (bytes: unknown): Promise<unknown> => JSON.parse(await unpackText(bytes));

/** The JSON text, as it was packed. */
export async function unpackText(bytes: unknown): Promise<string> {
  if (!(bytes instanceof Uint8Array)) throw new Error('a packed attribute is missing or is not binary');
  return (await unzip(bytes, { maxOutputLength: largest })).toString('utf8');
}
