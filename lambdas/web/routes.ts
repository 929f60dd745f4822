import type { WebDeps } from './deps.ts';
import type { PageRoute } from './page-route.ts';
import { archivePage } from './pages/archive.tsx';
import { feedPage } from './pages/feed.ts';
import { postmortemPage } from './pages/postmortem.tsx';

/** Every page by its address; each is a file of its own under pages/. */
export const pageRoutes = (deps: WebDeps): PageRoute[] => [archivePage(deps), postmortemPage(deps), feedPage(deps)];
