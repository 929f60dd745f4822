import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectors } from '../../../core/connector/connectors.ts';
import { type Source, sources } from '../../../core/connector/source.ts';
import { localKeys, sign } from '../../../local/vendors/sign.ts';
import { tries } from '../../support/hostile/fuzz.ts';

const now = new Date('2026-11-18T10:00:00Z');
const body = '{"event":{"type":"incident.created"},"data":{"id":"1"}}';
type Change = { headers?: Record<string, string | undefined>; body?: Uint8Array; now?: Date; keys?: readonly string[] };

function accepts(source: Source, { headers, keys = [localKeys[source]], ...change }: Change = {}): boolean {
  const signed = sign(source, body, { now });
  const request = { body: Buffer.from(signed.body), now, ...change, headers: { ...signed.headers, ...headers } };
  return connectors[source].verify?.(request, keys) ?? false;
}
const header = {
  'incident-io': 'webhook-signature',
  rootly: 'x-rootly-signature',
  firehydrant: 'fh-signature',
  pagerduty: 'x-pagerduty-signature',
  statuspage: '',
} as const;
/** Statuspage signs nothing. FireHydrant and PagerDuty do not say when they signed. */
const signing = sources.filter((source) => connectors[source].verify !== undefined);
const isDated = (source: Source) => source === 'incident-io' || source === 'rootly';
const signatureOf = (source: Source) => sign(source, body, { now }).headers[header[source]] ?? '';

describe.each(signing)('a signature of %s', (source) => {
  const other = sign(source, body, {
    now,
    key: source === 'incident-io' ? `whsec_${Buffer.from('another').toString('base64')}` : 'another',
  });

  it('is accepted with any key in force, and within five minutes if it is dated', () => {
    expect(accepts(source)).toBe(true);
    expect(accepts(source, { keys: ['whsec_b2xk', localKeys[source]] })).toBe(true);
    for (const seconds of [-300, 300]) expect(accepts(source, { now: new Date(now.getTime() + seconds * 1000) })).toBe(true);
    for (const seconds of [-301, 301]) expect(accepts(source, { now: new Date(now.getTime() + seconds * 1000) })).toBe(!isDated(source));
  });

  it('is refused without a key, by an empty one and by another', () => {
    for (const keys of [[], [''], ['whsec_'], ['whsec_b2xk'], ['']]) expect(accepts(source, { keys })).toBe(false);
    expect(accepts(source, { headers: { ...other.headers } })).toBe(false);
  });

  it('is refused in another case, or if it is missing', () => {
    const name = header[source];
    for (const value of [undefined, '', signatureOf(source).toUpperCase()])
      expect(accepts(source, { headers: { [name]: value } })).toBe(false);
  });

  it('is refused for a body of which one bit is changed', () => {
    const bits = fc.nat(body.length * 8 - 1);
    const isRefused = fc.property(bits, (bit) => {
      const changed = Buffer.from(body);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return !accepts(source, { body: changed });
    });
    void fc.assert(isRefused, tries());
  });

  it('is refused whatever a stranger writes', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('v1,', 'v1=', 't=1,v1=', `t=${now.getTime() / 1000},v1=00`, 'v1,AAAA v1,BBBB'));
    const isRefused = fc.property(text, (value) => !accepts(source, { headers: { [header[source]]: value } }));
    void fc.assert(isRefused, tries());
  });
});

it('reads the headers of Svix, and several signatures', () => {
  const { headers } = sign('incident-io', body, { now });
  const svix = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.replace('webhook-', 'svix-'), value]));
  const request = { body: Buffer.from(body), now };
  const verify = (given: Record<string, string>) =>
    connectors['incident-io'].verify?.({ ...request, headers: given }, [localKeys['incident-io']]);
  expect(verify(svix)).toBe(true);
  expect(verify({ ...headers, 'webhook-signature': `v1,AAAA v1a,xx ${headers['webhook-signature']}` })).toBe(true);
  expect(verify({ ...headers, 'webhook-id': 'msg_2' })).toBe(false);
});

it('reads both of the ways in which Rootly may sign, and blanks', () => {
  const [seconds] = /\d+/.exec(signatureOf('rootly')) ?? [''];
  const dotted = sign('rootly', `.${body}`, { now }).headers['x-rootly-signature'] ?? '';
  expect(accepts('rootly', { headers: { 'x-rootly-signature': dotted } })).toBe(true);
  expect(accepts('rootly', { headers: { 'x-rootly-signature': signatureOf('rootly').replace(',', ', ') } })).toBe(true);
  expect(
    accepts('rootly', { headers: { 'x-rootly-signature': signatureOf('rootly').replace(seconds, String(Number(seconds) + 1)) } }),
  ).toBe(false);
});

it('reads the signatures that PagerDuty makes while a key is replaced', () => {
  const other = sign('pagerduty', body, { now, key: 'another' }).headers['x-pagerduty-signature'];
  const both = { 'x-pagerduty-signature': `${other}, ${signatureOf('pagerduty')}` };
  expect(accepts('pagerduty', { headers: both })).toBe(true);
  expect(accepts('pagerduty', { headers: { 'x-pagerduty-signature': `${other},${other}` } })).toBe(false);
  expect(accepts('pagerduty', { headers: { 'x-pagerduty-signature': signatureOf('pagerduty').replace('v1=', 'v2=') } })).toBe(false);
  expect(accepts('firehydrant', { headers: { 'fh-signature': signatureOf('pagerduty') } })).toBe(false);
});
