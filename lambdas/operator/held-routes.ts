import { heldArgument, idOfHeld, isUnreadable } from '../../core/connector/held-words.ts';
import { type Facts, factOf, type InboundIncident } from '../../core/connector/inbound-incident.ts';
import { currentOf } from '../../core/connector/known.ts';
import { isSaidAlready, pressHeld, saidOf, undoHeld } from '../../core/connector/press-held.ts';
import { isSource, longestRef, sources } from '../../core/connector/source.ts';
import { type HeldActAnswer, type HeldAnswer, IgnoreHeld, MapHeld, ReleaseHeld, type ShownInbound } from '../../core/operator/held-api.ts';
import { followsOf } from '../../core/operator/held-follows.ts';
import { comesTo, type OutlookDeps, severityOf } from '../../core/operator/held-outlook.ts';
import { shownHeld, shownInbound } from '../../core/operator/show-held.ts';
import { idAtVendor } from '../../core/postmortem/id-at-vendor.ts';
import { type PostmortemId, severities } from '../../core/postmortem/postmortem.ts';
import type { StoredPostmortem } from '../../core/postmortem/stored-postmortem.ts';
import { Refused } from '../../core/shared/errors.ts';
import type { Instant } from '../../core/shared/instant.ts';
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
  { method: 'POST', path: '/operator/held/{source}/{ref}/undo', scope: 'configure', answer: (call) => undo(call, deps) },
];

