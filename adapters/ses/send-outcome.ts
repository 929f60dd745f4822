import type { SendOutcome } from '../../core/delivery/ports.ts';

/** No TCP connection came about: certainly not accepted. */
const unreachable = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH']);
const throttled = new Set(['Throttling', 'ThrottlingException', 'TooManyRequestsException', 'LimitExceededException']);
/** The mail itself is not wanted, now or later; unless its text says that an identity is not verified, which is about the account. */
const refused = new Set(['MessageRejected', 'InvalidParameterValue', 'ValidationError']);

interface Failure {
  readonly name: string;
  readonly code?: string;
  readonly message: string;
  readonly status?: number;
}

const textIn = (value: object, key: string): string | undefined => {
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' ? found : undefined;
};

function failureOf(error: unknown): Failure {
  if (typeof error !== 'object' || error === null) return { name: 'Unknown', message: String(error) };
  const metadata: unknown = Reflect.get(error, '$metadata');
  const status: unknown = typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : undefined;
  const code = textIn(error, 'code') ?? textIn(error, 'Code');
  return {
    name: textIn(error, 'name') ?? 'Unknown',
    message: textIn(error, 'message') ?? '',
    ...(code && { code }),
    ...(typeof status === 'number' && { status }),
  };
}

/**
 * What a failed SendRawEmail call means, by the error table of the SES guide. Whatever is not certainly one of the others is in doubt:
 * timeouts, resets, 5xx and unreadable answers may all follow an acceptance.
 */
export function outcomeOfError(error: unknown): SendOutcome {
  const failure = failureOf(error);
  const names = [failure.name, failure.code ?? ''];
  const is = (set: ReadonlySet<string>) => names.some((name) => set.has(name));
  if (is(unreachable)) return { kind: 'try later', why: 'unreachable', code: failure.code ?? failure.name };
  const answered = failure.status !== undefined && failure.status >= 400 && failure.status < 500;
  if (!answered) return { kind: 'in doubt', code: failure.code ?? failure.name };
  if (is(throttled)) {
    return /daily/i.test(failure.message)
      ? { kind: 'try later', why: 'stopped', code: 'DailyQuota' }
      : { kind: 'try later', why: 'throttled', code: failure.name };
  }
  if (is(refused) && !/not verified|failed the check/i.test(failure.message)) return { kind: 'refused', code: failure.name };
  // A paused account, a missing configuration set, a denied call, and whatever AWS thinks of next: nothing is wrong with this mail.
  return { kind: 'try later', why: 'stopped', code: failure.name };
}
