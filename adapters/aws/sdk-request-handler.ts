import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * Time limits for calls that may safely be made again: without them a call that hangs takes the
 * whole invocation with it, because the SDK waits for ever by default.
 */
export const sdkRequestHandler = (): NodeHttpHandler =>
  new NodeHttpHandler({ connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true });
