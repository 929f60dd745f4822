import { createHmac } from 'node:crypto';
import type { Source } from '../../core/connector/source.ts';

/** A request as a vendor would post it. */
export interface Signed {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Keys that the local stack signs with, as its vendors do. */
export const localKeys: Readonly<Record<Source, string>> = {
  'incident-io': `whsec_${Buffer.from('the key of a vendor on a laptop').toString('base64')}`,
  rootly: 'the key of a vendor on a laptop',
  firehydrant: 'the key of a vendor on a laptop',
  pagerduty: 'the key of a vendor on a laptop',
  /** Signs nothing. */
  statuspage: 'unused',
};

/** Signs a body as the vendor does. `id` tells events apart where the vendor does. */
export function sign(source: Source, body: string, { now, id = 'msg_1', key = localKeys[source] }: SignOptions): Signed {
  const seconds = String(Math.floor(now.getTime() / 1000));
  return { headers: { 'content-type': 'application/json', ...signers[source](body, { seconds, id, key }) }, body };
}
export interface SignOptions {
  readonly now: Date;
  readonly id?: string;
  readonly key?: string;
}

const signers: Readonly<Record<Source, (body: string, by: { seconds: string; id: string; key: string }) => Record<string, string>>> = {
  'incident-io': (body, { seconds, id, key }) => ({
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${createHmac('sha256', Buffer.from(key.slice('whsec_'.length), 'base64'))
      .update(`${id}.${seconds}.${body}`)
      .digest('base64')}`,
  }),
  rootly: (body, { seconds, key }) => ({
    'x-rootly-signature': `t=${seconds},v1=${createHmac('sha256', key).update(`${seconds}${body}`).digest('hex')}`,
  }),
  firehydrant: (body, { key }) => ({ 'fh-signature': createHmac('sha256', key).update(body).digest('hex') }),
  pagerduty: (body, { key }) => ({ 'x-pagerduty-signature': `v1=${createHmac('sha256', key).update(body).digest('hex')}` }),
  statuspage: () => ({}),
};
