import { appendFileSync } from 'node:fs';

interface Tags {
  readonly edition: string;
  readonly subscriber: string;
  readonly attempt: number;
}

/**
 * Records the beginning of a call to the mail server, one line each. The order of the lines is the
 * order of the calls, whatever the workers' clocks say.
 */
export function callBegins({ edition, subscriber, attempt }: Tags, file: string): void {
  appendFileSync(file, `${JSON.stringify({ at: Date.now(), edition, subscriber, attempt })}\n`);
}
