import { Logger } from '@aws-lambda-powertools/logger';

/**
 * What a log line may contain: ids, counts and words of ours. Never an address, a name, a token or
 * text that somebody wrote.
 */
type Facts = Readonly<Record<string, string | number | boolean | undefined>> & {
  readonly address?: never;
  readonly name?: never;
  readonly token?: never;
  readonly key?: never;
  readonly text?: never;
  readonly title?: never;
  readonly body?: never;
};

export interface Log {
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  /** Keeps the error's own message, without addresses and tokens. */
  error(message: string, error: unknown, facts?: Facts): void;
}

const address = /[^\s<>"(),;:\\[\]/@]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+/gu;
const secret = /\bv1\.[\w-]+\.[\w-]+\.[\w-]+|\baw_[\w-]+|\bBearer\s+\S+|\bxox[a-z]-[\w-]+|\/s\/[\w-]{27}\b/g;

/**
 * The second line of defence: removes an address or a token that arrived in somebody else's error
 * message.
 */
export const withoutSecrets = (text: string): string => text.replace(address, '[address]').replace(secret, '[secret]');

/** Its service is POWERTOOLS_SERVICE_NAME, which is the stack's name. */
const logger = new Logger({
  jsonReplacerFn: (_key, value) => (typeof value === 'string' ? withoutSecrets(value) : value),
});

/** Structured log lines of this function, on standard output. */
export const log: Log = {
  info: (message, facts = {}) => logger.info(message, { ...facts }),
  warn: (message, facts = {}) => logger.warn(message, { ...facts }),
  error: (message, error, facts = {}) =>
    logger.error(message, { ...facts, error: error instanceof Error ? error : new Error('something that is no error was thrown') }),
};
