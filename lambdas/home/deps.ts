import type { PostmortemIndex } from '../../core/compose/ports.ts';
import type { IntakeDeps } from '../intake/deps.ts';
import type { OperatorDeps } from '../operator/deps.ts';
import type { Log } from '../shared/logger.ts';
import type { SessionDeps } from '../shared/pages/current-session.ts';

/** Everything that the pages for operators and authors depend on. */
export interface HomeDeps extends SessionDeps {
  /** What the routes depend on through which pages act. */
  readonly operator: OperatorDeps;
  readonly intake: IntakeDeps;
  /** See PostmortemIndex. */
  readonly changedSince: PostmortemIndex['changedSince'];
  readonly log: Log;
}
