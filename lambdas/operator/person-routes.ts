import { LiftRequest, TrackingRequest } from '../../core/operator/api.ts';
import { type LiftDeps, liftSuppression } from '../../core/people/lift-suppression.ts';
import { setTracking } from '../../core/people/set-tracking.ts';
import { suppressionHash } from '../../core/subscriber/subscriber-id.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';
import { foundOr404, resolvePerson } from './resolve-person.ts';

/** Decisions about one person. */
export const personRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'POST', path: '/operator/people/lift', scope: 'people', answer: (call) => lift(call, deps) },
  { method: 'POST', path: '/operator/people/tracking', scope: 'people', answer: (call) => track(call, deps) },
];

async function lift({ event, caller }: Call, deps: OperatorDeps) {
  const { person, reason } = readJsonBody(event, LiftRequest);
  const people = foundOr404(
    await liftSuppression(await resolvePerson(person, deps.identitySecret), {
      store: deps.people,
      refusals: await refusalsOf(deps),
      now: deps.now,
    }),
  );
  for (const { sid, realm, was } of people) {
    if (was) await leaveLine(deps, caller.id, 'suppression lifted', { subscriber: sid, realm, was: was.reason, since: was.at, reason });
  }
  return jsonAnswer(200, { people });
}

/** The refusals that are kept apart from profiles, found by the sid that their hash is made of. */
async function refusalsOf({ suppressed, suppressionSecret, rights }: OperatorDeps): Promise<LiftDeps['refusals']> {
  const [secret, { forgotten }] = [await suppressionSecret(), rights.erasing];
  return {
    async lift(sid, at) {
      const hash = suppressionHash(sid, secret);
      const mark = (await suppressed.listed([hash])).get(hash);
      const was = mark?.refused ?? (mark?.movedAt ? { reason: 'moved to another address', at: mark.movedAt } : undefined);
      if (was) await forgotten.lift(hash, at);
      return was;
    },
  };
}

async function track({ event, caller }: Call, deps: OperatorDeps) {
  const { person, opens } = readJsonBody(event, TrackingRequest);
  const people = foundOr404(await setTracking(await resolvePerson(person, deps.identitySecret), opens, deps.people));
  for (const { sid, realm, changed } of people) {
    if (changed)
      await leaveLine(deps, caller.id, 'tracking changed', { subscriber: sid, realm, opens: opens ? 'as the stream says' : 'off' });
  }
  return jsonAnswer(200, { people });
}
