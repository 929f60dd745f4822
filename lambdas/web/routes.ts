import type { WebDeps } from './deps.ts';
import type { PageRoute } from './page-route.ts';

/** Every page by its address; each is a file of its own under pages/. */
export const pageRoutes = (_deps: WebDeps): PageRoute[] => [];
