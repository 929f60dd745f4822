import type { Distribution } from '../../core/distribution/distribution.ts';
import type { AuditLog } from '../../core/operator/ports.ts';
import type { PeopleStore, Who } from '../../core/subscriber/ports.ts';
import type { TokenKeys } from '../../core/token/token.ts';

/** A mail of stream `service` that a page asks for. Asking twice within ten minutes sends once. */
export interface WantedMail {
  readonly kind: 'confirm' | 'welcome' | 'new-link' | 'goodbye' | 'approval' | 'joined';
  readonly to: Who;
  /** What it is about: a stream, a request; empty where the kind says it all. */
  readonly about: string;
}

/** Everything that the pages need of the world. */
export interface WebDeps {
  readonly people: PeopleStore;
  readonly audit: AuditLog;
  /** Undefined before one was applied. */
  readonly distribution: () => Promise<Distribution | undefined>;
  readonly tokenKeys: () => Promise<TokenKeys>;
  readonly identitySecret: () => Promise<string>;
  readonly suppressionSecret: () => Promise<string>;
  readonly mail: (wanted: WantedMail) => Promise<void>;
  /** `https://…`, without a trailing slash. */
  readonly publicUrl: string;
  readonly now: () => Date;
}
