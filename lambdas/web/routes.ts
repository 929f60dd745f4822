import type { Realm } from '../../core/stream/stream.ts';
import type { PageRoute } from '../shared/pages/page-route.ts';
import type { WebDeps } from './deps.ts';
import { pathsOf } from './env.ts';
import { approvePage } from './pages/approve.tsx';
import { archiveHomePage, archivePage } from './pages/archive.tsx';
import { confirmPage } from './pages/confirm.tsx';
import { decisionPage, decisionsPage } from './pages/decisions.tsx';
import { erasePage } from './pages/erase.tsx';
import { feedPage } from './pages/feed.ts';
import { feedsPage } from './pages/feeds.tsx';
import { incidentPage, incidentsFeed, incidentsPage } from './pages/incidents.tsx';
import { joinPage, joinStreamPage } from './pages/join.tsx';
import { mailListPage } from './pages/mail-list.tsx';
import { mutedPage } from './pages/muted.tsx';
import { newLinkPage } from './pages/new-link.tsx';
import { ownDataPage } from './pages/own-data.ts';
import { ownPreferencesPage } from './pages/own-preferences.ts';
import { postedPage } from './pages/posted.tsx';
import { archivedPostmortemPage, mailedPostmortemPage } from './pages/postmortem.tsx';
import { preferencesPage } from './pages/preferences.tsx';
import { receiptPage } from './pages/receipts.tsx';
import { remindersPage } from './pages/reminders.tsx';
import { reviewMailPage, reviewPublicPage, reviewRoute } from './pages/review.tsx';
import { sessionsPage } from './pages/sessions.tsx';
import { signInLinkPage, signInPage } from './pages/sign-in.tsx';
import { signInCallbackPage, signInStartPage } from './pages/sign-in-with-provider.ts';
import { signOutPage } from './pages/sign-out.tsx';
import { startPage } from './pages/start.tsx';
import { unsubscribePage } from './pages/unsubscribe.tsx';
import { viewPage } from './pages/view.tsx';

/** The pages of this realm. */
export const pageRoutes = (deps: WebDeps): PageRoute[] => everyPage(deps).filter(({ path }) => isServed(path, deps.realm));

const isServed = (path: string, realm: Realm) => pathsOf[realm].some((known) => known === path);

/** Each is in a file of its own under pages/. */
const everyPage = (deps: WebDeps): PageRoute[] => [
  startPage(deps),
  signInPage(deps),
  signInLinkPage(deps),
  signOutPage(deps),
  sessionsPage(deps),
  ownPreferencesPage(deps),
  unsubscribePage(deps),
  preferencesPage(deps),
  mutedPage(deps),
  newLinkPage(deps),
  viewPage(deps),
  mailListPage(deps),
  mailedPostmortemPage(deps),
  archiveHomePage(deps),
  archivePage(deps),
  archivedPostmortemPage(deps),
  postedPage(deps),
  feedPage(deps),
  feedsPage(deps),
  joinPage(deps),
  joinStreamPage(deps),
  confirmPage(deps),
  approvePage(deps),
  decisionsPage(deps),
  decisionPage(deps),
  receiptPage(deps),
  remindersPage(deps),
  reviewRoute(deps),
  reviewMailPage(deps),
  reviewPublicPage(deps),
  ownDataPage(deps),
  erasePage(deps),
  signInStartPage(deps),
  signInCallbackPage(deps),
  incidentsPage(deps),
  incidentPage(deps),
  incidentsFeed(deps),
];
