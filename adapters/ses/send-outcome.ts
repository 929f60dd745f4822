import type { SendOutcome } from '../../core/delivery/ports.ts';

/** No TCP connection was made, so the mail was certainly not accepted. */
const unreachable = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH']);
const throttled = new Set(['Throttling', 'ThrottlingException', 'TooManyRequestsException', 'LimitExceededException']);
/**
 * By these names alone SES says that it takes no mail of this account, configuration set or sender.
 */
const stopped = new Set([
  'AccountSendingPausedException',
  'SendingPausedException',
  'ConfigurationSetSendingPausedException',
  'ConfigurationSetDoesNotExist',
  'ConfigurationSetDoesNotExistException',
  'MailFromDomainNotVerified',
  'MailFromDomainNotVerifiedException',
]);
/**
 * Names under which SES refuses one mail. Under the first it also refuses a whole account; the text
 * tells which.
 */
const aboutAMail = new Set(['MessageRejected', 'InvalidParameterValue', 'ValidationError', 'ValidationException']);

/**
 * Texts that can only be about the mail that was sent. They come from the SES guide
 * (troubleshoot-error-messages, troubleshoot-smtp, quotas, header-fields) and from user reports
 * about SendRawEmail. SES reads addresses and headers as Jakarta Mail does, and these are its
 * words. A text that is not listed keeps the mail: see docs/adr/005.
 */
const textsAboutOneMail: readonly RegExp[] = [
  // Its address: "Local address contains control or whitespace", "Domain contains illegal
  // character", "Missing final '@domain'".
  /^(local address|domain) (contains|starts with|ends with)/,
  /^missing (final '@domain'|local name|domain)/,
  /^(illegal|invalid|empty) (e-?mail )?address/,
  /^illegal (semicolon|route-addr|whitespace in address)/,
  /^(quote not terminated|unterminated quote)/,
  /non-ascii characters in the email address/,
  /^address (is )?(blacklisted|blocked)/,
  /^domain is blocked/,
  /no recipients specified|^missing destination|recipient count exceeds/,
  // Its headers and parts: "Duplicate header 'List-Unsubscribe'", "Header section too long",
  // "Expected '=', got 'null'".
  /^(duplicate|illegal|invalid|unsupported) header/,
  /^empty header names/,
  /^header .*too long/,
  /^expected .+, got/,
  /^(illegal|empty raw|malformed) message/,
  /^(illegal|unsupported) (filename|attachment|content type)/,
  // Its tags and its size.
  /^invalid (message )?tag/,
  /^message (is too long|length is more than)/,
];
/**
 * "Sending paused for this account", formerly "Sending suspended for this account": SES's text when
 * AWS, and not we, stopped an account.
 */
const pausedByAws = /\b(sending|account)\b.*\b(paused|suspended)\b/;

interface Failure {
  readonly name: string;
  readonly code?: string;
  readonly message: string;
  readonly status?: number;
}

/** The sender and the recipient of the mail. */
export interface Envelope {
  readonly from: string;
  readonly to: string;
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
 * What a failed SendRawEmail call means, by the error table of the SES guide. Everything that is
 * not certainly one of the others is in doubt: timeouts, resets, 5xx and unreadable answers may all
 * follow an acceptance.
 */
export function outcomeOfError(error: unknown, envelope: Envelope): SendOutcome {
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
  if (is(stopped)) return { kind: 'try later', why: 'stopped', code: failure.name };
  return is(aboutAMail) ? outcomeOfText(failure, envelope) : unclear(failure.name);
}

function outcomeOfText({ name, message }: Failure, envelope: Envelope): SendOutcome {
  const text = message
    .trim()
    .replace(/^(transaction failed|message rejected): */i, '')
    .toLowerCase();
  if (pausedByAws.test(text)) return { kind: 'try later', why: 'stopped', code: 'SendingPaused' };
  const unverified = /not verified|failed the check/.test(text);
  if (unverified && !isAboutRecipient(text, envelope)) return { kind: 'try later', why: 'stopped', code: 'NotVerified' };
  if (unverified) return { kind: 'refused', code: 'RecipientNotVerified' };
  return textsAboutOneMail.some((pattern) => pattern.test(text)) ? { kind: 'refused', code: name } : unclear(name);
}

/**
 * Denied access, and any error that AWS adds later. It does not show whether the next mail will
 * fail in the same way.
 */
const unclear = (code: string): SendOutcome => ({ kind: 'try later', why: 'unclear', code });

/**
 * In the sandbox SES refuses every unverified identity and names it. A list that also names the
 * sender, or ends in an ellipsis, may be about a domain whose record has lapsed.
 */
function isAboutRecipient(text: string, { from, to }: Envelope): boolean {
  const failed = /failed the check in region [^:]*: *(.+)$/.exec(text)?.[1]?.split(/, */) ?? [];
  const recipient = to.toLowerCase();
  return recipient !== from.toLowerCase() && failed.length > 0 && failed.every((identity) => identity.trim() === recipient);
}
