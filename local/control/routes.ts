import { pageRoutes } from '../page/page-routes.ts';
import type { ControlRoute } from './answers.ts';
import { inboxRoutes } from './inbox-routes.ts';
import { workRoutes } from './work-routes.ts';
import type { World } from './world.ts';

/** Everything under /_local. */
export const controlRoutes = (world: World): ControlRoute[] => [...inboxRoutes(world), ...workRoutes(world), ...pageRoutes(world)];
