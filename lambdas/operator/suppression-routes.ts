import { liftSuppression } from '../../core/feedback/lift-suppression.ts';
import { LiftRequest } from '../../core/operator/api.ts';
import { Refused } from '../../core/shared/errors.ts';
import { isOneLine } from '../../core/shared/one-line.ts';
import type { Who } from '../../core/subscriber/ports.ts';
import { realms, SubscriberId } from '../../core/subscriber/subscriber.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJson } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';

export const suppressionRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'POST', path: '/operator/people/lift', scope: 'people', answer: (call) => lift(call, deps) },
];

async function lift({ event, caller }: Call, deps: OperatorDeps) {
  const { person, reason } = readJson(event, LiftRequest);
  if (!isOneLine(reason) || reason.includes('@')) throw new Refused('content', [reasonFlaw]);
  const lifts = await liftSuppression(await whoIs(person, deps), { store: deps.people, now: deps.now });
  if (lifts.length === 0) {
    throw new HttpProblem(404, { detail: 'Nobody who was imported has this address or id. Look at: afterword people list' });
  }
  for (const { sid, realm, was } of lifts) {
    if (was) await leaveLine(deps, caller.id, 'suppression lifted', { subscriber: sid, realm, was: was.reason, since: was.at, reason });
  }
  return jsonAnswer(200, { people: lifts });
}

/** Whom a text may mean: one address may be a member of staff and a customer. */
async function whoIs(text: string, { identitySecret }: OperatorDeps): Promise<Who[]> {
  if (SubscriberId.safeParse(text).success) return realms.map((realm) => ({ realm, sid: text }));
  const address = parseAddress(text);
  if (!address) throw new Refused('content', [personFlaw]);
  const secret = await identitySecret();
  return realms.map((realm) => ({ realm, sid: subscriberId(realm, address, secret) }));
}

const reasonFlaw = {
  field: 'reason',
  problem: 'has an address or control characters in it',
  remedy: 'Write one line for the audit log, which holds no addresses: for example "mailbox was full, has been cleared".',
};
const personFlaw = {
  field: 'person',
  problem: 'is neither an address nor a subscriber id',
  remedy: 'Write one plain address such as ada@example.com, or the id that the logs show: 32 hex digits.',
};
