import type { IncomingMessage } from 'node:http';

/**
 * The access key that signed an AWS request. Each function has its own name as its access key,
 * which identifies it. The signature is not checked.
 */
export const callerOf = (request: IncomingMessage): string =>
  /Credential=([^/\s]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? 'unknown';

/** The operation in `X-Amz-Target: DynamoDB_20120810.PutItem`. */
export const operationOf = (request: IncomingMessage): string => String(request.headers['x-amz-target'] ?? '').replace(/^[^.]*\./, '');
