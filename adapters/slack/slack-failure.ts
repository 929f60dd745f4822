import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import type { SlackAnswer } from '../../core/slack/ports.ts';

export type SlackFailure = Exclude<SlackAnswer<never>, { kind: 'ok' }>;

/** Names of errors are those of docs.slack.dev/reference/methods. */

/** The token is not valid or may not do this, or Slack works for nobody of this workspace. */
const stopped = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'not_allowed_token_type',
  'metadata_must_be_sent_from_app',
  'team_access_not_granted',
  'two_factor_setup_required',
  'accesslimited',
  'ekm_access_denied',
  'enterprise_is_restricted',
  'org_login_required',
  'team_added_to_org',
  'method_deprecated',
  'deprecated_endpoint',
]);

/** Nothing was done: Slack counts too much, or the request did not arrive whole. */
const later = new Set(['ratelimited', 'rate_limited', 'request_timeout', 'message_limit_exceeded', 'external_channel_migrating']);

/** About this post or its channel. The same call would be refused again. */
const refused = new Set([
  'channel_not_found',
  'channel_is_limited_access',
  'not_in_channel',
  'is_archived',
  'is_inactive',
  'access_denied',
  'no_permission',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'slack_connect_file_link_sharing_blocked',
  'team_not_found',
  'message_not_found',
  'cant_update_message',
  'cant_delete_message',
  'edit_window_closed',
  'compliance_exports_prevent_deletion',
  'streaming_state_conflict',
  'block_mismatch',
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'too_many_attachments',
  'invalid_attachments',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'metadata_too_large',
  'markdown_text_conflict',
  'as_user_not_supported',
  'invalid_arguments',
  'invalid_arg_name',
  'invalid_array_arg',
  'invalid_charset',
  'invalid_form_data',
  'invalid_post_type',
  'missing_post_type',
  'missing_argument',
  'method_not_supported_for_channel_type',
]);

/** No connection was made, so Slack was certainly not asked. */
const unreachable = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What we know Slack to say, by what it means. Each has its remedy in docs/slack.md. */
export const slackErrors: Readonly<Record<'stopped' | 'later' | 'refused', ReadonlySet<string>>> = { stopped, later, refused };

/** Used where Slack does not say how long to wait, in seconds. */
const usualWait = 30;
const longestWait = 3600;

/**
 * What a failed call means. Everything that is not certainly one of the others is in doubt: Slack
 * may have done it. So are `fatal_error`, `internal_error` ("some aspect of the operation"
 * may have succeeded), `service_unavailable`, `update_failed` and every name that we do not know.
 */
export function failureOf(error: unknown): SlackFailure {
  if (error instanceof WebAPIRateLimitedError) return waiting(error.retryAfter, 'ratelimited');
  if (error instanceof WebAPIPlatformError) return meaningOf(error.data.error, error.data.response_metadata?.retryAfter);
  if (error instanceof WebAPIHTTPError) return meaningOfStatus(error.statusCode);
  if (error instanceof WebAPIRequestError) return meaningOfBrokenCall(error.original);
  return meaningOfBrokenCall(error);
}

const waiting = (seconds: number | undefined, code: string): SlackFailure => ({
  kind: 'later',
  seconds: Math.min(longestWait, Math.max(1, seconds ?? usualWait)),
  code,
});

function meaningOf(name: unknown, retryAfter: number | undefined): SlackFailure {
  // What Slack did not write, such as a proxy's page, would stand here in full.
  const code = typeof name === 'string' && /^[a-z0-9_]{1,60}$/.test(name) ? name : 'unreadable_answer';
  if (later.has(code)) return waiting(retryAfter, code);
  if (stopped.has(code)) return { kind: 'stopped', code };
  return { kind: refused.has(code) ? 'refused' : 'in doubt', code };
}

/**
 * Slack itself answers 200, 429 and 5xx. Other statuses are those of a proxy or of a wrong
 * address.
 */
function meaningOfStatus(status: number): SlackFailure {
  const code = `http_${status}`;
  if (status === 408) return waiting(undefined, code);
  return status >= 400 && status < 500 ? { kind: 'stopped', code } : { kind: 'in doubt', code };
}

function meaningOfBrokenCall(error: unknown): SlackFailure {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = textIn(cause, 'code');
  if (code && unreachable.has(code)) return waiting(undefined, code);
  const name = textIn(error, 'name');
  return { kind: 'in doubt', code: name === 'TimeoutError' || name === 'AbortError' ? 'timeout' : (code ?? 'no_answer') };
}

function textIn(value: unknown, key: string): string | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === 'string' ? found : undefined;
}
