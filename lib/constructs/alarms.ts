import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type IFilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

interface Told {
  /** The heading in docs/operations.md. */
  readonly heading: string;
  /** What readers lose while this is broken, in one sentence. The person on call sees it. */
  readonly impact: string;
}
interface Lines {
  readonly heading: string;
  readonly log: ILogGroup;
  readonly pattern: IFilterPattern;
}
export interface AlarmProps extends Told {
  readonly metric: IMetric;
  readonly comparison: ComparisonOperator;
  readonly threshold: number;
  /** @default 1 */
  readonly periods?: number;
  /** @default not breaching: missing data is no reason for an alarm */
  readonly missingData?: TreatMissingData;
}

export interface AlarmsProps {
  /** The address that alarms are mailed to. */
  readonly address?: string | undefined;
  /** The web address of docs/operations.md. Alarms then link to their heading. */
  readonly runbook?: string | undefined;
}

/** Makes every alarm, so that each has a heading to look up and a topic that notifies somebody. */
export class Alarms extends Construct {
  /** All alarms made so far. */
  readonly alarms: Alarm[] = [];
  private readonly topic: Topic;
  private readonly runbook: string | undefined;

  constructor(scope: Construct, id: string, { address, runbook }: AlarmsProps) {
    super(scope, id);
    this.runbook = runbook;
    this.topic = new Topic(this, 'Topic', { enforceSSL: true });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (address !== undefined) this.topic.addSubscription(new EmailSubscription(address));
  }

  /** Goes off if a function that runs every minute has not ended well once in ten minutes. */
  ringsForSilence({ heading, impact, fn }: Told & { readonly fn: IFunction }): void {
    const period = Duration.minutes(5);
    this.addAlarm({
      heading,
      impact,
      metric: new MathExpression({
        expression: 'runs - errors',
        label: 'runs that ended well',
        period,
        usingMetrics: { runs: fn.metricInvocations({ period }), errors: fn.metricErrors({ period }) },
      }),
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      periods: 2,
      missingData: TreatMissingData.BREACHING,
    });
  }

  /**
   * Goes off if a matching line was logged in each of this many periods of five minutes, or of so
   * many. The default is three, because one may be bad luck.
   */
  addLogAlarm({
    heading,
    impact,
    log,
    pattern,
    periods = 3,
    minutes = 5,
  }: Told & Lines & { readonly periods?: number; readonly minutes?: number }): void {
    const lines = this.listen('lines', { heading, log, pattern });
    this.addAlarm({
      heading,
      impact,
      metric: lines.metric({ period: Duration.minutes(minutes), statistic: 'Sum' }),
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 0,
      periods,
    });
  }

  /** Adds another log whose lines count for the same alarm. */
  addLogSource(lines: Lines): void {
    this.listen('lines-too', lines);
  }

  private listen(name: string, { heading, log, pattern }: Lines): MetricFilter {
    return new MetricFilter(this, `${heading}-${name}`, {
      logGroup: log,
      filterPattern: pattern,
      metricNamespace: 'Afterword',
      metricName: `${Stack.of(this).stackName}-${heading}`,
    });
  }

  addAlarm({
    heading,
    impact,
    metric,
    comparison,
    threshold,
    periods = 1,
    missingData = TreatMissingData.NOT_BREACHING,
  }: AlarmProps): void {
    const alarm = new Alarm(this, heading, {
      alarmName: `${Stack.of(this).stackName}-${heading}`,
      alarmDescription: `${impact} See ${this.placeOf(heading)}.`,
      metric,
      comparisonOperator: comparison,
      threshold,
      evaluationPeriods: periods,
      treatMissingData: missingData,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    this.alarms.push(alarm);
  }

  private placeOf(heading: string): string {
    return this.runbook === undefined ? `docs/operations.md, "${heading}"` : `${this.runbook}#${heading}`;
  }
}
