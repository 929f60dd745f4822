/**
 * Buffers that forms are written to, one mail after the other. V8 counts the memory of a buffer and
 * not how soon it is garbage: with a new one for each mail it collects the whole heap every hundred
 * mails (docs/adr/093-buffers-of-forms.md).
 */
export interface FormBuffers {
  /** One of so many bytes. It holds what was left in it. */
  take(length: number): Buffer;
  /**
   * Only after SES accepted the form: then it has left whole. A socket that still writes from a
   * buffer would send another reader's mail.
   */
  giveBack(form: Buffer): void;
}

/** Bytes. The mails of an edition differ by little, so a buffer fits the next one of it. */
const step = 16 * 1024;
/** As many as a chunk has mails. */
const most = 100;

export function formBuffers(): FormBuffers {
  const free: ArrayBuffer[] = [];
  return {
    take(length) {
      const kept = free.pop();
      const room = kept && kept.byteLength >= length ? kept : new ArrayBuffer(Math.ceil(length / step) * step);
      return Buffer.from(room, 0, length);
    },
    giveBack({ buffer }) {
      if (free.length < most && buffer instanceof ArrayBuffer) free.push(buffer);
    },
  };
}
