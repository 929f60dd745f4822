import { readSecret } from '../../adapters/secrets/secrets-manager.ts';
import { authenticate } from '../../core/access/key.ts';
import { httpHandler } from '../shared/http-routes.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { Env } from './env.ts';
import { answerToDispute, operatorRoutes } from './routes.ts';
import { wire } from './wiring.ts';

const env = loadEnv(Env);
const deps = wire(env);

/** The only function that lists addresses. */
export const handler = httpHandler(operatorRoutes(deps), {
  authenticate: (bearer) => authenticate(bearer, deps.keys, () => readSecret(env.FIRST_KEY_ARN)),
  log,
  answerTo: answerToDispute,
});
