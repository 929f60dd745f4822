export interface PublishOptions {
  readonly publishedAt?: string;
  readonly history?: boolean;
  /** `BASE..HEAD`: what changed between two commits. */
  readonly changed?: string;
  readonly check?: boolean;
  /** `WORD=SEVERITY,…` for the words of exports. */
  readonly severities?: string;
  /** The file that keeps what was stored. */
  readonly resume?: string;
  /** The file by which this machine alone checks. */
  readonly distribution?: string;
}

/** What is said with each document, as the API takes it. */
export const queryOf = ({ publishedAt, history, check }: PublishOptions): URLSearchParams =>
  new URLSearchParams({
    ...(publishedAt !== undefined && { publishedAt }),
    ...(history && { history: 'true' }),
    ...(check && { check: 'true' }),
  });
