import { pageRoutes } from '../page/page-routes.ts';
import type { ControlRoute } from './answers.ts';
import { inboxRoutes } from './inbox-routes.ts';
import type { LocalStackHandle } from './local-stack-handle.ts';
import { slackRoutes } from './slack-routes.ts';
import { vendorRoutes } from './vendor-routes.ts';
import { workRoutes } from './work-routes.ts';

/** All routes under /_local. */
export const controlRoutes = (stack: LocalStackHandle): ControlRoute[] => [
  ...inboxRoutes(stack),
  ...workRoutes(stack),
  ...slackRoutes(stack),
  ...vendorRoutes(stack),
  ...pageRoutes(stack),
];
