import type { AuditLog } from '../../core/audit/audit.ts';
import type { IncidentOf } from '../../core/connector/incident-pages.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import type { SourceReader } from '../../core/intake/ports.ts';
import type { OutboxDeps } from '../../core/intake/run-outbox.ts';
import type { ExternalStore, SecretFinder } from '../../core/notice/ports.ts';
import type { PostmortemId } from '../../core/postmortem/postmortem.ts';
import type { ListedPostmortem, ListedRevision } from '../../core/postmortem/stored-postmortem.ts';
import type { RelevanceStore, SimilarStore } from '../../core/relevance/ports.ts';
import type { Log } from '../shared/logger.ts';

/** Everything that the routes for producers depend on. */
export interface IntakeDeps extends OutboxDeps {
  readonly now: () => Date;
  readonly distribution: () => Promise<Distribution | undefined>;
  readonly list: (since: Date, now: Date, limit: number, cursor?: string) => Promise<{ postmortems: ListedPostmortem[]; cursor?: string }>;
  /** The latest revisions, latest first. */
  readonly history: (id: PostmortemId, limit: number) => Promise<ListedRevision[]>;
  readonly sources: SourceReader;
  /** To whom a postmortem matters. */
  readonly relevance: RelevanceStore['read'];
  /** Earlier postmortems of the same failure. */
  readonly similar: SimilarStore;
  readonly audit: AuditLog;
  /** Of which incident a page of an incident tool is. */
  readonly incidentOf: IncidentOf;
  /** Whether customers read a version of a text, and why nobody is asked to approve it. */
  readonly externals: Pick<ExternalStore, 'read'>;
  /** For what is said of an external version. `intake` has none: it stays small (docs/adr/073). */
  readonly secrets?: SecretFinder;
  readonly log: Log;
}
