import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  LogQueryVisualizationType,
  LogQueryWidget,
  MathExpression,
  Metric,
  PeriodOverride,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { lanes } from '../core/stream/stream.ts';
import { ourMetric } from './our-metric.ts';
import type { StageContext } from './stage-context.ts';

const always = [...lanes, 'compose', 'events', 'relevance'];
const functions = [
  'intake',
  'operator',
  'scim',
  'home',
  'web',
  'web-customers',
  'compose',
  ...lanes.map((lane) => `deliver-${lane}`),
  'feedback',
  'sweep',
  'drift',
  'relevance',
];
const period = Duration.minutes(5);

/** One page for the person on call: the alarms, how mail leaves, what waits and what failed. */
export function addDashboard({ stack, alarms, front, distribution, settings }: StageContext, runbook: string | undefined): void {
  const { stackName } = stack;
  const slack = settings.slack ? ['slack'] : [];
  const remind = distribution.reminders ? ['remind'] : [];
  const collect = settings.connectors ? ['collect'] : [];
  const hooks = settings.connectors ? ['hooks'] : [];
  const queues = [...always, ...slack, ...collect];
  const drafts = settings.slack?.signing === undefined ? [] : ['drafts'];
  const streams = Object.keys(distribution.streams);
  const byLane = (name: 'MailsAccepted' | 'MailsRefused' | 'MailsInDoubt' | 'MailsSkipped' | 'MailsPutBack', what: string) =>
    lanes.map((lane) => ourMetric(name, { stackName, label: `${lane} ${what}` }, lane));
  const sum = (name: Plain, label: string) => ourMetric(name, { stackName, label });
  const highest = (name: Plain, label: string) => ourMetric(name, { stackName, statistic: 'Maximum', label });
  const ofQueues = (metricName: string) =>
    queues.map((name) => aws('SQS', metricName, { QueueName: `${stackName}-${name}` }, 'Maximum', name));
  const ofFunctions = (metricName: string, names = [...functions, ...slack, ...drafts, ...remind, ...collect, ...hooks]) =>
    names.map((name) => aws('Lambda', metricName, { FunctionName: `${stackName}-${name}` }, 'Sum', name));

  new Dashboard(stack, 'Dashboard', { dashboardName: stackName, periodOverride: PeriodOverride.AUTO }).addWidgets(
    new TextWidget({ width: 24, height: 3, markdown: introduction(stackName, runbook) }),
    new AlarmStatusWidget({ title: 'Alarms', width: 24, height: 4, alarms: alarms.alarms }),
    graph('Mails accepted', byLane('MailsAccepted', 'accepted')),
    graph('Refused and in doubt', [...byLane('MailsRefused', 'refused'), ...byLane('MailsInDoubt', 'in doubt')]),
    graph('Skipped and put back', [...byLane('MailsSkipped', 'skipped'), ...byLane('MailsPutBack', 'put back')]),
    graph('Messages that wait', ofQueues('ApproximateNumberOfMessagesVisible')),
    graph('Age of the oldest message, seconds', ofQueues('ApproximateAgeOfOldestMessage')),
    graph('Throttles', [sum('SendsThrottled', 'calls of SES'), ...ofFunctions('Throttles')]),
    graph('What became of mails', [
      sum('MailsDelivered', 'delivered'),
      sum('MailsBounced', 'bounced'),
      sum('MailsComplained', 'complained of'),
      sum('PeopleSuppressed', 'people suppressed'),
      sum('EventsParked', 'events parked'),
    ]),
    graph('Reputation of the account', [
      aws('SES', 'Reputation.BounceRate', {}, 'Maximum', 'bounces'),
      aws('SES', 'Reputation.ComplaintRate', {}, 'Maximum', 'complaints'),
    ]),
    graph('Postmortems', [sum('PostmortemsTaken', 'taken in'), sum('PostmortemsRefused', 'refused')]),
    graph('Editions composed', [
      ...streams.map((stream) => ourMetric('EditionsComposed', { stackName, label: stream }, stream)),
      highest('MissingEditions', 'missing'),
      ...(distribution.reminders ? [highest('RemindersLate', 'days without reminders')] : []),
    ]),
    // Read from the heartbeats when somebody opens the page. As metrics, written each minute, they
    // would cost money all month.
    new LogQueryWidget({
      title: 'Open work',
      width: 8,
      height: 6,
      view: LogQueryVisualizationType.LINE,
      logGroupNames: [`/aws/lambda/${stackName}-sweep`],
      queryLines: ['filter message = "heartbeat"', 'stats max(editions) as open_editions, max(outboxes) as outboxes_owed by bin(5m)'],
    }),
    graph('Age of the oldest open edition, seconds', [highest('OldestOpenEdition', 'oldest')]),
    graph(
      'Composing, milliseconds',
      streams.map((stream) => ourMetric('ComposingTime', { stackName, statistic: 'Maximum', label: stream }, stream)),
    ),
    graph('HTML of an edition, bytes', [highest('EditionHtml', 'largest')]),
    graph('Sweep’s heartbeat', [endedWell(ofFunctions('Invocations', ['sweep']), ofFunctions('Errors', ['sweep']))]),
    graph('Errors', [...ofFunctions('Errors'), front.failed()]),
  );
}

type Plain =
  | 'SendsThrottled'
  | 'EditionHtml'
  | 'PostmortemsTaken'
  | 'PostmortemsRefused'
  | 'MailsDelivered'
  | 'MailsBounced'
  | 'MailsComplained'
  | 'PeopleSuppressed'
  | 'EventsParked'
  | 'OldestOpenEdition'
  | 'MissingEditions'
  | 'RemindersLate';

const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 8, height: 6, leftYAxis: { min: 0 } });

const aws = (service: string, metricName: string, dimensionsMap: Record<string, string>, statistic: string, label: string) =>
  new Metric({ namespace: `AWS/${service}`, metricName, dimensionsMap, statistic, label, period });

const endedWell = ([runs]: readonly Metric[], [errors]: readonly Metric[]) =>
  new MathExpression({
    expression: 'runs - errors',
    label: 'runs that ended well',
    period,
    usingMetrics: { ...(runs && { runs }), ...(errors && { errors }) },
  });

const introduction = (stackName: string, runbook: string | undefined) => {
  const where = runbook === undefined ? 'docs/operations.md' : `[docs/operations.md](${runbook})`;
  return `# ${stackName}\nWhat each alarm means, where to look and what to do stands under the alarm’s heading in ${where}. The exact counts of an edition are those of \`afterword edition <id>\`: what is counted here is lost when a worker is killed.`;
};
