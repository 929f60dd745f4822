import * as z from 'zod';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { servePages } from '../shared/pages/serve.ts';
import { Env, pageBases } from './env.ts';
import { notFound } from './refusals.ts';
import { pageRoutes } from './routes.ts';
import { wire } from './wiring.ts';

// Zod compiles a schema when it is first used. That pays after many uses, and a first page waits
// for it (docs/adr/091).
z.config({ jitless: true });

const deps = wire(loadEnv(Env));

/** The pages behind the links in mails. */
export const handler = servePages(pageRoutes(deps), { base: pageBases[deps.realm], notFound: () => notFound(deps) }, log);
