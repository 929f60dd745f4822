import { createHmac } from 'node:crypto';
import { dayMs, hourMs } from '../shared/duration.ts';
import { toInstant } from '../shared/instant.ts';
import type { Realm } from '../stream/stream.ts';
import { type Address, mailboxOf } from '../subscriber/subscriber-id.ts';
import type { Counter } from './ports.ts';

/**
 * The most requests in a window of fixed length, counted apart for each door and realm: robots at
 * one form keep no one from getting a new link, and robots at the customers' form cost staff
 * nothing. Below `network` and `all` everybody is served. Up to `office` requests from one network,
 * people who are known are still served, because a whole office may share one address; above it no
 * one there is served. `mailbox` limits the mails to one mailbox.
 */
export const limits = {
  network: { most: 60, windowMs: hourMs },
  office: { most: 300, windowMs: hourMs },
  all: { most: 500, windowMs: hourMs },
  mailbox: { most: 3, windowMs: dayMs },
} as const;

/**
 * People sign in more often, and all of an office on the same morning. Only those whom we know get
 * a mail, so `all` keeps nobody out.
 */
export const signInLimits = { ...limits, office: { most: 1000, windowMs: hourMs }, mailbox: { most: 5, windowMs: hourMs } } as const;

const limitsOf = ({ name }: Pick<Door, 'name'>) => (name === 'sign-in' ? signInLimits : limits);

/** A place where mail can be asked for without any proof of who asks. */
export interface Door {
  readonly name: 'join' | 'new-link' | 'sign-in';
  readonly realm: Realm;
}
export interface LimitDeps {
  readonly counter: Counter;
  readonly identitySecret: string;
  readonly now: () => Date;
}

/**
 * Who gets mail that is asked for now from this network: everybody, only people who are known
 * already, or nobody. The answer does not depend on the address that was typed, so the page may
 * show it. Only a hash of the network is kept, until its window ends.
 */
export async function servedFrom(ip: string, door: Door, deps: LimitDeps): Promise<'everybody' | 'known' | 'nobody'> {
  const ofNetwork = await counted('network', networkOf(ip), door, deps);
  if (ofNetwork > limitsOf(door).office.most) return 'nobody';
  // A network above its limit is not counted in `all`, so that it uses up no one else's share.
  if (ofNetwork > limits.network.most) return 'known';
  return (await counted('all', '', door, deps)) > limits.all.most ? 'known' : 'everybody';
}

/** Whether one more mail may go to this mailbox, whichever way its address is spelled. */
export const mayMail = async (address: Address, door: Door, deps: LimitDeps): Promise<boolean> =>
  (await counted('address', mailboxOf(address), door, deps)) <= limitsOf(door).mailbox.most;

/**
 * How often this was counted in its window, including now. `kind` is part of the keys that IAM
 * roles are limited to.
 */
async function counted(kind: 'network' | 'all' | 'address', id: string, door: Door, { counter, identitySecret, now }: LimitDeps) {
  const { name, realm } = door;
  const { windowMs } = limitsOf(door)[kind === 'address' ? 'mailbox' : kind];
  const from = Math.floor(now().getTime() / windowMs) * windowMs;
  const [begins, ends] = [from, from + windowMs].map((at) => toInstant(new Date(at)));
  const hash = createHmac('sha256', identitySecret).update(`${name}\n${kind}\n${id}`).digest('hex').slice(0, 32);
  return counter.count(`${prefixes[realm]}${kind}#${hash}`, begins ?? '', ends ?? '');
}

const prefixes: Readonly<Record<Realm, string>> = { staff: '', customers: 'customers-' };

/**
 * The /24 or /64 network of an IP address: anyone who has one address there has the others as well.
 * All texts that are not an IP address count as one network.
 */
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
