import type { WebDeps } from './deps.ts';
import { pageBases } from './env.ts';

/**
 * The path of a page of the same realm, for links between pages. For customers `/new-link` is
 * `/customers/new-link`.
 */
export const pathTo = ({ realm }: Pick<WebDeps, 'realm'>, path: `/${string}`): string => `${pageBases[realm]}${path}`;
