import type { ShownAction } from '../../../core/operator/actions-api.ts';
import type { Ticket } from './read-tracker.ts';

export interface MatchedTickets {
  /** What a tracker says of an action. */
  readonly pairs: readonly { readonly ticket: Ticket; readonly action: ShownAction }[];
  /** Tickets that belong to no action. */
  readonly unknown: readonly Ticket[];
  /** Tickets and actions of which several have one key or link. Nothing is said of them. */
  readonly ambiguous: readonly { readonly tickets: readonly Ticket[]; readonly actions: readonly ShownAction[] }[];
}

/**
 * Finds the action of each ticket by its link or its key, and by nothing that is only alike. Those
 * that a revision lost belong to no ticket.
 */
export function matchTickets(tickets: readonly Ticket[], actions: readonly ShownAction[]): MatchedTickets {
  const known = actions.filter(({ state }) => state !== 'withdrawn').map((action) => ({ action, ...namesOf(action) }));
  const byName = new Map<string, typeof known>();
  for (const one of known) for (const name of one.names) byName.set(name, [...(byName.get(name) ?? []), one]);

  const unknown: Ticket[] = [];
  const groups = new Map<string, { tickets: Ticket[]; actions: ShownAction[] }>();
  for (const ticket of once(tickets)) {
    const own = namesOfTicket(ticket);
    const found = [...new Set(own.names.flatMap((name) => byName.get(name) ?? []))].filter(({ host }) => isSameHost(host, own.host));
    if (found.length === 0) {
      unknown.push(ticket);
      continue;
    }
    const ids = found.map(({ action }) => action.id).toSorted();
    const group = groups.get(ids.join(' ')) ?? { tickets: [], actions: found.map(({ action }) => action) };
    group.tickets.push(ticket);
    groups.set(ids.join(' '), group);
  }
  const all = [...groups.values()];
  const times = new Map<string, number>();
  for (const { actions: some } of all) for (const { id } of some) times.set(id, (times.get(id) ?? 0) + 1);
  const isCertain = ({ tickets: some, actions: of }: (typeof all)[number]) =>
    some.length === 1 && of.length === 1 && of.every(({ id }) => times.get(id) === 1);
  return {
    pairs: all.filter(isCertain).flatMap(({ tickets: some, actions: of }) => {
      const [ticket, action] = [some[0], of[0]];
      return ticket && action ? [{ ticket, action }] : [];
    }),
    unknown,
    ambiguous: all.filter((group) => !isCertain(group)),
  };
}

/** A file may have a ticket twice. It counts once if both say the same. */
function once(tickets: readonly Ticket[]): Ticket[] {
  const seen = new Map<string, Ticket>();
  for (const ticket of tickets) {
    const name = `${ticket.key} ${ticket.link} ${ticket.state}`;
    if (!seen.has(name)) seen.set(name, ticket);
  }
  return [...seen.values()];
}

interface Names {
  readonly names: readonly string[];
  /** Of its link. Keys of two trackers may be the same. */
  readonly host: string | undefined;
}

const keyPattern = /^[A-Z][A-Z0-9_]*-\d+$/i;
/** Trackers write it in capitals; what is not may be any word. */
const linkedKey = /^[A-Z][A-Z0-9_]*-\d+$/;
/** "[OPS-7] Lower it", "OPS-7: Lower it", "Lower it (OPS-7)". A key within a title is another's. */
const titled = /^\[?([A-Z][A-Z0-9_]*-\d+)(?:\]|:|\s[–—-]\s)|[[(]([A-Z][A-Z0-9_]*-\d+)[\])]$/;

function namesOf({ link, key, title }: ShownAction): Names {
  const { names, host } = namesIn(link);
  const own = names.some((name) => name.startsWith('key ')) ? [] : keysIn(key, title);
  return { names: [...names, ...own], host };
}

function keysIn(key: string | undefined, title: string): string[] {
  if (key !== undefined && keyPattern.test(key)) return [`key ${key.toUpperCase()}`];
  const [, before, behind] = titled.exec(title) ?? [];
  return [before ?? behind].flatMap((one) => (one === undefined ? [] : [`key ${one}`]));
}

function namesOfTicket({ key, link }: Ticket): Names {
  const { names, host } = namesIn(link);
  return { names: [...new Set([...names, ...(key === undefined ? [] : [`key ${key}`])])], host };
}

/** The link without what only says where to look, and the key that stands in its path. */
function namesIn(link: string | undefined): Names {
  if (link === undefined || !URL.canParse(link)) return { names: [], host: undefined };
  const { host, pathname, search } = new URL(link);
  const path = pathname.replace(/\/+$/, '');
  const keys = path.split('/').filter((part) => linkedKey.test(part));
  const own = keys.length === 1 ? keys.map((one) => `key ${one}`) : [];
  return { names: [`link ${host}${path}${search}`, ...own], host };
}

const isSameHost = (one: string | undefined, other: string | undefined) => one === undefined || other === undefined || one === other;
