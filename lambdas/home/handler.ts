import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { withMetrics } from '../shared/metrics.ts';
import { servePages } from '../shared/pages/serve.ts';
import { base, Env } from './env.ts';
import { notHere } from './refusals.ts';
import { homeRoutes } from './routes.ts';
import { wire } from './wiring.ts';

/** The pages for those who run Afterword and for those who write. */
export const handler = withMetrics(servePages(homeRoutes(wire(loadEnv(Env))), { base, notFound: notHere }, log));
