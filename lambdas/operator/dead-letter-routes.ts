import { type DeadLettersAnswer, type RedriveAnswer, RedriveRequest } from '../../core/operator/api.ts';
import { nearest } from '../../core/shared/nearest.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import { letterWords, scheduleWords } from './dead-letter-words.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';

/** Routes for messages that could not be handled. Moving them back leaves an audit line. */
export const deadLetterRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'GET', path: '/operator/dead-letters', scope: 'read', answer: () => list(deps) },
  { method: 'POST', path: '/operator/dead-letters/redrive', scope: 'send', answer: (call) => redrive(call, deps) },
];

async function list({ deadLetters }: OperatorDeps) {
  const { movable, fixed } = deadLetters;
  const all = await Promise.all([...movable, ...fixed].map((name) => deadLetters.look(name)));
  const worthTelling = all.filter(({ count, letters, move }) => count > 0 || letters.length > 0 || move?.state === 'under way');
  const queues = worthTelling.map(({ name, count, letters, move }) => {
    const canRedrive = movable.includes(name);
    const wordsOf = canRedrive ? letterWords : scheduleWords;
    return {
      queue: name,
      letters: count,
      ...(letters[0] && { oldest: letters[0].sentAt }),
      first: letters.map((letter) => ({ ...wordsOf(letter), sentAt: letter.sentAt })),
      canRedrive,
      ...(move && { redrive: move }),
    };
  });
  return jsonAnswer(200, { queues } satisfies DeadLettersAnswer);
}

async function redrive({ event, caller }: Call, deps: OperatorDeps) {
  const { deadLetters } = deps;
  const { queue } = readJsonBody(event, RedriveRequest);
  if (deadLetters.fixed.includes(queue)) throw new HttpProblem(409, { detail: cannotMove(queue) });
  if (!deadLetters.movable.includes(queue)) throw noSuchQueue(queue, deadLetters.movable);
  const { count, move } = await deadLetters.look(queue);
  const isNothingLeft = count === 0 && move?.state !== 'under way';
  const state = isNothingLeft ? 'empty' : await deadLetters.redrive(queue);
  if (state === 'started') await leaveLine(deps, caller.id, 'dead letters moved', { queue, letters: count, by: caller.label });
  return jsonAnswer(202, { queue, state, letters: count } satisfies RedriveAnswer);
}

const cannotMove = (queue: string) =>
  `SQS cannot move the letters of ${queue}, because no queue stands in front of them. afterword dead-letters list says what to do instead.`;

function noSuchQueue(queue: string, names: readonly string[]): HttpProblem {
  const meant = nearest(queue, names);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return new HttpProblem(404, { detail: `There is no queue of this name. There are: ${names.join(', ')}.${hint}` });
}
