import { randomBytes, randomUUID } from 'node:crypto';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { dynamoTestDrafts } from '../../adapters/dynamodb/test-drafts.ts';
import { openQueue } from '../../adapters/sqs/sqs-queue.ts';
import type { StartDeps } from '../../core/compose/ports.ts';
import { startEdition } from '../../core/compose/start-edition.ts';
import { rootOf } from '../../core/delivery/range.ts';
import { laneOf } from '../../core/edition/edition.ts';
import { htmlBytes } from '../../core/mail/fragments.ts';
import { lookAtNotice } from '../../core/notice/look.ts';
import { wireComposing } from '../shared/composing.ts';
import { keptReady } from '../shared/kept-ready.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { count, measure, withMetrics } from '../shared/metrics.ts';
import { ComposeMessage, occasionOf } from '../shared/occasion.ts';
import { sqsHandler } from '../shared/sqs-handler.ts';
import { Env } from './env.ts';
import { wireNotices } from './notices.ts';

const env = loadEnv(Env);
const table = openTable(env.TABLE_NAME);
const own = openQueue(env.QUEUE_URL);
const lanes = {
  bulk: openQueue(env.BULK_QUEUE_URL),
  prompt: openQueue(env.PROMPT_QUEUE_URL),
  urgent: openQueue(env.URGENT_QUEUE_URL),
  customers: openQueue(env.CUSTOMERS_QUEUE_URL),
};

const now = () => new Date();
const composing = wireComposing(table, now);
const drafts = dynamoTestDrafts(table, now);

const deps: StartDeps = {
  ...composing,
  editions: {
    ...composing.editions,
    putContent: (id, fragments) => {
      measure('EditionHtml', htmlBytes(fragments));
      return composing.editions.putContent(id, fragments);
    },
  },
  start: (edition, slots, delaySeconds) =>
    lanes[laneOf(edition)].send(
      slots.map((slot) => rootOf(edition.id, slot)),
      delaySeconds,
    ),
  profileWriterSeconds: env.PROFILE_WRITER_SECONDS,
  lookAgain: (stream, postmortem, delaySeconds) => own.send([{ stream, postmortem } satisfies ComposeMessage], delaySeconds),
  leaseSeconds: env.LEASE_SECONDS,
  pace: { windowMs: env.UPDATE_WINDOW_SECONDS * 1000, settlingMs: env.UPDATE_SETTLING_SECONDS * 1000 },
};

const notices = wireNotices(table, own, deps, {
  settlingMs: env.NOTICE_SETTLING_SECONDS * 1000,
  newId: randomUUID,
  random: randomBytes,
});

const handleMessage = sqsHandler(ComposeMessage, log, async (message) => {
  if ('notice' in message) {
    const look = await lookAtNotice(message.notice, notices);
    log.info('notice looked at', { postmortem: message.notice, look });
    return 'done';
  }
  const began = now().getTime();
  const occasion = await occasionOf(message, drafts);
  if (!occasion) {
    log.warn('a draft to test is not stored: its author asks again', { stream: message.stream });
    return 'done';
  }
  const started = await startEdition(occasion, deps);
  // Service mails to single people are not counted as editions.
  if (started && !started.existed && message.stream !== 'service') {
    count('EditionsComposed', 1, message.stream);
    measure('ComposingTime', now().getTime() - began, message.stream);
  }
  log.info('composed', { stream: message.stream, edition: started?.edition, existed: started?.existed });
  return 'done';
});

export const handler = keptReady(withMetrics(handleMessage));
