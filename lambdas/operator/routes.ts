import { ActionKeptChanging } from '../../core/action/press.ts';
import { NothingApplied } from '../../core/compose/start-edition.ts';
import { DistributionInDispute } from '../../core/distribution/apply-distribution.ts';
import { NoticeKeptChanging } from '../../core/notice/press-notice.ts';
import { TooOld } from '../../core/operator/send-edition.ts';
import { CannotSettle } from '../../core/restore/settle-copy.ts';
import { ReviewKeptChanging } from '../../core/review/press-review.ts';
import { ErasureInDispute } from '../../core/rights/erase-person.ts';
import { PersonInDispute } from '../../core/subscriber/rewrite-profile.ts';
import type { HttpAnswer } from '../shared/http-answer.ts';
import type { Route } from '../shared/http-routes.ts';
import { problem } from '../shared/problem.ts';
import { actionRoutes } from './action-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { brakeRoutes } from './brake-routes.ts';
import { catalogRoutes } from './catalog-routes.ts';
import { configurationRoutes } from './configuration-routes.ts';
import { deadLetterRoutes } from './dead-letter-routes.ts';
import type { OperatorDeps } from './deps.ts';
import { driftRoutes } from './drift-routes.ts';
import { editionRoutes } from './edition-routes.ts';
import { heldRoutes } from './held-routes.ts';
import { keyRoutes } from './key-routes.ts';
import { noticeRoutes } from './notice-routes.ts';
import { onePersonRoutes } from './one-person-routes.ts';
import { packRoutes } from './pack-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { personRoutes } from './person-routes.ts';
import { reachRoutes } from './reach-routes.ts';
import { readershipRoutes } from './readership-routes.ts';
import { rebuildRoutes } from './rebuild-routes.ts';
import { reminderRoutes } from './reminder-routes.ts';
import { reviewRoutes } from './review-routes.ts';
import { rightsRoutes } from './rights-routes.ts';
import { runbookRoutes } from './runbook-routes.ts';
import { settleRoutes } from './settle-routes.ts';
import { slackRoutes } from './slack-routes.ts';
import { statusRoutes } from './status-routes.ts';
import { updateRoutes } from './update-routes.ts';

/** The operator's interface in core/operator/api.ts, route by route. */
export const operatorRoutes = (deps: OperatorDeps): Route[] => [
  ...peopleRoutes(deps),
  ...personRoutes(deps),
  ...onePersonRoutes(deps),
  ...rightsRoutes(deps),
  ...keyRoutes(deps),
  ...configurationRoutes(deps),
  ...catalogRoutes(deps),
  ...runbookRoutes(deps),
  ...packRoutes(deps),
  ...editionRoutes(deps),
  ...reachRoutes(deps),
  ...readershipRoutes(deps),
  ...actionRoutes(deps),
  ...heldRoutes(deps),
  ...reviewRoutes(deps),
  ...noticeRoutes(deps),
  ...updateRoutes(deps),
  ...brakeRoutes(deps),
  ...deadLetterRoutes(deps),
  ...slackRoutes(deps),
  ...statusRoutes(deps),
  ...driftRoutes(deps),
  ...reminderRoutes(deps),
  ...rebuildRoutes(deps),
  ...settleRoutes(deps),
  ...auditRoutes(deps),
];

/** Answers when two writers collided. Nothing is broken, and asking again helps. */
export function answerToDispute(error: unknown): HttpAnswer | undefined {
  if (error instanceof DistributionInDispute) {
    return problem(409, 'Conflict', {
      detail: 'Somebody applied another distribution file meanwhile, so nothing of this one was applied. Look at the difference again.',
    });
  }
  if (error instanceof PersonInDispute || error instanceof ErasureInDispute) {
    return problem(503, 'Service Unavailable', {
      detail: 'A person kept changing meanwhile. Do the same again.',
      headers: { 'retry-after': '2' },
    });
  }
  if (error instanceof ActionKeptChanging) {
    return problem(503, 'Service Unavailable', {
      detail: 'An action kept changing meanwhile. Do the same again.',
      headers: { 'retry-after': '2' },
    });
  }
  if (error instanceof ReviewKeptChanging) {
    return problem(503, 'Service Unavailable', {
      detail: 'The review kept changing meanwhile. Do the same again.',
      headers: { 'retry-after': '2' },
    });
  }
  if (error instanceof NoticeKeptChanging) {
    return problem(503, 'Service Unavailable', {
      detail: 'The notice kept changing meanwhile. Do the same again.',
      headers: { 'retry-after': '2' },
    });
  }
  if (error instanceof TooOld) {
    return problem(409, 'Conflict', { detail: 'That is long past. No mail was sent.', errors: [error.flaw] });
  }
  if (error instanceof CannotSettle) return problem(409, 'Conflict', { detail: error.message });
  if (error instanceof NothingApplied) {
    return problem(409, 'Conflict', { detail: 'No distribution file is applied yet. Apply one with: afterword apply distribution.yaml' });
  }
  return undefined;
}
