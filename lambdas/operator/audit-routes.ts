import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import type { AuditedAct } from '../../core/audit/audit.ts';
import { midnight } from '../../core/calendar/period.ts';
import type { AuditAnswer } from '../../core/operator/api.ts';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { dayMs } from '../../core/shared/duration.ts';
import { Refused } from '../../core/shared/errors.ts';
import { Instant, PlainDate } from '../../core/shared/instant.ts';
import { realms } from '../../core/stream/stream.ts';
import { SubscriberId } from '../../core/subscriber/subscriber.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { requireScope } from '../shared/http-authorise.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { isPlaceInTime, listQuery, readAll } from '../shared/list-query.ts';
import type { OperatorDeps } from './deps.ts';

/**
 * The audit log needs the scope `keys`, because the people who make and revoke keys have to account
 * for what was done with them. `read` is given to many people and to programs. It would show them
 * which keys exist and what single readers chose.
 */
export const auditRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'GET', path: '/operator/audit', scope: 'keys', answer: (call) => list(call, deps) },
];

const usualDays = 400;
const longestDays = 5 * 366;

async function list({ query, caller }: Call, { acts, people, distribution, identitySecret, now }: OperatorDeps) {
  const withAddresses = query.get('addresses') === 'true';
  if (withAddresses) requireScope(caller, 'people');
  const zone = (await distribution.read())?.distribution.organisation.zone ?? 'UTC';
  const latest = new Date(Date.parse(now()) + 1000);
  const { place, asked, begin, postmortem } = readAll({
    place: () => listQuery(query, isPlaceInTime),
    asked: () => instantIn(query, 'until', zone),
    begin: () => notTooEarly(instantIn(query, 'since', zone), latest),
    postmortem: () => read(query, 'postmortem', PostmortemId),
  });
  const until = asked === undefined || asked > latest ? latest : asked;
  if (begin !== undefined && asked !== undefined && begin >= until) throw refusal('since', 'is later than until', 'Name an earlier day.');
  const since = begin ?? notTooEarly(new Date(until.getTime() - usualDays * dayMs), latest);
  const who = await whoIn(query.get('who') ?? undefined, caller, identitySecret);
  const page = await acts.list({ since, until, ...place, ...(postmortem && { postmortem }), ...(who && { who }) });
  if (!withAddresses) return jsonAnswer(200, page satisfies AuditAnswer);
  return jsonAnswer(200, { ...page, addresses: await addressesOf(namedIn(page.acts), people) } satisfies AuditAnswer);
}

/** A person may be named by their address, by those who may know it. */
async function whoIn(text: string | undefined, caller: Call['caller'], identitySecret: OperatorDeps['identitySecret']) {
  const address = text === undefined ? undefined : parseAddress(text);
  if (!address) return text;
  requireScope(caller, 'people');
  return subscriberId('staff', address, await identitySecret());
}

/** People who acted, and those that the acts were about. */
const namedIn = (acts: readonly AuditedAct[]): string[] =>
  acts.flatMap(({ who, facts }) => [who, ...String(facts.subscriber ?? '').split(' ')]);

/** Of the people among these, in either realm. */
export async function addressesOf(named: readonly string[], people: OperatorDeps['people']): Promise<Record<string, string>> {
  const sids = [...new Set(named)].flatMap((text) => SubscriberId.safeParse(text).data ?? []);
  const found = await people.readProfiles(sids.flatMap((sid) => realms.map((realm) => ({ realm, sid }))));
  return Object.fromEntries(found.map(({ sid, address }) => [sid, address]));
}

const Time = z.union([Instant, PlainDate]);

/** Of a day the midnight that begins it, or for `until` the one that ends it. */
function instantIn(query: URLSearchParams, field: 'since' | 'until', zone: string): Date | undefined {
  const time = read(query, field, Time);
  if (time === undefined) return undefined;
  const days = field === 'since' ? 0 : 1;
  return new Date(time.includes('T') ? time : midnight(Temporal.PlainDate.from(time).add({ days }), zone));
}

function notTooEarly<Since extends Date | undefined>(since: Since, latest: Date): Since {
  if (since !== undefined && since.getTime() < latest.getTime() - longestDays * dayMs)
    throw refusal('since', 'lies more than five years back', 'Name a later day.');
  return since;
}

function read<T>(query: URLSearchParams, field: 'since' | 'until' | 'postmortem', schema: z.ZodType<T>): T | undefined {
  const text = query.get(field);
  if (text === null) return undefined;
  const { success, data } = schema.safeParse(text);
  if (success) return data;
  throw field === 'postmortem'
    ? refusal(field, 'is not the id of a postmortem', 'For example postmortem=checkout-down.')
    : refusal(field, 'is not a day or an instant', `For example ${field}=2026-11-01 or ${field}=2026-11-01T08:00:00Z.`);
}

const refusal = (field: string, problem: string, remedy: string) => new Refused('content', [{ field, problem, remedy }]);