/** A place in the list. Opaque, because an id of a vendor may have any sign. */
const cursorOf = (place: string) => Buffer.from(place).toString('base64url');
const placeOf = (cursor: string) => Buffer.from(cursor, 'base64url').toString();
const isCursor = (text: string) => /^\d{4}-[^#]+#[a-z-]+#./s.test(placeOf(text));

async function list({ query }: Call, { inbound, distribution }: OperatorDeps) {
  const { limit, cursor } = listQuery(query, isCursor);
  const [{ held, next }, applied] = await Promise.all([inbound.heldPage(limit, cursor && placeOf(cursor)), distribution.read()]);
  return jsonAnswer(200, {
    held: held.map((one) => shownHeld(one, applied?.distribution)),
    ...(next !== undefined && { cursor: cursorOf(next) }),
  } satisfies HeldAnswer);
}

const nextSteps = 'Those that wait are in: afterword held list. What a tool declared is in: afterword postmortems list --status draft';

/**
 * The incident that the address names by the vendor's id, or by the rest of its postmortem's id,
 * which is in small letters: vendors use these alone, or capitals alone.
 */
async function namedBy({ params: { source = '', ref = '' } }: Call, deps: OperatorDeps): Promise<InboundIncident> {
  const one = await find(source, ref, deps);
  if (one) return one;
  throw new HttpProblem(404, { detail: `No incident tool told of such an incident. ${nextSteps}` });
}

async function find(source: string, ref: string, { inbound }: OperatorDeps): Promise<InboundIncident | undefined> {
  if (!isSource(source) || ref === '' || ref.length > longestRef) return undefined;
  const capitals = ref.toUpperCase();
  const one = await inbound.read(source, ref);
  if (one || capitals === ref || idAtVendor(source, capitals) !== idAtVendor(source, ref)) return one;
  return inbound.read(source, capitals);
}

async function show(call: Call, deps: OperatorDeps) {
  const one = await namedBy(call, deps);
  const { stored, ...outlook } = await showing(one, deps);
  const follows = followsOf(stored, one, outlook);
  return jsonAnswer(200, { ...shownInbound(one, outlook), ...(follows.length > 0 && { follows }) } satisfies ShownInbound);
}

async function showing(one: InboundIncident, deps: OperatorDeps): Promise<OutlookDeps & { readonly stored: StoredPostmortem | undefined }> {
  const [applied, stored] = await Promise.all([deps.distribution.read(), deps.rebuilds.read(idAtVendor(one.source, one.ref))]);
  return { distribution: applied?.distribution, current: currentOf(stored, one.source), now: deps.now(), stored };
}

const refused = (field: string, problem: string, remedy: string) => new Refused('content', [{ field, problem, remedy }]);

/** What could not be read says of no incident, so no release and no other postmortem helps. */
function refuseUnreadable(one: InboundIncident): void {
  if (isUnreadable(one))
    throw refused('', 'is about an event that could not be read', 'Once you know why, put it away: afterword held ignore');
}

async function release(call: Call, deps: OperatorDeps) {
  const { severity, public: isPublic } = readJsonBody(call.event, ReleaseHeld);
  if (severity === undefined && isPublic === undefined)
    throw refused('', 'says nothing', `Give severity (${severities.join(', ')}), "public": true, or both.`);
  const one = await namedBy(call, deps);
  refuseUnreadable(one);
  const { countsAs: _, ...others } = one.facts;
  const known = severityOf({ source: one.source, facts: others }, await showing(one, deps));
  const isPublicAlready = others.private?.value === false && others.private.seen === 'api';
  if ((severity === undefined || known) && (isPublic === undefined || isPublicAlready))
    throw known && severity
      ? refused('severity', `is ${known} by the distribution file`, 'Change it there: that counts for each incident of this name.')
      : refused('public', 'is known: the API of the tool says it', 'See what is missing with: afterword held show');
  const facts = { ...(severity && { severity }), ...(isPublic && { public: 'yes' }) };
  return press(one, call, deps, { act: 'held released', facts }, ({ facts: said }, at) => ({
    ...(severity && { countsAs: factOf({ name: said.severity?.value ?? '', severity }, at, 'operator') }),
    ...(isPublic && { private: factOf(false, at, 'operator') }),
  }));
}

async function ignore(call: Call, deps: OperatorDeps) {
  const { reason } = readJsonBody(call.event, IgnoreHeld);
  const one = await namedBy(call, deps);
  return press(one, call, deps, { act: 'held ignored', facts: { reason } }, (_, at) => ({ ignored: factOf(reason, at, 'operator') }));
}

async function map(call: Call, deps: OperatorDeps) {
  const { postmortem } = readJsonBody(call.event, MapHeld);
  const one = await namedBy(call, deps);
  refuseUnreadable(one);
  await refuseTarget(postmortem, one, deps);
  return press(one, call, deps, { act: 'held mapped', facts: { postmortem } }, (_, at) => ({ joins: factOf(postmortem, at, 'operator') }));
}

/** What is joined waits for nobody any more, so a slip of the pen would lose the incident. */
async function refuseTarget(postmortem: PostmortemId, one: InboundIncident, deps: OperatorDeps): Promise<void> {
  const target = await deps.rebuilds.read(postmortem);
  if (!target)
    throw refused(
      'postmortem',
      `names ${postmortem}, and no postmortem has that id`,
      'Find it with: afterword postmortems list. If it is not published yet, map it once it is.',
    );
  if (postmortem === idAtVendor(one.source, one.ref) && currentOf(target, one.source).owner === 'ours')
    throw refused(
      'postmortem',
      `names ${postmortem}, which is this incident’s own`,
      'Name the other one that tells of it, or use: afterword held ignore',
    );
  const { status, mergedInto } = target.postmortem;
  if (status === 'retracted')
    throw refused(
      'postmortem',
      `names ${postmortem}, which was taken back`,
      mergedInto ? `It was merged into ${mergedInto}: name that one.` : 'Name one that tells of the incident.',
    );
  await refuseOver(target, deps);
}

/** The next poll takes it back: of two that are mapped to each other nobody would be told. */
async function refuseOver(target: StoredPostmortem, deps: OperatorDeps): Promise<void> {
  const { id, status } = target.postmortem;
  const source = sources.find((name) => id.startsWith(`${name}-`));
  const other = source && currentOf(target, source).owner === 'ours' && (await find(source, id.slice(source.length + 1), deps));
  if (!other) return;
  const { joins, ignored } = other.facts;
  if (!joins && !(ignored && status === 'draft')) return;
  throw refused(
    'postmortem',
    `names ${id}, ${joins ? `which is mapped to ${joins.value}` : 'whose incident is ignored'}`,
    `Take that back first: afterword held undo ${heldArgument(other)}`,
  );
}

async function undo(call: Call, deps: OperatorDeps) {
  const one = await namedBy(call, deps);
  const leave = (acts: readonly string[]) =>
    leaveLine(deps, call.caller.id, 'held undone', { incident: idOfHeld(one), by: call.caller.label, undone: acts.join(', ') });
  const said = saidOf(one);
  // The line first: what was taken back leaves no trace for a second call.
  if (said.length > 0) await leave(said);
  const taken = await undoHeld(one.source, one.ref, deps);
  if (!taken) throw nothingKnown();
  const { incident, undone } = taken;
  const id = idOfHeld(incident);
  const saidMeanwhile = undone.filter((act) => !said.includes(act));
  if (saidMeanwhile.length > 0) await leave(saidMeanwhile);
  const follows = undone.length === 0 ? {} : await followsFrom(incident, deps);
  return jsonAnswer(200, { id, state: incident.state, ...follows, undone: [...undone] } satisfies HeldActAnswer);
}

const nothingKnown = () => new HttpProblem(404, { detail: `Nothing is known of this incident any more. ${nextSteps}` });

/** The audit line comes first: what is said a second time changes nothing and leaves none. */
async function press(
  known: InboundIncident,
  { caller }: Call,
  deps: OperatorDeps,
  { act, facts }: { readonly act: 'held ignored' | 'held mapped' | 'held released'; readonly facts: Readonly<Record<string, string>> },
  of: (incident: InboundIncident, at: Instant) => Facts,
) {
  const id = idOfHeld(known);
  const isSame = isSaidAlready(known, of(known, deps.now()));
  if (!isSame) await leaveLine(deps, caller.id, act, { incident: id, by: caller.label, ...facts });
  const pressed = isSame ? known : await pressHeld(known.source, known.ref, (one) => of(one, deps.now()), deps);
  if (!pressed) throw nothingKnown();
  const follows = await followsFrom(pressed, deps);
  return jsonAnswer(200, { id, state: pressed.state, ...follows, ...(isSame && { unchanged: true }) } satisfies HeldActAnswer);
}

/** Has its tool asked, and tells what follows. Nobody can be asked about what was not read. */
async function followsFrom(one: InboundIncident, deps: OperatorDeps): Promise<Pick<HeldActAnswer, 'asked' | 'does'>> {
  if (isUnreadable(one)) return {};
  const does = comesTo(one, await showing(one, deps));
  const isAsked = await deps.collect({ ask: { source: one.source, ref: one.ref, isOnce: true } });
  return { does, ...(isAsked && { asked: true }) };
}
