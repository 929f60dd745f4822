import type { SendResult } from '../publish/send-documents.ts';

/** What a run did, for everybody who is told of it. */
export interface Outcome {
  readonly work: 'check' | 'publish';
  /** The commit whose documents were read. */
  readonly head: string;
  readonly sent: readonly SendResult[];
  readonly deleted: readonly string[];
  readonly leftOut: readonly string[];
  /** Named paths at which nothing lies. */
  readonly nowhere: readonly string[];
  /** What is to be known of the distribution file. Absent: nothing. */
  readonly file?: string | undefined;
}
