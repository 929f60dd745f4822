import type { Functions } from '../lambda/functions.ts';
import type { SchedulePlan } from '../plan/schedules.ts';
import type { QueueEngine } from '../queues/engine.ts';

/**
 * Puts a schedule's input into its target: sends a message to a queue, or invokes a function and
 * waits for it. A missing queue is reported and not thrown.
 */
export const fireInto =
  (queues: QueueEngine, functions: Functions, print: (line: string) => void) =>
  async ({ name, targetArn }: SchedulePlan, input: string): Promise<void> => {
    const target = targetArn.split(':').at(-1) ?? '';
    try {
      if (targetArn.startsWith('arn:aws:sqs:')) await queues.sqs('SendMessage', { QueueUrl: `http://local/${target}`, MessageBody: input });
      else await functions.invoke(targetArn, JSON.parse(input));
    } catch (error) {
      print(`schedule ${name} could not run: ${String(error)}`);
    }
  };
