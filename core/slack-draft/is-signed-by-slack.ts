import { createHmac, timingSafeEqual } from 'node:crypto';
import { minuteMs } from '../shared/duration.ts';

/** A request as it came, with the bytes of its body. */
interface SignedRequest {
  /** The header `X-Slack-Request-Timestamp`. */
  readonly timestamp: string | undefined;
  /** The header `X-Slack-Signature`. */
  readonly signature: string | undefined;
  readonly body: Uint8Array;
}

/**
 * Whether Slack signed it with one of these secrets within the last five minutes (signature `v0`,
 * docs.slack.dev/authentication/verifying-requests-from-slack). Compares in constant time.
 */
export function isSignedBySlack({ timestamp, signature, body }: SignedRequest, secrets: readonly string[], now: Date): boolean {
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  if (signature === undefined || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  if (Math.abs(now.getTime() - Number(timestamp) * 1000) > 5 * minuteMs) return false;
  const given = Buffer.from(signature);
  // Every secret is tried, so that the time does not say which of them fits.
  return secrets.filter((secret) => timingSafeEqual(given, Buffer.from(slackSignature(secret, timestamp, body)))).length > 0;
}

export const slackSignature = (secret: string, timestamp: string, body: Uint8Array): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;

/**
 * The signing secrets in the text of a secret, each on a line: two while one replaces the other.
 * Empty if one of them cannot be a signing secret.
 */
export function signingSecretsIn(text: string): string[] {
  const secrets = text.split(/\s+/).filter(Boolean);
  return secrets.every((one) => /^[0-9a-f]{32,64}$/.test(one)) ? secrets : [];
}
