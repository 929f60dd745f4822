/** What we use of yauzl, which has no types of its own. */
declare module 'yauzl' {
  import type { Readable } from 'node:stream';

  export interface Entry {
    readonly crc32: number;
    readonly compressedSize: number;
    readonly uncompressedSize: number;
    readonly externalFileAttributes: number;
    readonly generalPurposeBitFlag: number;
    readonly extraFields: readonly { readonly id: number; readonly data: Buffer }[];
    readonly fileNameRaw: Buffer;
    isEncrypted(): boolean;
  }
  export interface ZipFile {
    readonly entryCount: number;
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
    close(): void;
  }
  interface Yauzl {
    openPromise(path: string, options: { readonly autoClose: boolean; readonly decodeStrings: boolean }): Promise<ZipFile>;
    getFileNameLowLevel(flags: number, name: Buffer, extraFields: Entry['extraFields'], isStrict: boolean): string;
  }
  const yauzl: Yauzl;
  export default yauzl;
}
