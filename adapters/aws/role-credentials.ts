import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * In bundles this stands for `@aws-sdk/credential-provider-node`, whose chain goes on to profiles,
 * single sign-on, processes, tokens and metadata servers, none of which a function has. Lambda
 * hands the credentials of a function's role in variables (Lambda guide,
 * *configuration-envvars*), where the chain looks first. `bin/` runs from the sources and keeps the
 * chain.
 */
export const defaultProvider = fromEnv;
