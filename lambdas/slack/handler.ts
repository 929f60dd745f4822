import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoPostLinks } from '../../adapters/dynamodb/post-links.ts';
import { dynamoRenditions } from '../../adapters/dynamodb/rendition-store.ts';
import { dynamoSlackPosts, dynamoWantedPosts } from '../../adapters/dynamodb/slack-post-store.ts';
import { dynamoChannelList, dynamoSlackPace } from '../../adapters/dynamodb/slack-workspace.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { readSecret } from '../../adapters/secrets/secrets-manager.ts';
import { openSlack } from '../../adapters/slack/slack-client.ts';
import { openQueue } from '../../adapters/sqs/sqs-queue.ts';
import { brakedChannels } from '../../core/slack/braked-channels.ts';
import { linkBytes, newCapabilityLink } from '../../core/slack/capability-link.ts';
import { convergePost, knownChannels } from '../../core/slack/converge.ts';
import { fanOut, refreshChannels } from '../../core/slack/fan-out.ts';
import type { PostHandled } from '../../core/slack/post-step.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { SlackMessage } from '../shared/slack-message.ts';
import { sqsHandler } from '../shared/sqs-handler.ts';
import { Env } from './env.ts';

const env = loadEnv(Env);
const table = openTable(env.TABLE_NAME);
const now = () => new Date();
const pace = dynamoSlackPace(table, now);
const slack = openSlack({ token: () => readSecret(env.SLACK_TOKEN_ARN), apiUrl: env.SLACK_API_URL });
const channels = brakedChannels({ slack, pace, now });

const deps = {
  posts: dynamoSlackPosts(table),
  wanted: dynamoWantedPosts(table),
  links: dynamoPostLinks(table, now),
  list: dynamoChannelList(table),
  pace,
  slack: {
    ...slack,
    channel: knownChannels(slack, now),
    async channels() {
      const answer = await channels();
      if (answer.kind === 'stopped') tellStopped(answer.code);
      return answer;
    },
  },
  queue: openQueue(env.QUEUE_URL),
  renditions: dynamoRenditions(table),
  actions: dynamoActionLedger(table),
  distribution: async () => (await dynamoDistributionStore(table).read())?.distribution,
  publicUrl: env.PUBLIC_URL,
  now,
  wait: (ms: number) => wait(ms),
  newOwner: randomUUID,
  newKey: randomUUID,
  newLink: () => newCapabilityLink(randomBytes(linkBytes)),
};

/** Whatever has to wait was sent again before its message is acknowledged. */
export const handler = sqsHandler(SlackMessage, log, async (message, context) => {
  if ('refresh' in message) {
    const read = await refreshChannels(deps);
    log.info('channels read', { channels: read?.length });
    return 'done';
  }
  const { postmortem, channel } = message;
  if (channel === undefined) {
    const { posts, unknown } = await fanOut(postmortem, deps);
    log.info('posts asked for', { postmortem, posts, unknownChannels: unknown.length });
    return 'done';
  }
  const remainingMs = () => context.getRemainingTimeInMillis();
  tell(await convergePost({ postmortem, channel }, { ...deps, remainingMs }), { postmortem, channel });
  return 'done';
});

/** The alarms count these lines: `stoppedBy`, and what was `handled` how. */
function tell({ kind, ...outcome }: PostHandled, post: { readonly postmortem: string; readonly channel: string }): void {
  const line = { ...post, handled: kind, ...outcome };
  if (kind === 'settled' || kind === 'later') log.info('post handled', line);
  else log.warn('post handled', line);
  if (kind === 'stopped' && 'code' in outcome) tellStopped(outcome.code);
}

const tellStopped = (code: string) => log.warn('Slack takes nothing of us', { stoppedBy: code });
