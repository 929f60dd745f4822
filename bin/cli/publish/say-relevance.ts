import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.ts';
import { readRelevance } from '../read-relevance.ts';
import { teamLines } from '../relevance.ts';
import type { Session } from '../session.ts';
import { similarLines } from '../similar.ts';
import type { SendResult } from './send-documents.ts';

/** An author does not wait longer for what they can ask for later. */
const patienceMs = 3000;
const pauseMs = 400;

/**
 * Says to whom the one published document matters, once it is known. Says nothing of several, or
 * where the key may not read: publishing went well all the same.
 */
export async function sayRelevance(sent: readonly SendResult[], { api, terminal }: Session): Promise<void> {
  const [one, ...others] = sent;
  if (terminal.json || !one || others.length > 0 || !('relevance' in one) || one.relevance === undefined) return;
  try {
    for (let waited = 0; waited <= patienceMs; waited += pauseMs) {
      const answer = await readRelevance(api, one.id);
      const { relevance } = answer;
      if (relevance && relevance.revision >= (one.revision ?? 0)) return terminal.say('', ...teamLines(relevance), ...similarLines(answer));
      await sleep(pauseMs);
    }
    terminal.say('', `To whom it matters is not known yet: afterword relevance ${one.id}`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}
