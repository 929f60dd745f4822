import { expect } from 'vitest';
import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoReviewStore } from '../../adapters/dynamodb/review-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { knownEvents } from '../../core/action/event.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { pageRoutes } from '../../lambdas/web/routes.ts';
import { aProfile } from './delivery.ts';
import { aDistribution } from './distribution.ts';
import { publish } from './published.ts';
import { aPageEvent, aWebWorld } from './web.ts';

const sidOf = (address: string) => subscriberId('staff', parseAddress(address) ?? expect.unreachable(address), 'identity');
export const katharina = aProfile({ sid: sidOf('katharina@example.com'), address: 'katharina@example.com', name: 'Katharina Vogel' });
export const sofia = aProfile({ sid: sidOf('sofia@example.com'), address: 'sofia@example.com', name: 'Sofia Castellanos' });
export const ravi = aProfile({ sid: sidOf('ravi@example.com'), address: 'ravi@example.com' });
const reviews = {
  reviewers: [
    { address: 'katharina@example.com', as: 'VP Engineering' },
    { address: 'sofia@example.com', as: 'CTO' },
  ],
};
export const reason = 'The move ends in February.';
export const [limit, region] = [
  { title: 'Lower the limit', owner: 'Payments', cost: 'Two weeks', consequence: 'It fills up again.' },
  { title: 'A second region', owner: 'Platform' },
];

/** What the fields of one action are called on a page, by its title. */
function fieldOf(body: string | undefined, title: string): string {
  const [, key] = new RegExp(`id="t-([0-9a-f]{16})"[^>]*>${title}<`).exec(body ?? '') ?? [];
  return key ?? expect.unreachable(`no form for ${title}`);
}
/** What a browser sends of a page, with the choices that somebody made, by title. */
export function formOf(body: string | undefined, choices: Record<string, Record<string, string>>, more: Record<string, string> = {}) {
  const hidden = [...(body ?? '').matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
    .filter(([, name]) => name !== 'same')
    .map(([, name = '', value = '']) => [name, value] as const);
  const chosen = Object.entries(choices).flatMap(([title, fields]) => {
    const key = fieldOf(body, title);
    return Object.entries(fields).map(([name, value]) => [`${name}.${key}`, value] as const);
  });
  return { press: 'decide', ...Object.fromEntries(hidden), ...Object.fromEntries(chosen), ...more };
}

/** Reviewers with a postmortem in review, and what they see and press. */
export async function aHouse(
  freshTable: () => Promise<Table>,
  { file = {} as Partial<Record<keyof Distribution, unknown>>, pm = {} as Record<string, unknown> } = {},
) {
  const now = { distribution: aDistribution({ reviews, ...file }) };
  const world = await aWebWorld(await freshTable(), { people: [katharina, sofia, ravi], distribution: now.distribution });
  Object.assign(world.deps, { distribution: async () => now.distribution });
  const revise = (change: Record<string, unknown> = {}) =>
    publish(world.table, { severity: 'sev1', actionItems: [limit, region], ...pm, ...change }, now.distribution);
  await revise();
  const ask = world.serve(pageRoutes(world.deps));
  const link = (who = katharina, scope: 'decide' | 'receipt' = 'decide', about = '') => world.token({ scope, subscriber: who.sid, about });
  const get = (url: string) => ask(aPageEvent('GET', url));
  const post = (url: string, form: Record<string, string>) => ask(aPageEvent('POST', url, { form }));
  const url = (who = katharina, id = 'pm-1') => `/decisions/${link(who)}/${id}`;
  const look = async (who = katharina) => (await get(url(who))).body;
  const ledger = dynamoActionLedger(world.table);
  const row = async (title: string) => (await ledger.list('pm-1')).find(({ reported }) => reported.title === title) ?? expect.unreachable();
  return {
    ...world,
    ask,
    get,
    post,
    link,
    url,
    look,
    revise,
    ledger,
    row,
    events: async (title: string) => knownEvents((await row(title)).events),
    review: () => dynamoReviewStore(world.table).read('pm-1'),
    file: (change: Partial<Record<keyof Distribution, unknown>>) => {
      now.distribution = aDistribution({ reviews, ...change });
    },
    press: async (form: Record<string, string>, who = katharina) => post(url(who), form),
    decide: async (choices: Record<string, Record<string, string>>, more: Record<string, string> = {}, who = katharina) =>
      post(url(who), formOf(await look(who), choices, more)),
    receipt: () => world.mails.find(({ kind }) => kind === 'receipt')?.about ?? expect.unreachable('no receipt'),
  };
}
export const later = (world: { clock: { now: Date } }, at: string) => {
  world.clock.now = new Date(at);
};
