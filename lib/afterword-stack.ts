import { CfnOutput, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { deployedHash, deployedParts } from '../core/distribution/deployed-parts.ts';
import type { Distribution } from '../core/distribution/distribution.ts';
import type { EnvValues as ComposeEnv } from '../lambdas/compose/env.ts';
import type { EnvValues as DeliverEnv } from '../lambdas/deliver/env.ts';
import type { EnvValues as FeedbackEnv } from '../lambdas/feedback/env.ts';
import type { EnvValues as IntakeEnv } from '../lambdas/intake/env.ts';
import type { EnvValues as OperatorEnv } from '../lambdas/operator/env.ts';
import type { EnvValues as SweepEnv } from '../lambdas/sweep/env.ts';
import type { EnvValues as WebEnv } from '../lambdas/web/env.ts';
import type { Bundles } from './bundle.ts';
import { AlarmBell } from './constructs/alarm-bell.ts';
import { EventFeed } from './constructs/event-feed.ts';
import { HttpFront } from './constructs/http-front.ts';
import { LedgerTable } from './constructs/ledger-table.ts';
import { QueueWorker } from './constructs/queue-worker.ts';
import { Schedules } from './constructs/schedules.ts';
import { StageFunction } from './constructs/stage-function.ts';
import { mayRead, StageSecrets } from './constructs/stage-secrets.ts';
import { TopicKey } from './constructs/topic-key.ts';
import { impacts } from './impacts.ts';
import { mayEnqueue, mayMeasure, mayReadQuota } from './queue-permissions.ts';
import { type LaneSending, sendingOf } from './sending.ts';
import type { Stage, StageName } from './stages.ts';
import { mayUse } from './table-permissions.ts';

export interface AfterwordStackProps extends StackProps {
  readonly stageName: StageName;
  readonly stage: Stage;
  readonly distribution: Distribution;
  readonly bundles: Bundles;
  /** Who may be mailed on an `allow-list` stage. */
  readonly allowed: readonly string[];
  /** Who is told by mail when an alarm goes off. */
  readonly alarmAddress?: string | undefined;
}

interface Lane {
  readonly name: 'bulk' | 'urgent' | 'customers';
  readonly maxConcurrency: number;
  readonly sending: LaneSending;
  readonly access: 'deliver' | 'deliverToCustomers';
}

/** One stage of Afterword, whole. Read the constructor as the table of contents. */
export class AfterwordStack extends Stack {
  private readonly props: AfterwordStackProps;
  private readonly table: LedgerTable;
  private readonly secrets: StageSecrets;
  private readonly alarms: AlarmBell;
  private readonly front: HttpFront;

  constructor(scope: Construct, id: string, props: AfterwordStackProps) {
    super(scope, id, props);
    this.props = props;
    const { stage, stageName, distribution, allowed, alarmAddress } = props;
    const { key } = new TopicKey(this, 'TopicKey');
    this.table = new LedgerTable(this, 'Ledger', stage);
    this.secrets = new StageSecrets(this, 'Secrets', stage);
    this.alarms = new AlarmBell(this, 'Alarms', { key, address: alarmAddress });
    this.front = new HttpFront(this, 'Http');

    const feed = new EventFeed(this, 'MailEvents', { key });
    feed.into(this.feedback());
    const { internal, customers } = sendingOf(this, { distribution, mayMail: stage.mayMail, allowed, topic: feed.topic });
    const bulk = this.lane({ name: 'bulk', maxConcurrency: 5, sending: internal, access: 'deliver' });
    const urgent = this.lane({ name: 'urgent', maxConcurrency: 2, sending: internal, access: 'deliver' });
    const external = this.lane({ name: 'customers', maxConcurrency: 2, sending: customers, access: 'deliverToCustomers' });
    const compose = this.compose(bulk, urgent, external);

    this.serveHttp(compose);
    const schedules = new Schedules(this, 'Schedules', { stage: stageName, alarms: this.alarms });
    for (const [stream, schedule] of Object.entries(deployedParts(distribution).schedules)) schedules.stream(stream, schedule, compose);
    schedules.everyMinute('sweep', this.sweep(compose, bulk, urgent, external));
    this.tellWhereToStart();
  }

  private lane({ name, maxConcurrency, sending, access }: Lane): IQueue {
    const { request, lease, grace, timeout } = this.props.stage.durations;
    const worker = new QueueWorker(this, `Deliver-${name}`, {
      name: `deliver-${name}`,
      queueName: name,
      description: `Sends the mails of the ${name} lane.`,
      bundle: this.props.bundles.deliver,
      timeoutSeconds: timeout.deliver,
      impact: impacts[name],
      alarms: this.alarms,
      batchSize: 1,
      maxConcurrency,
      environment: (queue) =>
        ({
          TABLE_NAME: this.table.name,
          LANE: name,
          QUEUE_URL: queue.queueUrl,
          PUBLIC_URL: this.front.url,
          TOKEN_KEYS_ARN: this.secrets.tokenKeys.secretArn,
          SENDER_NAME: sending.sender.name,
          SENDER_ADDRESS: sending.sender.address,
          CONFIGURATION_SET: sending.configurationSet,
          REQUEST_TIMEOUT_MS: String(request * 1000),
          LEASE_SECONDS: String(lease),
          GRACE_SECONDS: String(grace),
        }) satisfies DeliverEnv,
      may: (queue) => [...mayUse(this.table, access), ...sending.may, mayRead(this.secrets.tokenKeys), mayEnqueue(queue)],
    });
    return worker.queue;
  }

  private compose(bulk: IQueue, urgent: IQueue, customers: IQueue): IQueue {
    const { timeout, profileWriter } = this.props.stage.durations;
    const worker = new QueueWorker(this, 'Compose', {
      name: 'compose',
      description: 'Makes editions: chooses postmortems, renders fragments, starts the fan-out.',
      bundle: this.props.bundles.compose,
      timeoutSeconds: timeout.compose,
      impact: impacts.compose,
      alarms: this.alarms,
      batchSize: 1,
      maxConcurrency: 2,
      environment: () =>
        ({
          TABLE_NAME: this.table.name,
          BULK_QUEUE_URL: bulk.queueUrl,
          URGENT_QUEUE_URL: urgent.queueUrl,
          CUSTOMERS_QUEUE_URL: customers.queueUrl,
          PROFILE_WRITER_SECONDS: String(profileWriter),
        }) satisfies ComposeEnv,
      may: () => [...mayUse(this.table, 'compose'), mayEnqueue(bulk, urgent, customers)],
    });
    return worker.queue;
  }

  private feedback(): IQueue {
    const worker = new QueueWorker(this, 'Feedback', {
      name: 'feedback',
      queueName: 'events',
      description: 'Turns SES events into evidence.',
      bundle: this.props.bundles.feedback,
      timeoutSeconds: this.props.stage.durations.timeout.feedback,
      impact: impacts.events,
      alarms: this.alarms,
      batchSize: 10,
      maxConcurrency: 5,
      environment: () => ({ TABLE_NAME: this.table.name }) satisfies FeedbackEnv,
      may: () => mayUse(this.table, 'feedback'),
    });
    return worker.queue;
  }

  private serveHttp(compose: IQueue): void {
    this.front.serve('Intake', this.intake(compose), [
      { path: '/postmortems/{id}', methods: [HttpMethod.PUT, HttpMethod.GET] },
      { path: '/postmortems', methods: [HttpMethod.POST, HttpMethod.GET] },
    ]);
    this.front.serve('Operator', this.operator(compose), [{ path: '/operator/{proxy+}', methods: [HttpMethod.ANY] }]);
    // ANY: link scanners ask with HEAD and OPTIONS, mail clients post, people press buttons.
    const pages = ['/u/{token}', '/p/{token}', '/view/{token}', '/r/{token}', '/r/{token}/{postmortem}'];
    this.front.serve(
      'Web',
      this.web(),
      pages.map((path) => ({ path, methods: [HttpMethod.ANY] })),
    );
  }

  private intake(compose: IQueue): IFunction {
    return new StageFunction(this, 'Intake', {
      name: 'intake',
      description: 'Takes postmortems from producers.',
      bundle: this.props.bundles.intake,
      timeoutSeconds: this.props.stage.durations.timeout.intake,
      environment: { TABLE_NAME: this.table.name, COMPOSE_QUEUE_URL: compose.queueUrl } satisfies IntakeEnv,
      may: [...mayUse(this.table, 'intake'), mayEnqueue(compose)],
    }).fn;
  }

  private operator(compose: IQueue): IFunction {
    const { identity, suppression, tokenKeys, firstKey } = this.secrets;
    return new StageFunction(this, 'Operator', {
      name: 'operator',
      description: 'Serves the command line: people, configuration, keys, editions.',
      bundle: this.props.bundles.operator,
      timeoutSeconds: this.props.stage.durations.timeout.operator,
      environment: {
        TABLE_NAME: this.table.name,
        COMPOSE_QUEUE_URL: compose.queueUrl,
        PUBLIC_URL: this.front.url,
        IDENTITY_SECRET_ARN: identity.secretArn,
        SUPPRESSION_SECRET_ARN: suppression.secretArn,
        TOKEN_KEYS_ARN: tokenKeys.secretArn,
        FIRST_KEY_ARN: firstKey.secretArn,
        DEPLOYED_DISTRIBUTION: deployedHash(this.props.distribution),
      } satisfies OperatorEnv,
      may: [...mayUse(this.table, 'operator'), mayEnqueue(compose), mayRead(identity, suppression, tokenKeys, firstKey)],
    }).fn;
  }

  private web(): IFunction {
    return new StageFunction(this, 'Web', {
      name: 'web',
      description: 'Serves the pages behind the links in mails.',
      bundle: this.props.bundles.web,
      timeoutSeconds: this.props.stage.durations.timeout.web,
      environment: { TABLE_NAME: this.table.name, TOKEN_KEYS_ARN: this.secrets.tokenKeys.secretArn } satisfies WebEnv,
      may: [...mayUse(this.table, 'web'), mayRead(this.secrets.tokenKeys)],
    }).fn;
  }

  private sweep(compose: IQueue, bulk: IQueue, urgent: IQueue, customers: IQueue): IFunction {
    const queues = [compose, bulk, urgent, customers];
    const sweep = new StageFunction(this, 'Sweep', {
      name: 'sweep',
      description: 'Every minute: finishes what was left unfinished.',
      bundle: this.props.bundles.sweep,
      timeoutSeconds: this.props.stage.durations.timeout.sweep,
      environment: {
        TABLE_NAME: this.table.name,
        COMPOSE_QUEUE_URL: compose.queueUrl,
        BULK_QUEUE_URL: bulk.queueUrl,
        URGENT_QUEUE_URL: urgent.queueUrl,
        CUSTOMERS_QUEUE_URL: customers.queueUrl,
        DEPLOYED_DISTRIBUTION: deployedHash(this.props.distribution),
      } satisfies SweepEnv,
      may: [...mayUse(this.table, 'sweep'), mayEnqueue(...queues), mayMeasure(...queues), mayReadQuota()],
    });
    Validations.of(sweep).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason: 'ses:GetSendQuota tells the quota of the whole account and takes no resource.',
    });
    this.alarms.ringsForSilence({ heading: 'sweep-silent', impact: impacts.sweep, fn: sweep.fn });
    return sweep.fn;
  }

  private tellWhereToStart(): void {
    new CfnOutput(this, 'Url', { value: this.front.url, description: 'Where producers, operators and readers reach this stage' });
    new CfnOutput(this, 'FirstKeyArn', {
      value: this.secrets.firstKey.secretArn,
      description: 'The secret with the first key, whose only scope is keys',
    });
  }
}
