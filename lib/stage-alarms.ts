import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { noticeRulesOf } from '../core/distribution/notice-rules.ts';
import { impacts } from './impacts.ts';
import { ourMetric } from './our-metric.ts';
import type { StageContext } from './stage-context.ts';

const { GREATER_THAN_THRESHOLD, GREATER_THAN_OR_EQUAL_TO_THRESHOLD } = ComparisonOperator;

/**
 * Adds the alarms that belong to no queue and no single function: editions, the rate and the
 * reputation at SES, HTTP, and the account's functions.
 */
export function addStageAlarms({ stack: { stackName }, alarms, front, distribution }: StageContext): void {
  alarms.addAlarm({
    heading: 'missing-edition',
    impact: impacts.missing,
    metric: ourMetric('MissingEditions', { stackName, statistic: 'Maximum' }),
    comparison: GREATER_THAN_THRESHOLD,
    threshold: 0,
  });
  alarms.addAlarm({
    heading: 'sev1-unsent',
    impact: impacts.unsent,
    metric: ourMetric('AlertsUnsent', { stackName, statistic: 'Maximum' }),
    comparison: GREATER_THAN_THRESHOLD,
    threshold: 0,
  });
  alarms.addAlarm({
    heading: 'update-late',
    impact: impacts.lateUpdate,
    metric: ourMetric('UpdatesLate', { stackName, statistic: 'Maximum' }),
    comparison: GREATER_THAN_THRESHOLD,
    threshold: 0,
  });
  if (noticeRulesOf(distribution)) {
    alarms.addAlarm({
      heading: 'notice-waits',
      impact: impacts.noticeWaits,
      metric: ourMetric('NoticesWait', { stackName, statistic: 'Maximum' }),
      comparison: GREATER_THAN_THRESHOLD,
      threshold: 0,
    });
  }
  alarms.addAlarm({
    heading: 'edition-unfinished',
    impact: impacts.unfinished,
    metric: ourMetric('OldestOpenEdition', { stackName, statistic: 'Maximum' }),
    comparison: GREATER_THAN_THRESHOLD,
    threshold: Duration.hours(6).toSeconds(),
    periods: 3,
  });
  // A few throttles are harmless: the pace halves and the mails go back. Throttles for a quarter of
  // an hour mean that another sender uses our rate.
  alarms.addAlarm({
    heading: 'ses-throttles',
    impact: impacts.throttled,
    metric: ourMetric('SendsThrottled', { stackName }),
    comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 10,
    periods: 3,
  });
  for (const { heading, impact, metricName, threshold } of reputation) {
    alarms.addAlarm({
      heading,
      impact,
      metric: new Metric({ namespace: 'AWS/SES', metricName, statistic: 'Maximum', period: Duration.hours(1) }),
      comparison: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold,
      missingData: TreatMissingData.IGNORE, // between two runs SES reports nothing, which does not mean that the rate is better
    });
  }
  alarms.addAlarm({
    heading: 'http-failing',
    impact: impacts.http,
    metric: front.failed(),
    comparison: GREATER_THAN_THRESHOLD,
    threshold: 0,
    periods: 3,
  });
  // API Gateway has no metric for these. Its 4xx count includes expired links.
  alarms.addLogAlarm({
    heading: 'requests-refused',
    impact: impacts.refused,
    log: front.log,
    pattern: FilterPattern.stringValue('$.status', '=', '429'),
  });
  alarms.addAlarm({
    heading: 'functions-throttled',
    impact: impacts.functions,
    metric: new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', statistic: 'Sum', period: Duration.minutes(5) }),
    comparison: GREATER_THAN_THRESHOLD,
    threshold: 0,
    periods: 3,
  });
}

/**
 * SES reviews an account at 5 % bounces or 0.1 % complaints. These thresholds leave time to act.
 * Both rates are the account's, for all senders together.
 */
const reputation = [
  { heading: 'bounces', impact: impacts.bounces, metricName: 'Reputation.BounceRate', threshold: 0.03 },
  { heading: 'complaints', impact: impacts.complaints, metricName: 'Reputation.ComplaintRate', threshold: 0.0005 },
];
