import { createHmac, timingSafeEqual } from 'node:crypto';
import { minuteMs } from '../shared/duration.ts';

/** A request as it came. Header names are in small letters, and the body is its raw bytes. */
export interface SignedRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  readonly now: Date;
}

/** Whether one of the keys signed the request. Several keys are in force while one is replaced. */
export type Verify = (request: SignedRequest, keys: readonly string[]) => boolean;

/** A signature is accepted this long before and after its instant. */
const replayMs = 5 * minuteMs;
/** Signatures and keys that are looked at. More are an attack on the processor. */
const most = 10;

/**
 * Standard Webhooks, as Svix and incident.io sign (standardwebhooks.com): HMAC-SHA256 in base64
 * over `id.timestamp.body`. A key is `whsec_` and base64. The header has one or several
 * `v1,<base64>`.
 */
export const verifyStandardWebhook: Verify = ({ headers, body, now }, keys) => {
  const header = (name: string) => headers[`webhook-${name}`] ?? headers[`svix-${name}`] ?? '';
  const [id, timestamp] = [header('id'), header('timestamp')];
  if (id === '' || !isFresh(timestamp, now)) return false;
  const given = header('signature')
    .split(' ', most)
    .flatMap((one) => (one.startsWith('v1,') ? [Buffer.from(one.slice(3), 'base64')] : []));
  const signed = [Buffer.from(`${id}.${timestamp}.`), body];
  return anyOf(keys.map(standardKey), (key) => given.some((one) => isEqual(one, hmac(key, signed))));
};

const standardKey = (key: string): Buffer => Buffer.from(key.replace(/^whsec_/, ''), 'base64');

/**
 * Rootly: `t=<seconds>,v1=<hex>`, HMAC-SHA256 in hex over the seconds and the body
 * (docs.rootly.com/configuration/webhooks). Receivers of others put a full stop between the two, so
 * both readings are tried: neither lets anybody sign without the key.
 */
export const verifyRootly: Verify = ({ headers, body, now }, keys) => {
  const parts = (headers['x-rootly-signature'] ?? '').split(',', most).map((part) => part.trim());
  const timestamp = valuesOf('t', parts)[0] ?? '';
  if (!isFresh(timestamp, now)) return false;
  const given = hexValues('v1', parts);
  const readings = [Buffer.from(timestamp), Buffer.from(`${timestamp}.`)].map((before) => [before, body]);
  return anyOf(
    keys.map((key) => Buffer.from(key)),
    (key) => readings.some((signed) => given.some((one) => isEqual(one, hmac(key, signed)))),
  );
};

/**
 * FireHydrant: `fh-signature`, HMAC-SHA256 of the body in hex (docs.firehydrant.com/docs/webhooks).
 * Nothing dates it, so a body that was signed once is accepted for ever. It says nothing that the
 * API does not say again.
 */
export const verifyFireHydrant: Verify = ({ headers, body }, keys) => signsBody(hexOf(headers['fh-signature'] ?? ''), body, keys);

/**
 * PagerDuty: `x-pagerduty-signature`, one `v1=<hex>` for each key in force, HMAC-SHA256 of the body
 * (developer.pagerduty.com, webhooks V3). Not dated either.
 */
export const verifyPagerDuty: Verify = ({ headers, body }, keys) => {
  const parts = (headers['x-pagerduty-signature'] ?? '').split(',', most).map((part) => part.trim());
  return signsBody(hexValues('v1', parts), body, keys);
};

const signsBody = (given: readonly Buffer[], body: Uint8Array, keys: readonly string[]): boolean =>
  anyOf(
    keys.map((key) => Buffer.from(key)),
    (key) => given.some((one) => isEqual(one, hmac(key, [body]))),
  );

const valuesOf = (name: string, parts: readonly string[]): string[] =>
  parts.flatMap((part) => (part.startsWith(`${name}=`) ? [part.slice(name.length + 1)] : []));

/** The values of this name that are SHA-256 in hex. */
const hexValues = (name: string, parts: readonly string[]): Buffer[] => valuesOf(name, parts).flatMap(hexOf);

const hexOf = (value: string): Buffer[] => (/^[0-9a-f]{64}$/.test(value) ? [Buffer.from(value, 'hex')] : []);

const isFresh = (seconds: string, now: Date): boolean =>
  /^\d{1,12}$/.test(seconds) && Math.abs(Number(seconds) * 1000 - now.getTime()) <= replayMs;

/** An empty key signs nothing: anybody knows it. */
const anyOf = (keys: readonly Buffer[], isSigner: (key: Buffer) => boolean): boolean =>
  keys.slice(0, most).some((key) => key.length > 0 && isSigner(key));

function hmac(key: Buffer, parts: readonly Uint8Array[]): Buffer {
  const made = createHmac('sha256', key);
  for (const part of parts) made.update(part);
  return made.digest();
}

const isEqual = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
