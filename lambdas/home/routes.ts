import type { PageRoute } from '../shared/pages/page-route.ts';
import { actionPage } from './authors/action.tsx';
import { actionsPage } from './authors/actions.tsx';
import { minePage, minePostmortemPage } from './authors/mine.tsx';
import { draftMailPage, draftPagePage } from './authors/previews.tsx';
import { runbookPages } from './authors/runbook.tsx';
import { templatePages } from './authors/template.tsx';
import { writePage } from './authors/write.tsx';
import type { HomeDeps } from './deps.ts';
import { noticeActPages } from './notices/acts.tsx';
import { noticesPage } from './notices/list.tsx';
import { auditPage } from './pages/audit.tsx';
import { brakePages } from './pages/brakes.tsx';
import { driftPage } from './pages/drift.tsx';
import { editionPage } from './pages/edition.tsx';
import { editionsPage } from './pages/editions.tsx';
import { firstPage } from './pages/first.tsx';
import { inForcePage } from './pages/in-force.tsx';
import { lanePages } from './pages/lanes.tsx';
import { packPages } from './pages/pack.tsx';
import { reachPages } from './pages/reach.tsx';
import { resendPage } from './pages/resend.tsx';
import { personActs } from './people/acts.tsx';
import { peoplePage } from './people/list.tsx';
import { personPage } from './people/person.tsx';
import { holdPages } from './postmortems/holds.tsx';
import { postmortemsPage } from './postmortems/list.tsx';
import { postmortemPages } from './postmortems/one.tsx';
import { reviewsPage } from './reviews/list.tsx';
import { waivePage } from './reviews/waive.tsx';
import { slackPages } from './slack/acts.tsx';

/** The page of each path in env.ts. */
export const homeRoutes = (deps: HomeDeps): PageRoute[] => [
  firstPage(deps),
  editionsPage(deps),
  editionPage(deps),
  ...brakePages(deps),
  resendPage(deps),
  ...lanePages(deps),
  peoplePage(deps),
  personPage(deps),
  ...personActs(deps),
  postmortemsPage(deps),
  ...postmortemPages(deps),
  ...holdPages(deps),
  reviewsPage(deps),
  waivePage(deps),
  noticesPage(deps),
  ...noticeActPages(deps),
  ...slackPages(deps),
  inForcePage(deps),
  driftPage(deps),
  auditPage(deps),
  ...reachPages(deps),
  ...packPages(deps),
  writePage(deps),
  draftMailPage(deps),
  draftPagePage(deps),
  actionsPage(deps),
  actionPage(deps),
  minePage(deps),
  minePostmortemPage(deps),
  ...templatePages(deps),
  ...runbookPages(deps),
];
