import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { dynamoBraked } from '../../adapters/dynamodb/directory-store.ts';
import { dynamoHeldMail } from '../../adapters/dynamodb/held-mail-store.ts';
import { dynamoInbound } from '../../adapters/dynamodb/inbound-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { dynamoTeamSizes } from '../../adapters/dynamodb/team-size-store.ts';
import { openQueue } from '../../adapters/sqs/sqs-queue.ts';
import { findOperators } from '../../core/operator/able-operators.ts';
import { type TellHeldDeps, tellHeld } from '../../core/operator/tell-held.ts';
import { checkWeekly, type WeeklyDriftDeps } from '../../core/operator/weekly-drift.ts';
import { wireDrift } from '../shared/finding-drift.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import type { ComposeMessage } from '../shared/occasion.ts';
import { openSlackQueue } from '../shared/outbox.ts';
import type { SlackMessage } from '../shared/slack-message.ts';
import { Env } from './env.ts';

const env = loadEnv(Env);
const table = openTable(env.TABLE_NAME);
const compose = openQueue(env.COMPOSE_QUEUE_URL);
const slack = openSlackQueue(env);

const deps: WeeklyDriftDeps = {
  ...wireDrift(table, env, () => new Date()),
  sizes: dynamoTeamSizes(table),
  refreshChannels: async () => slack?.send([{ refresh: 'channels' } satisfies SlackMessage]),
  patience: { most: env.REFRESH_SECONDS * 1000, step: 2000 },
  sleep,
  mail: (wanted) => compose.send([{ stream: 'service', ...wanted } satisfies ComposeMessage]),
};

const held: TellHeldDeps = {
  inbound: dynamoInbound(table, () => new Date()),
  told: dynamoHeldMail(table),
  braked: dynamoBraked(table),
  distribution: async () => (await deps.distribution.read())?.distribution,
  operators: () => findOperators(deps),
  mail: deps.mail,
};

const Event = z.object({
  scheduledFor: z.iso.datetime({ offset: true }),
  /** Absent: what drifted. */
  tell: z.literal('held').optional(),
});

/**
 * Runs once a week for drift, and once a day for what is held of incident tools and of the
 * directory. A run that fails is repeated, and mails nobody twice.
 */
export async function handler(event: unknown): Promise<void> {
  const { scheduledFor, tell } = Event.parse(event);
  if (tell === 'held') return log.info('told of held incidents', { ...(await tellHeld(new Date(scheduledFor), held)) });
  log.info('checked for drift', { ...(await checkWeekly(new Date(scheduledFor), deps)) });
}
