import type { Stack } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Distribution } from '../core/distribution/distribution.ts';
import type { Bundles } from './bundle.ts';
import type { Alarms } from './constructs/alarms.ts';
import type { HttpFront } from './constructs/http-front.ts';
import type { LedgerTable } from './constructs/ledger-table.ts';
import type { StageSecrets } from './constructs/stage-secrets.ts';
import type { StageSettings } from './stage-settings.ts';
import type { Durations } from './stages.ts';

/** What every function of a stage is built from. */
export interface StageContext {
  readonly stack: Stack;
  readonly durations: Durations;
  readonly bundles: Bundles;
  readonly settings: StageSettings;
  readonly distribution: Distribution;
  readonly table: LedgerTable;
  readonly secrets: StageSecrets;
  readonly alarms: Alarms;
  readonly front: HttpFront;
}

/** The queues that functions ask for work of another kind. */
export interface WorkQueues {
  readonly compose: IQueue;
  /** Undefined: this stage has no Slack. */
  readonly slack: IQueue | undefined;
  readonly relevance: IQueue;
}

/** Their addresses as functions are told them. */
export const addressesOf = ({ compose, slack, relevance }: WorkQueues) => ({
  COMPOSE_QUEUE_URL: compose.queueUrl,
  SLACK_QUEUE_URL: slack?.queueUrl ?? '',
  RELEVANCE_QUEUE_URL: relevance.queueUrl,
});

export const thoseOf = ({ compose, slack, relevance }: WorkQueues): readonly IQueue[] => [compose, relevance, ...(slack ? [slack] : [])];
