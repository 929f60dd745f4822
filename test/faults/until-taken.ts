import type { Answer, TestStack } from '../support/running-stack.ts';
import { waitedFor } from '../support/waited-for.ts';

const told = ({ status, body }: Answer) => `${status} ${JSON.stringify(body)}`;

/**
 * Repeats a request until it is accepted. A killed function or a failing table answers 5xx, and
 * sending the same request again is safe.
 */
export async function untilTaken(stack: TestStack, method: string, path: string, body: unknown, type?: string): Promise<void> {
  const what = `${method} ${path}`;
  const ask = () => stack.call(method, path, body, type === undefined ? {} : { 'content-type': type });
  const answer = await waitedFor(`an answer of ${what}`, ask, ({ status }) => status < 500 && status !== 409);
  if (answer.status >= 300) throw new Error(`${what}: ${told(answer)}`);
}
