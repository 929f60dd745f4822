import type { WebDeps } from './deps.ts';
import { pageBases } from './env.ts';

/**
 * The address of a page of the same realm, for a link on another: `/new-link` of customers is
 * `/customers/new-link`.
 */
export const pathTo = ({ realm }: Pick<WebDeps, 'realm'>, path: `/${string}`): string => `${pageBases[realm]}${path}`;
