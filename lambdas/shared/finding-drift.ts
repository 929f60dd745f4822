import { dynamoActions } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoCatalogStore } from '../../adapters/dynamodb/catalog-store.ts';
import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoDriftStore } from '../../adapters/dynamodb/drift-store.ts';
import { dynamoExternalLists } from '../../adapters/dynamodb/external-store.ts';
import { dynamoPeopleList, dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoPublicNotices } from '../../adapters/dynamodb/public-notices.ts';
import { dynamoReviewLists } from '../../adapters/dynamodb/review-store.ts';
import { dynamoArchiveSince } from '../../adapters/dynamodb/search-index.ts';
import { dynamoSlackPosts } from '../../adapters/dynamodb/slack-post-store.ts';
import { dynamoChannelList } from '../../adapters/dynamodb/slack-workspace.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { readSecret } from '../../adapters/secrets/secrets-manager.ts';
import type { DriftDeps } from '../../core/operator/find-drift.ts';
import { toInstant } from '../../core/shared/instant.ts';

/** What the weekly check and the operator's route have alike. */
export interface DriftEnv {
  readonly IDENTITY_SECRET_ARN: string;
  readonly DEPLOYED_DISTRIBUTION: string;
  readonly DEPLOYED_VALUES?: string | undefined;
  readonly STACK_NAME: string;
  /** Empty where the stack has no Slack. */
  readonly SLACK_QUEUE_URL: string;
}

/** Connects the check for drift to the table and to what the stack was made from. */
export const wireDrift = (table: Table, env: DriftEnv, now: () => Date): DriftDeps => ({
  distribution: dynamoDistributionStore(table),
  deployed: { hash: env.DEPLOYED_DISTRIBUTION, values: env.DEPLOYED_VALUES },
  stack: env.STACK_NAME,
  slack: env.SLACK_QUEUE_URL === '' ? undefined : { channels: dynamoChannelList(table), posts: dynamoSlackPosts(table) },
  people: dynamoPeopleStore(table),
  identitySecret: () => readSecret(env.IDENTITY_SECRET_ARN),
  peopleList: dynamoPeopleList(table),
  archive: dynamoArchiveSince(table),
  catalog: dynamoCatalogStore(table, now),
  reviews: dynamoReviewLists(table),
  actions: dynamoActions(table),
  notices: { ...dynamoExternalLists(table), ...dynamoPublicNotices(table) },
  drift: dynamoDriftStore(table),
  now: () => toInstant(now()),
});
