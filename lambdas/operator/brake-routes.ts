import type * as z from 'zod';
import type { AuditLine } from '../../core/audit/audit.ts';
import { unsettledCopy } from '../../core/delivery/lane.ts';
import { EditionId, type Superseded } from '../../core/edition/edition.ts';
import { type BrakeAnswer, Lane, type LaneAnswer, type ResendAnswer, ResendRequest } from '../../core/operator/api.ts';
import { UnknownEdition } from '../../core/shared/errors.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { withoutSecrets } from '../shared/logger.ts';
import { HttpProblem } from '../shared/problem.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';

/**
 * Routes that hold mail back, recall it or send it once more. Each act leaves an audit line with
 * the label of the key.
 */
export const brakeRoutes = (deps: OperatorDeps): Route[] => [
  ...brakes.map((brake): Route => {
    const path = `/operator/editions/{edition}/${brake.how}`;
    return { method: 'POST', path, scope: 'send', answer: (call) => brakeEdition(call, brake, deps) };
  }),
  { method: 'POST', path: '/operator/editions/{edition}/resend', scope: 'send', answer: (call) => resend(call, deps) },
  { method: 'POST', path: '/operator/lanes/{lane}/pause', scope: 'send', answer: (call) => pauseLane(call, deps) },
  { method: 'POST', path: '/operator/lanes/{lane}/resume', scope: 'send', answer: (call) => resumeLane(call, deps) },
];

interface Brake {
  readonly how: keyof OperatorDeps['holder'];
  readonly act: AuditLine['act'];
}
const brakes: readonly Brake[] = [
  { how: 'pause', act: 'edition paused' },
  { how: 'resume', act: 'edition resumed' },
  { how: 'recall', act: 'edition recalled' },
];

const complete = {
  pause: 'It is complete: everybody who was to get it has it. There is nothing to pause.',
  resume: 'It is complete: there is nothing to resume.',
  recall: 'It is complete: everybody who was to get it has it, and a mail that has left cannot be taken back.',
};

async function brakeEdition({ params, caller }: Call, { how, act }: Brake, deps: OperatorDeps) {
  const edition = editionIn(params);
  const braked = await deps.holder[how](edition);
  if (braked === 'unknown') throw noSuchEdition();
  if (braked === 'complete') throw new HttpProblem(409, { detail: complete[how] });
  if (braked === 'recalled' && how !== 'recall') {
    throw new HttpProblem(409, { detail: 'It was recalled, and that cannot be undone: whoever had no mail by then gets none.' });
  }
  if (typeof braked === 'object') throw superseded(braked);
  const changed = braked === 'changed';
  if (changed) await leaveLine(deps, caller.id, act, { edition, by: caller.label });
  return jsonAnswer(200, { edition, changed } satisfies z.output<typeof BrakeAnswer>);
}

async function resend({ event, params, caller }: Call, deps: OperatorDeps) {
  const edition = editionIn(params);
  const { subscribers, reason } = readJsonBody(event, ResendRequest);
  const resent = await deps.resend(edition, subscribers).catch((error: unknown) => {
    throw error instanceof UnknownEdition ? noSuchEdition() : error;
  });
  if (resent === 'recalled') throw new HttpProblem(409, { detail: 'It was recalled: nothing of it is sent any more.' });
  if (resent === 'past')
    throw new HttpProblem(409, {
      detail: 'Its day is over: a mail of reminders leaves on its day alone. What it asked is asked again at its next step.',
    });
  if ('by' in resent) throw superseded(resent);
  const asked = resent.asked.length;
  if (asked > 0)
    await leaveLine(deps, caller.id, 'deliveries resent', { edition, asked, reason: withoutSecrets(reason), by: caller.label });
  return jsonAnswer(200, {
    edition,
    asked: [...resent.asked],
    underWay: [...resent.underWay],
    left: [...resent.left],
  } satisfies ResendAnswer);
}

async function pauseLane({ params, caller }: Call, deps: OperatorDeps) {
  const lane = laneIn(params);
  const changed = await deps.laneBrakes.pause(lane, { at: deps.now(), by: caller.label });
  if (changed) await leaveLine(deps, caller.id, 'lane paused', { lane, by: caller.label });
  return jsonAnswer(200, { lane, changed } satisfies z.output<typeof LaneAnswer>);
}

async function resumeLane({ params, caller }: Call, deps: OperatorDeps) {
  const lane = laneIn(params);
  if ((await deps.laneBrakes.read())[lane].paused?.by === unsettledCopy) {
    throw new HttpProblem(409, { detail: 'The table was restored: no mail leaves before it is settled. See: afterword settle --help' });
  }
  const changed = await deps.laneBrakes.resume(lane);
  if (changed) await leaveLine(deps, caller.id, 'lane resumed', { lane, by: caller.label });
  return jsonAnswer(200, { lane, changed } satisfies z.output<typeof LaneAnswer>);
}

const superseded = ({ by }: Pick<Superseded, 'by'>) =>
  new HttpProblem(409, { detail: `It was superseded by ${by}: nothing of it is sent any more. Use that one instead.` });

const noSuchEdition = () => new HttpProblem(404, { detail: 'There is no edition with this id. List them with: afterword editions.' });

function editionIn({ edition }: Call['params']): EditionId {
  const id = EditionId.safeParse(edition);
  if (!id.success) throw noSuchEdition();
  return id.data;
}

function laneIn({ lane }: Call['params']) {
  const found = Lane.safeParse(lane);
  if (!found.success) throw new HttpProblem(404, { detail: `There is no lane of this name. There are: ${Lane.options.join(', ')}.` });
  return found.data;
}
