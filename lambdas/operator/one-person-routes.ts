import type * as z from 'zod';
import { NothingApplied } from '../../core/compose/start-edition.ts';
import {
  type PersonRow,
  type SetAnswer,
  SetRequest,
  type ShowAnswer,
  type ShownPerson,
  ShowRequest,
  type SuspensionAnswer,
  SuspensionRequest,
} from '../../core/operator/api.ts';
import { lastMails, shownPerson } from '../../core/operator/show-person.ts';
import { importPeople } from '../../core/people/import-people.ts';
import { namesToChoose, setPerson, unknownNames } from '../../core/people/set-person.ts';
import { setSuspension } from '../../core/people/suspend-people.ts';
import { Refused } from '../../core/shared/errors.ts';
import type { Who } from '../../core/subscriber/ports.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';
import { parseAddress } from '../../core/subscriber/subscriber-id.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';
import { foundOr404, resolvePerson } from './resolve-person.ts';

/**
 * One person: to look at, to change, to suspend. Addresses come in bodies, because logs keep paths.
 */
export const onePersonRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'POST', path: '/operator/people/show', scope: 'people', answer: (call) => show(call, deps) },
  { method: 'POST', path: '/operator/people/set', scope: 'people', answer: (call) => set(call, deps) },
  { method: 'POST', path: '/operator/people/suspension', scope: 'people', answer: (call) => suspend(call, deps) },
];

async function distributionOf({ distribution }: OperatorDeps) {
  const applied = await distribution.read();
  if (!applied) throw new NothingApplied();
  return applied.distribution;
}

const clock = ({ now }: OperatorDeps) => new Date(now());

async function show({ event }: Call, deps: OperatorDeps) {
  const { person, mails } = readJsonBody(event, ShowRequest);
  const distribution = await distributionOf(deps);
  const profiles = foundOr404(await deps.people.readProfiles(await resolvePerson(person, deps.identitySecret)));
  const people: ShownPerson[] = [];
  for (const profile of profiles) {
    const shown = shownPerson(profile, distribution, clock(deps));
    people.push({ ...shown, ...(mails && { mails: await lastMails(profile, deps.rights.exporting) }) });
  }
  return jsonAnswer(200, { people, ...namesToChoose(distribution) } satisfies ShowAnswer);
}

async function set({ event, caller }: Call, deps: OperatorDeps) {
  const { person, add, ...change } = readJsonBody(event, SetRequest);
  const distribution = await distributionOf(deps);
  const found = await deps.people.readProfiles(await resolvePerson(person, deps.identitySecret));
  if (found.length > 1) throw new Refused('content', [twoRealms(found)]);
  const added = found.length === 0 && add ? await addOne(person, change, caller.id, distribution, deps) : undefined;
  const who = added ?? found[0];
  if (!who) throw nobody(person);
  const changing = { ...deps, editions: deps.openEditions, distribution, now: () => clock(deps) };
  const outcome = await setPerson(who, change, caller.id, changing);
  if (outcome.kind === 'refused') throw new Refused('content', outcome.flaws.map(withoutPrefix));
  if (outcome.kind === 'gone') throw nobody(person);
  const { profile, changed } = outcome;
  const unknown = unknownNames(profile, distribution);
  return jsonAnswer(200, {
    sid: profile.sid,
    realm: profile.realm,
    added: added !== undefined,
    changed: [...changed],
    unknownTeams: unknown.teams.map((one) => ({ ...one })),
    unknownRoles: unknown.roles.map((one) => ({ ...one })),
    person: shownPerson(profile, distribution, clock(deps)),
  } satisfies SetAnswer);
}

type Change = Omit<SetRequest, 'person' | 'add'>;

/** Makes a person as an import of one line does. What a line cannot say is set afterwards. */
async function addOne(
  address: string,
  { streams, ...about }: Change,
  key: string,
  distribution: Awaited<ReturnType<typeof distributionOf>>,
  deps: OperatorDeps,
): Promise<Who> {
  if (!parseAddress(address))
    throw new Refused('content', [
      { field: 'person', problem: 'is the id of nobody', remedy: 'Write their address to add them: ids are made from it.' },
    ]);
  const wanted = Object.entries(streams ?? {}).flatMap(([stream, frequency]) => (frequency === 'off' ? [] : [stream]));
  const row: PersonRow = { line: 1, address, ...about, ...(streams && { streams: wanted.join(' ') || 'none' }) };
  const [identity, suppression] = await Promise.all([deps.identitySecret(), deps.suppressionSecret()]);
  const { refused, added, unchanged, changed, restored, subscribed } = await importPeople([row], distribution, {
    ...deps,
    secrets: { identity, suppression },
  });
  if (refused.length > 0)
    throw new Refused(
      'content',
      refused.map(({ field, problem, remedy }) => ({ field: field === 'address' ? 'person' : field, problem, remedy })),
    );
  await leaveLine(deps, key, 'people imported', { added, changed, unchanged, restored, refused: 0 });
  for (const [stream, sids] of Object.entries(subscribed))
    await leaveLine(deps, key, 'subscription changed', {
      stream,
      field: 'frequency',
      after: 'on',
      way: 'import',
      subscribers: sids.join(' '),
    });
  const [profile] = await deps.people.readProfiles(await resolvePerson(address, deps.identitySecret));
  if (!profile) throw nobody(address);
  return profile;
}

/** A flaw of a stream's setting is told at the option that the request has for it. */
const withoutPrefix = <One extends { readonly field: string }>(flaw: One): One => ({
  ...flaw,
  field: flaw.field.includes('.') ? `streams.${flaw.field.replace(/\.frequency$/, '')}` : flaw.field,
});

const twoRealms = (found: readonly Profile[]) => ({
  field: 'person',
  problem: 'is a member of staff and a customer',
  remedy: `Name one of them by id: ${found.map(({ sid, realm }) => `${sid} (${realm})`).join(', ')}.`,
});

const nobody = (person: string) =>
  new HttpProblem(404, {
    detail: parseAddress(person)
      ? 'Nobody has this address. Look at: afterword people list. To add somebody: afterword people set ADDRESS --add'
      : 'Nobody has this id. Look at: afterword people list',
  });

async function suspend({ event, caller }: Call, deps: OperatorDeps) {
  const { person, suspended, reason } = readJsonBody(event, SuspensionRequest);
  const people = foundOr404(await setSuspension(await resolvePerson(person, deps.identitySecret), suspended, deps));
  for (const { sid, realm, changed } of people) {
    if (changed)
      await leaveLine(deps, caller.id, suspended ? 'person suspended' : 'person unsuspended', { subscriber: sid, realm, reason });
  }
  return jsonAnswer(200, { people } satisfies z.output<typeof SuspensionAnswer>);
}
