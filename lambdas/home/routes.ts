import type { PageRoute } from '../shared/pages/page-route.ts';
import type { HomeDeps } from './deps.ts';
import { firstPage } from './pages/first.tsx';

/** The page of each path in env.ts. Each is in a file of its own under pages/. */
export const homeRoutes = (deps: HomeDeps): PageRoute[] => [firstPage(deps)];
