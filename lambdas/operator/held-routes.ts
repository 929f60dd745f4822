import { type Facts, factOf, type InboundIncident } from '../../core/connector/inbound-incident.ts';
import { pressHeld } from '../../core/connector/press-held.ts';
import { isSource, sources } from '../../core/connector/source.ts';
import { type HeldActAnswer, type HeldAnswer, IgnoreHeld, MapHeld, ReleaseHeld, type ShownHeld } from '../../core/operator/held-api.ts';
import { Refused } from '../../core/shared/errors.ts';
import { fewAtATime } from '../../core/shared/few-at-a-time.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';

/** Incidents from incident tools that wait for an operator. */
export const heldRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'GET', path: '/operator/held', scope: 'read', answer: () => list(deps) },
  { method: 'POST', path: '/operator/held/{source}/{ref}/release', scope: 'configure', answer: (call) => release(call, deps) },
  { method: 'POST', path: '/operator/held/{source}/{ref}/ignore', scope: 'configure', answer: (call) => ignore(call, deps) },
  { method: 'POST', path: '/operator/held/{source}/{ref}/map', scope: 'configure', answer: (call) => map(call, deps) },
];

async function list({ inbound }: OperatorDeps) {
  const all = await Promise.all(sources.map(async (source) => (await inbound.held(source)).map((ref) => ({ source, ref }))));
  const read = await fewAtATime(all.flat(), ({ source, ref }) => inbound.read(source, ref));
  const held = read.flatMap((one) => (one?.state === 'held' ? [shown(one)] : []));
  return jsonAnswer(200, { held: held.toSorted((a, b) => (a.since < b.since ? -1 : 1)) } satisfies HeldAnswer);
}

const idOf = ({ source, ref }: Pick<InboundIncident, 'ref' | 'source'>) => `${source}/${ref}`;

const shown = (one: InboundIncident): ShownHeld => ({
  id: idOf(one),
  since: one.since ?? '',
  why: one.why ?? '',
  ...(one.detail !== undefined && { detail: one.detail }),
  ...(one.facts.severity && { severity: one.facts.severity.value }),
  ...(one.facts.title && one.facts.private?.value === false && { title: one.facts.title.value }),
});

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
  return press(call, deps, { act: 'held mapped', facts: { postmortem } }, (_, at) => ({ joins: factOf(postmortem, at, 'operator') }));
}

async function press(
  { params: { source = '', ref = '' }, caller }: Call,
  deps: OperatorDeps,
  { act, facts }: { readonly act: 'held ignored' | 'held mapped' | 'held released'; readonly facts: Readonly<Record<string, string>> },
  of: (incident: InboundIncident, at: string) => Facts,
) {
  const pressed = isSource(source) ? await pressHeld(source, ref, (one) => of(one, deps.now()), deps.inbound) : undefined;
  if (!pressed) throw new HttpProblem(404, { detail: 'No such incident is held. List them with: afterword held list' });
  const id = idOf(pressed);
  await leaveLine(deps, caller.id, act, { incident: id, by: caller.label, ...facts });
  return jsonAnswer(200, { id, state: pressed.state } satisfies HeldActAnswer);
}
