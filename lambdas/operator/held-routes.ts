import { currentOf } from '../../core/connector/hear.ts';
import { idOfHeld } from '../../core/connector/held-words.ts';
import { type Facts, factOf, type InboundIncident } from '../../core/connector/inbound-incident.ts';
import { pressHeld } from '../../core/connector/press-held.ts';
import { isSource, longestRef, type Source } from '../../core/connector/source.ts';
import { type HeldActAnswer, type HeldAnswer, IgnoreHeld, MapHeld, ReleaseHeld, type ShownInbound } from '../../core/operator/held-api.ts';
import { comesTo, shownHeld, shownInbound } from '../../core/operator/show-held.ts';
import { idAtVendor } from '../../core/postmortem/id-at-vendor.ts';
import { Refused } from '../../core/shared/errors.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { listQuery } from '../shared/list-query.ts';
import { HttpProblem } from '../shared/problem.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';

/** Incidents from incident tools that wait for an operator. */
export const heldRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'GET', path: '/operator/held', scope: 'read', answer: (call) => list(call, deps) },
  { method: 'GET', path: '/operator/held/{source}/{ref}', scope: 'read', answer: (call) => show(call, deps) },
  { method: 'POST', path: '/operator/held/{source}/{ref}/release', scope: 'configure', answer: (call) => release(call, deps) },
  { method: 'POST', path: '/operator/held/{source}/{ref}/ignore', scope: 'configure', answer: (call) => ignore(call, deps) },
  { method: 'POST', path: '/operator/held/{source}/{ref}/map', scope: 'configure', answer: (call) => map(call, deps) },
];

/** A place in the list. Opaque, because an id of a vendor may have any sign. */
const cursorOf = (place: string) => Buffer.from(place).toString('base64url');
const placeOf = (cursor: string) => Buffer.from(cursor, 'base64url').toString();
const isCursor = (text: string) => /^\d{4}-[^#]+#[a-z-]+#./s.test(placeOf(text));

async function list({ query }: Call, { inbound }: OperatorDeps) {
  const { limit, cursor } = listQuery(query, isCursor);
  const { held, next } = await inbound.heldPage(limit, cursor && placeOf(cursor));
  return jsonAnswer(200, { held: held.map(shownHeld), ...(next !== undefined && { cursor: cursorOf(next) }) } satisfies HeldAnswer);
}

const nextSteps = 'List those that are held with: afterword held list';

/** What the address names. Undefined: no incident can have that id. */
function namedBy({ params: { source = '', ref = '' } }: Call): { readonly source: Source; readonly ref: string } | undefined {
  return isSource(source) && ref.length <= longestRef ? { source, ref } : undefined;
}

async function show(call: Call, deps: OperatorDeps) {
  const named = namedBy(call);
  const one = named && (await deps.inbound.read(named.source, named.ref));
  if (!one) throw new HttpProblem(404, { detail: `No incident tool told of such an incident. ${nextSteps}` });
  return jsonAnswer(200, shownInbound(one, await showing(one, deps)) satisfies ShownInbound);
}

async function showing(one: InboundIncident, deps: OperatorDeps) {
  const [applied, stored] = await Promise.all([deps.distribution.read(), deps.rebuilds.read(idAtVendor(one.source, one.ref))]);
  return { distribution: applied?.distribution, current: currentOf(stored, one.source), now: deps.now() };
}

async function release(call: Call, deps: OperatorDeps) {
  const { severity, public: isPublic } = readJsonBody(call.event, ReleaseHeld);
  if (severity === undefined && isPublic === undefined)
    throw new Refused('content', [{ field: '', problem: 'says nothing', remedy: 'Give severity, public, or both.' }]);
  const facts = { ...(severity && { severity }), ...(isPublic && { public: 'yes' }) };
  return press(call, deps, { act: 'held released', facts }, ({ facts: known }, at) => ({
    ...(severity && { countsAs: factOf({ name: known.severity?.value ?? '', severity }, at, 'operator') }),
    ...(isPublic && { private: factOf(false, at, 'operator') }),
  }));
}

async function ignore(call: Call, deps: OperatorDeps) {
  const { reason } = readJsonBody(call.event, IgnoreHeld);
  return press(call, deps, { act: 'held ignored', facts: { reason } }, (_, at) => ({ ignored: factOf(reason, at, 'operator') }));
}

async function map(call: Call, deps: OperatorDeps) {
  const { postmortem } = readJsonBody(call.event, MapHeld);
  // What is joined waits for nobody any more, so a slip of the pen would lose the incident.
  if (!(await deps.rebuilds.read(postmortem)))
    throw new Refused('content', [
      {
        field: 'postmortem',
        problem: `names ${postmortem}, and no postmortem has that id`,
        remedy: 'Find it with: afterword postmortems list. If it is not published yet, map it once it is.',
      },
    ]);
  return press(call, deps, { act: 'held mapped', facts: { postmortem } }, (_, at) => ({ joins: factOf(postmortem, at, 'operator') }));
}

async function press(
  call: Call,
  deps: OperatorDeps,
  { act, facts }: { readonly act: 'held ignored' | 'held mapped' | 'held released'; readonly facts: Readonly<Record<string, string>> },
  of: (incident: InboundIncident, at: string) => Facts,
) {
  const { caller } = call;
  const named = namedBy(call);
  const pressed = named && (await pressHeld(named.source, named.ref, (one) => of(one, deps.now()), deps.inbound));
  if (!pressed) throw new HttpProblem(404, { detail: `No such incident is held. ${nextSteps}` });
  const id = idOfHeld(pressed);
  await leaveLine(deps, caller.id, act, { incident: id, by: caller.label, ...facts });
  return jsonAnswer(200, { id, state: pressed.state, does: comesTo(pressed, await showing(pressed, deps)) } satisfies HeldActAnswer);
}
