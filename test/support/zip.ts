import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly bytes?: string | Uint8Array;
  /** Of Unix: the kind and the permissions. */
  readonly mode?: number;
  /** What the directory says of its size, whatever is true. */
  readonly size?: number;
  readonly isEncrypted?: boolean;
  /** False: nothing says that its name is in UTF-8, as Finder packs. */
  readonly saysUtf8?: boolean;
  /** What it says of its bytes, whatever is true. */
  readonly crc?: number;
}

const header = (signature: number, parts: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer => {
  const all = [[4, signature] as const, ...parts];
  const made = Buffer.alloc(all.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of all) at = made.writeUIntLE(value, at, bytes);
  return made;
};

/** A zip with these entries, however wrong they are. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes = '', mode = 0o100644, size, isEncrypted = false, saysUtf8 = true, crc } of entries) {
    const plain = Buffer.from(bytes);
    const packed = deflateRawSync(plain);
    const path = Buffer.from(name);
    const common = [
      ...([
        [2, 20],
        [2, (saysUtf8 ? 0x800 : 0) + (isEncrypted ? 1 : 0)],
        [2, 8],
        [4, 0],
        [4, crc ?? crc32(plain)],
      ] as const),
      ...([
        [4, packed.length],
        [4, size ?? plain.length],
        [2, path.length],
        [2, 0],
      ] as const),
    ] as const;
    const local = Buffer.concat([header(0x04034b50, common), path, packed]);
    directory.push(header(0x02014b50, [[2, 0x314], ...common, [2, 0], [2, 0], [2, 0], [4, mode * 0x10000], [4, offset]]), path);
    files.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = header(0x06054b50, [
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, listed.length],
    [4, offset],
    [2, 0],
  ]);
  return Buffer.concat([...files, listed, end]);
}
