import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { definitionOf, type MetricName, metrics } from '../../core/metric/metric.ts';
import { lanes } from '../../core/stream/stream.ts';
import { aStage, type Json, the } from '../support/stage-under-test.ts';

interface Shown {
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Its file has everything that brings a metric of its own. */
const stage = aStage('production', { distribution: fileURLToPath(new URL('../../samples/distribution.yaml', import.meta.url)) });
const ofFilters = stage.all('AWS::Logs::MetricFilter').flatMap(({ properties }) => properties.MetricTransformations[0].MetricName);
const isOurs = (name: string) => !ofFilters.includes(name);

const inAlarms: Shown[] = stage
  .all('AWS::CloudWatch::Alarm')
  .filter(({ properties: { Namespace, MetricName } }) => Namespace === 'Afterword' && isOurs(MetricName))
  .map(({ properties: { MetricName, Dimensions } }) => ({
    name: MetricName,
    dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }: Json) => [Name, Value])),
  }));

const dashboard = JSON.parse(bodyOf(the(stage.all('AWS::CloudWatch::Dashboard')).properties.DashboardBody));
const rows: Json[][] = dashboard.widgets.flatMap(({ properties }: Json) => properties.metrics ?? []);
const onDashboard: Shown[] = rows
  .filter(([namespace]) => namespace === 'Afterword')
  .map(([, name, ...rest]) => ({ name, dimensions: pairs(rest) }));

describe('a metric of ours in an alarm or on the dashboard', () => {
  it('is one that functions write, told by exactly what they tell it by', () => {
    const told = ({ name, dimensions }: Shown) => ({ name, by: Object.keys(dimensions).toSorted(), service: dimensions.service });
    const known = Object.keys(metrics).map((name) => {
      const { by } = definitionOf(name as MetricName);
      return { name, by: ['service', ...(by ? [by] : [])].toSorted(), service: 'afterword-production' };
    });

    expect(inAlarms.map(({ name }) => name).toSorted()).toEqual([
      'AlertsUnsent',
      'MissingEditions',
      'NoticesWait',
      'OldestOpenEdition',
      'RemindersLate',
      'SendsThrottled',
      'UpdatesLate',
    ]);
    for (const shown of [...inAlarms, ...onDashboard]) expect(known).toContainEqual(told(shown));
  });

  it('is told by lanes and streams that there are', () => {
    const streams = ['engineering-digest', 'sev1-alerts', 'leadership-brief', 'customer-impact', 'relevant-incidents', 'customer-notices'];
    const named = onDashboard.flatMap(({ dimensions: { lane, stream } }) => [lane, stream].filter((one) => one !== undefined));

    expect(named.filter((one) => !(lanes as readonly string[]).includes(one) && !streams.includes(one))).toEqual([]);
  });

  it('is counted by a function', () => {
    expect(Object.keys(metrics).filter((name) => !counting.includes(`'${name}'`))).toEqual([]);
  });
});

it('shows every metric that is paid for', () => {
  const shown = new Set([...inAlarms, ...onDashboard].map(({ name }) => name));

  expect(Object.keys(metrics).filter((name) => !shown.has(name))).toEqual([]);
});

it('draws every queue that holds work and every function, by the names that the stack gives them', () => {
  const drawn = rows.map(([, , ...rest]) => pairs(rest));
  const named = (member: string) => new Set(drawn.flatMap((dimensions) => dimensions[member] ?? []));
  const queues = stage.all('AWS::SQS::Queue').map(({ properties }) => properties.QueueName);

  expect(named('QueueName')).toEqual(new Set(queues.filter((name) => !name.endsWith('-dead-letters'))));
  expect(named('FunctionName')).toEqual(new Set(stage.all('AWS::Lambda::Function').map(({ properties }) => properties.FunctionName)));
});

/** The sources of every function, in which each count names its metric. */
const counting = sourcesOf(fileURLToPath(new URL('../../lambdas', import.meta.url)));

function sourcesOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
}

/** What CloudFormation would fill in becomes `<name>`. */
function bodyOf(body: Json): string {
  if (typeof body === 'string') return body;
  return body['Fn::Join'][1]
    .map((part: Json) => (typeof part === 'string' ? part : `<${part.Ref ?? part['Fn::GetAtt'].join('.')}>`))
    .join('');
}

/** `['lane', 'bulk', { stat: … }]` is `{ lane: 'bulk' }`. */
function pairs(flat: readonly Json[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (let i = 0; typeof flat[i] === 'string'; i += 2) found[flat[i]] = flat[i + 1];
  return found;
}
