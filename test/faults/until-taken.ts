import type { Answer, TestStack } from '../support/running-stack.ts';
import { pause } from './settle.ts';

/** Of the slowest machine. Whoever waits so long in vain waits for something that does not come. */
const patienceMs = 180_000;
const againAfterMs = 200;

/** Asks until what comes is an answer: `isAnswer` says so. Rejects with the last one if none is. */
export async function untilAnswered(what: string, ask: () => Promise<Answer>, isAnswer: (answer: Answer) => boolean): Promise<Answer> {
  for (const ends = performance.now() + patienceMs; ; await pause(againAfterMs)) {
    const answer = await ask();
    if (isAnswer(answer)) return answer;
    if (performance.now() > ends) throw new Error(`${what}: ${told(answer)}`);
  }
}
const told = ({ status, body }: Answer) => `${status} ${JSON.stringify(body)}`;

/**
 * Repeats a request until it is accepted. A killed function or a failing table answers 5xx, and
 * sending the same request again is safe.
 */
export async function untilTaken(stack: TestStack, method: string, path: string, body: unknown, type?: string): Promise<void> {
  const what = `${method} ${path}`;
  const ask = () => stack.call(method, path, body, type === undefined ? {} : { 'content-type': type });
  const answer = await untilAnswered(what, ask, ({ status }) => status < 500 && status !== 409);
  if (answer.status >= 300) throw new Error(`${what}: ${told(answer)}`);
}
