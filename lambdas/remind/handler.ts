import { openTable } from '../../adapters/dynamodb/table.ts';
import { openQueue } from '../../adapters/sqs/sqs-queue.ts';
import { remind, TooManyReminders } from '../../core/reminder/remind.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { wireReminding } from '../shared/reminding.ts';
import { Env } from './env.ts';

const env = loadEnv(Env);
const deps = wireReminding(openTable(env.TABLE_NAME), openQueue(env.COMPOSE_QUEUE_URL), () => new Date());

/**
 * Runs once a day and ends at once where nobody works. A run that fails is repeated, and mails
 * nobody twice.
 */
export async function handler(): Promise<void> {
  const reminded = await remind({}, deps);
  log.info('reminded', { ...reminded });
  if (reminded.outcome === 'too many') throw new TooManyReminders(reminded);
}
