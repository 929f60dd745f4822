import { NothingApplied } from '../../core/compose/start-edition.ts';
import { EraseRequest, ExportRequest, MoveRequest } from '../../core/operator/api.ts';
import { erasePerson } from '../../core/rights/erase-person.ts';
import { exportPerson } from '../../core/rights/export-person.ts';
import { type Moved, movePerson } from '../../core/rights/move-person.ts';
import { Refused } from '../../core/shared/errors.ts';
import type { Who } from '../../core/subscriber/ports.ts';
import { parseAddress, suppressionHash } from '../../core/subscriber/subscriber-id.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';
import { foundOr404, resolvePerson } from './resolve-person.ts';

/** What people may demand about the data that is kept about them. */
export const rightsRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'POST', path: '/operator/people/export', scope: 'people', answer: (call) => exportOne(call, deps) },
  { method: 'POST', path: '/operator/people/erase', scope: 'people', answer: (call) => erase(call, deps) },
  { method: 'POST', path: '/operator/people/move', scope: 'people', answer: (call) => move(call, deps) },
];

async function exportOne({ event, caller }: Call, deps: OperatorDeps) {
  const { person } = readJsonBody(event, ExportRequest);
  const { exporting } = deps.rights;
  const found = await Promise.all(
    (await resolvePerson(person, deps.identitySecret)).map((who) => exportPerson(who, { ...exporting, people: deps.people })),
  );
  const people = foundOr404(found.flatMap((one) => one ?? []));
  for (const { profile } of people) await leaveLine(deps, caller.id, 'person exported', { subscriber: profile.sid, realm: profile.realm });
  return jsonAnswer(200, { people });
}

async function erase({ event, caller }: Call, deps: OperatorDeps) {
  const { person, reason } = readJsonBody(event, EraseRequest);
  const { erasing } = deps.rights;
  const secret = await deps.suppressionSecret();
  const erased: Who[] = [];
  for (const who of await resolvePerson(person, deps.identitySecret)) {
    const hash = suppressionHash(who.sid, secret);
    if (await erasePerson(who, { hash }, { ...erasing, now: deps.now })) erased.push(who);
  }
  const people = foundOr404(erased);
  // The id is not kept. The line says only that it was done, when and by whom.
  for (const { realm } of people) await leaveLine(deps, caller.id, 'person erased', { realm, way: 'operator', ...(reason && { reason }) });
  return jsonAnswer(200, { people: people.map(({ sid, realm }) => ({ sid, realm })) });
}

async function move({ event, caller }: Call, deps: OperatorDeps) {
  const { person, address: written } = readJsonBody(event, MoveRequest);
  const { erasing } = deps.rights;
  const address = parseAddress(written);
  if (!address)
    throw new Refused('content', [
      {
        field: 'address',
        problem: 'is not an address that mail can be sent to',
        remedy: 'Write one plain address such as ada@example.com.',
      },
    ]);
  const domains = (await deps.distribution.read())?.distribution.organisation.domains;
  if (!domains) throw new NothingApplied();
  const moving = { ...erasing, now: deps.now, people: { ...deps.people, ...erasing.people }, ...(await secretsOf(deps)) };
  const moved: { sid: string; realm: Who['realm']; to: string }[] = [];
  for (const who of await resolvePerson(person, deps.identitySecret)) {
    if (who.realm === 'staff' && !domains.includes(address.domain) && (await isThere(who, deps))) throw outside(domains);
    const result = await movePerson(who, address, moving);
    const to = newIdOf(result);
    if (to) moved.push({ sid: who.sid, realm: who.realm, to });
  }
  for (const { to, realm } of foundOr404(moved))
    await leaveLine(deps, caller.id, 'person moved', { subscriber: to, realm, way: 'operator' });
  return jsonAnswer(200, { people: moved });
}

const secretsOf = async ({ identitySecret, suppressionSecret, suppressed }: OperatorDeps) => ({
  identitySecret: await identitySecret(),
  suppressionSecret: await suppressionSecret(),
  suppressed,
});
const isThere = async (who: Who, { people }: OperatorDeps) => (await people.readProfiles([who])).length > 0;

/** Undefined if there was nobody to move. Throws 409 if the address is already in use. */
function newIdOf(moved: Moved): string | undefined {
  if (moved === 'nobody') return undefined;
  if (moved === 'taken')
    throw new HttpProblem(409, { detail: 'Somebody else has the new address. Erase one of the two first: afterword people erase' });
  if (moved === 'same')
    throw new HttpProblem(409, {
      detail: 'That is the address they have: upper and lower case make no difference. An import changes how it is written.',
    });
  return moved.to.sid;
}

const outside = (domains: readonly string[]) =>
  new Refused('content', [
    {
      field: 'address',
      problem: 'is outside the organisation, where internal mail must not go',
      remedy: `Use an address in ${domains.join(' or ')}.`,
    },
  ]);
