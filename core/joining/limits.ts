import { createHmac } from 'node:crypto';
import { toInstant } from '../shared/instant.ts';
import type { Realm, SubscriberId } from '../subscriber/subscriber.ts';
import type { Counter } from './ports.ts';

const hour = 3_600_000;
/** So many requests for an address, from a network and in all, in a window of fixed length. Customers are counted apart: their robots cost staff nothing. */
export const limits = {
  network: { most: 20, windowMs: hour },
  all: { most: 500, windowMs: hour },
  address: { most: 3, windowMs: 24 * hour },
} as const;

export interface Asker {
  readonly realm: Realm;
  readonly sid: SubscriberId;
  readonly ip: string;
}

/**
 * Whether one more mail may be asked for. A network that asks too often is counted no further, so that it uses up nobody else's share. What is
 * kept tells neither address nor network, and goes with its window.
 */
export async function mayAsk({ realm, sid, ip }: Asker, secret: string, counter: Counter, now: Date): Promise<boolean> {
  const isWithin = async (kind: keyof typeof limits, id: string) => {
    const { most, windowMs } = limits[kind];
    const from = Math.floor(now.getTime() / windowMs) * windowMs;
    const [begins, ends] = [from, from + windowMs].map((at) => toInstant(new Date(at)));
    const hash = createHmac('sha256', secret).update(`${kind}\n${id}`).digest('hex').slice(0, 32);
    return (await counter.count(`${prefixes[realm]}${kind}#${hash}`, begins ?? '', ends ?? '')) <= most;
  };
  if (!(await isWithin('network', networkOf(ip)))) return false;
  const [isFew, isFewForThem] = [await isWithin('all', ''), await isWithin('address', sid)];
  return isFew && isFewForThem;
}

const prefixes: Readonly<Record<Realm, string>> = { staff: '', customers: 'customers-' };

/** The /24 or /64 that an address lies in: who has one address there has the others as well. What is no address is one network. */
export function networkOf(ip: string): string {
  const v4 = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/i.exec(ip)?.slice(1);
  if (v4) return v4.every((part) => Number(part) < 256) ? `${v4.slice(0, 3).map(Number).join('.')}.0/24` : unknown;
  const [head = '', tail, more] = ip.split('::');
  const [first, last] = [groupsOf(head), groupsOf(tail ?? '')];
  const given = first.length + last.length;
  const isWhole = tail === undefined ? given === 8 : given < 8;
  if (!isWhole || more !== undefined || [...first, ...last].some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return unknown;
  const all = [...first, ...Array.from({ length: 8 - given }, () => '0'), ...last];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

const unknown = 'unknown';
const groupsOf = (text: string) => (text === '' ? [] : text.split(':'));
