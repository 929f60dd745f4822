import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * Time limits for calls that are safe to retry. By default the SDK waits for ever, so one call that
 * hangs would take the whole invocation with it.
 */
export const sdkRequestHandler = (): NodeHttpHandler =>
  new NodeHttpHandler({ connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true });
