import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoRevisionLog } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoEditionHolder } from '../../adapters/dynamodb/edition-flags.ts';
import { dynamoPostmortemStore } from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoRenditionStore } from '../../adapters/dynamodb/rendition-store.ts';
import { dynamoReviewStore } from '../../adapters/dynamodb/review-store.ts';
import { dynamoSearchIndex } from '../../adapters/dynamodb/search-index.ts';
import { dynamoWantedPosts } from '../../adapters/dynamodb/slack-post-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { openQueue, type Queue } from '../../adapters/sqs/sqs-queue.ts';
import type { OutboxDeps } from '../../core/intake/run-outbox.ts';
import { wantedPostOf } from '../../core/slack/wanted-post.ts';
import { isAlertStream, publishedStreams, type UpdateStream, updateStreams } from '../../core/stream/stream.ts';
import type { ComposeMessage } from './occasion.ts';
import type { RelevanceMessage } from './relevance-message.ts';
import type { SlackMessage } from './slack-message.ts';

/**
 * What running a postmortem's outbox needs. Intake runs it when it takes a postmortem, `sweep`
 * after a crash.
 */
export const wireOutbox = (
  table: Table,
  {
    compose,
    slack,
    relevance,
    now,
  }: { readonly compose: Queue; readonly slack: Queue | undefined; readonly relevance: Queue; readonly now: () => Date },
): OutboxDeps => ({
  postmortems: dynamoPostmortemStore(table),
  revisions: dynamoRevisionLog(table),
  actions: dynamoActionLedger(table),
  reviews: {
    store: dynamoReviewStore(table),
    distribution: async () => (await dynamoDistributionStore(table).read())?.distribution,
    now,
  },
  renditions: dynamoRenditionStore(table),
  search: dynamoSearchIndex(table),
  editions: dynamoEditionHolder(table),
  queue: {
    alert: async (postmortem) => {
      const ask = (streams: readonly UpdateStream[]) =>
        compose.send(streams.map((stream) => ({ stream, postmortem }) satisfies ComposeMessage));
      // Leaders' mail first: one container of `compose` is kept ready, and the first message gets
      // it.
      await ask(updateStreams.filter(isAlertStream));
      await ask(updateStreams.filter((stream) => !isAlertStream(stream)));
    },
    published: (postmortem) => compose.send(publishedStreams.map((stream) => ({ stream, postmortem }) satisfies ComposeMessage)),
  },
  relate: (postmortem) => relevance.send([{ postmortem } satisfies RelevanceMessage]),
  lookAtNotice: (notice) => compose.send([{ notice } satisfies ComposeMessage]),
  ...(slack && {
    posts: {
      want: (stored) => dynamoWantedPosts(table).put(wantedPostOf(stored)),
      look: (postmortem) => slack.send([{ postmortem } satisfies SlackMessage]),
    },
  }),
});

/** Undefined: the stage has no Slack, and its outboxes owe it nothing. */
export const openSlackQueue = ({ SLACK_QUEUE_URL: url }: { readonly SLACK_QUEUE_URL: string }): Queue | undefined =>
  url === '' ? undefined : openQueue(url);
