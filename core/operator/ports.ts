import type * as z from 'zod';
import type { Instant } from '../shared/instant.ts';
import type { StreamName } from '../subscriber/subscriber.ts';
import type { EditionAnswer, EditionsAnswer, PreviewAnswer, PreviewRequest } from './api.ts';

export interface EditionsReader {
  /** Latest first, unfinished ones among them; `cursor` of the page before leads on. */
  list(limit: number, cursor?: string): Promise<EditionsAnswer>;
  read(edition: string): Promise<EditionAnswer | undefined>;
}

export interface Sender {
  /** Has the edition composed that is due at an instant. Twice is once. */
  send(stream: StreamName, at: Instant): Promise<{ edition: string; existed: boolean }>;
}

export interface Previewer {
  /** What would be sent. Stores and sends nothing. Throws Refused where there is nothing to preview. */
  preview(request: z.infer<typeof PreviewRequest>): Promise<PreviewAnswer>;
}

/** What a key did. Counts and names of things, never an address. */
export interface AuditLine {
  readonly at: Instant;
  /** Id of the key. */
  readonly who: string;
  readonly act:
    | 'people imported'
    | 'people suspended'
    | 'suppression lifted'
    | 'key created'
    | 'key removed'
    | 'configuration applied'
    | 'edition sent';
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface AuditLog {
  record(line: AuditLine): Promise<void>;
}
