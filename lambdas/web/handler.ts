import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { Env } from './env.ts';
import { pageRoutes } from './routes.ts';
import { servePages } from './serve.ts';
import { wire } from './wiring.ts';

const deps = wire(loadEnv(Env));

/** The pages behind the links in mails. */
export const handler = servePages(pageRoutes(deps), deps, log);
