import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { deployedParts } from '../core/distribution/deployed-parts.ts';
import type { Bundles } from './bundle.ts';
import { Alarms } from './constructs/alarms.ts';
import { EventFeed } from './constructs/event-feed.ts';
import { HttpFront } from './constructs/http-front.ts';
import { LedgerTable } from './constructs/ledger-table.ts';
import { Schedules } from './constructs/schedules.ts';
import { functionsToKeepReady } from './constructs/stage-function.ts';
import { StageSecrets } from './constructs/stage-secrets.ts';
import { addDashboard } from './dashboard.ts';
import { addCollect } from './functions/collect.ts';
import { addCompose } from './functions/compose.ts';
import { addLanes } from './functions/deliver.ts';
import { addDrafts } from './functions/drafts.ts';
import { addDrift } from './functions/drift.ts';
import { addFeedback } from './functions/feedback.ts';
import { addHome } from './functions/home.ts';
import { addHooks } from './functions/hooks.ts';
import { addIntake } from './functions/intake.ts';
import { addOperator } from './functions/operator.ts';
import { addRelevance } from './functions/relevance.ts';
import { addRemind } from './functions/remind.ts';
import { addScim } from './functions/scim.ts';
import { addSlack } from './functions/slack.ts';
import { addSweep } from './functions/sweep.ts';
import { addWeb } from './functions/web.ts';
import { sendingOf } from './sending.ts';
import { addStageAlarms } from './stage-alarms.ts';
import type { StageContext } from './stage-context.ts';
import type { StageSettings } from './stage-settings.ts';
import type { Stage } from './stages.ts';

export interface AfterwordStackProps extends StackProps {
  readonly stage: Stage;
  readonly settings: StageSettings;
  readonly bundles: Bundles;
}

/** One whole stage of Afterword: postmortems come in at the top and mail goes out at the bottom. */
export class AfterwordStack extends Stack {
  constructor(scope: Construct, id: string, props: AfterwordStackProps) {
    super(scope, id, props);
    const { stage, settings, bundles } = props;
    const { distribution, alarmAddress, runbook } = settings;
    const context: StageContext = {
      stack: this,
      durations: stage.durations,
      bundles,
      settings,
      distribution,
      table: new LedgerTable(this, 'Ledger', { ...stage, restored: settings.restored?.table }),
      secrets: new StageSecrets(this, 'Secrets', { ...stage, kept: settings.restored?.secrets }),
      alarms: new Alarms(this, 'Alarms', { address: alarmAddress === 'nobody' ? undefined : alarmAddress, runbook }),
      front: new HttpFront(this, 'Http', { pages: settings.pages }),
    };
    const feed = new EventFeed(this, 'MailEvents');
    const sending = sendingOf(this, { settings, stage, topic: feed.topic });
    const lanes = addLanes(context, sending);
    const compose = addCompose(context, lanes);
    feed.into(addFeedback(context));
    const schedules = new Schedules(this, 'Schedules', { alarms: context.alarms });
    const queues = { compose, slack: addSlack(context), relevance: addRelevance(context, compose) };
    const collect = addCollect(context, queues);
    addHooks(context, collect);
    if (collect) schedules.everyHour('collect', collect, { poll: 'all' });
    addIntake(context, queues);
    addDrafts(context);
    addOperator(context, { ...queues, collect }, sending.internal);
    addScim(context);
    addHome(context, queues, sending.internal);
    addWeb(context, compose);

    for (const [stream, schedule] of Object.entries(deployedParts(distribution).schedules)) schedules.stream(stream, schedule, compose);
    schedules.everyMinute('sweep', addSweep(context, queues, lanes));
    const { zone } = distribution.organisation;
    const drift = addDrift(context, queues);
    schedules.everyWeek('drift', drift, zone);
    schedules.everyDay('held', drift, { at: '08:00', zone, said: { tell: 'held' } });
    const { reminders } = deployedParts(distribution);
    if (reminders) schedules.everyDay('remind', addRemind(context, compose), reminders);
    if (stage.keepsReady) for (const { name, fn } of functionsToKeepReady(this)) schedules.keepReady(name, fn);
    addStageAlarms(context);
    addDashboard(context, runbook);
    this.tellWhereToStart(context);
  }

  private tellWhereToStart({ front, secrets, table }: StageContext): void {
    new CfnOutput(this, 'Url', { value: front.url, description: 'Where producers, operators and readers reach this stage' });
    new CfnOutput(this, 'SignInRedirect', {
      value: `${front.url}/sign-in/callback`,
      description: 'The redirect address to register at your sign-in provider: docs/sign-in.md',
    });
    new CfnOutput(this, 'FirstKeyArn', {
      value: secrets.firstKey.secretArn,
      description: 'The secret with the first key, whose only scope is keys',
    });
    const belongs = 'Belongs into the backup: docs/operations.md, "Restoring the table"';
    new CfnOutput(this, 'TableName', { value: table.name, description: belongs });
    new CfnOutput(this, 'IdentitySecretArn', { value: secrets.identity.secretArn, description: belongs });
    new CfnOutput(this, 'SuppressionSecretArn', { value: secrets.suppression.secretArn, description: belongs });
    new CfnOutput(this, 'TokenKeysArn', { value: secrets.tokenKeys.secretArn, description: belongs });
    new CfnOutput(this, 'TokenKeysForCustomersArn', { value: secrets.tokenKeysForCustomers.secretArn, description: belongs });
  }
}
