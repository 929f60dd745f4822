import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type By, definitionOf, type MetricName, metricNamespace } from '../core/metric/metric.ts';

interface Telling {
  readonly stackName: string;
  /** @default Sum */
  readonly statistic?: 'Sum' | 'Maximum' | 'Average';
  readonly label?: string;
}

/**
 * A metric that our functions write, with the dimension that they use. Another lane, or none, would
 * be a different and empty metric.
 */
export function ourMetric<Name extends MetricName>(
  name: Name,
  { stackName, statistic = 'Sum', label }: Telling,
  ...[by]: By<Name>
): Metric {
  const dimension = definitionOf(name).by;
  return new Metric({
    namespace: metricNamespace,
    metricName: name,
    dimensionsMap: { service: stackName, ...(dimension && by && { [dimension]: by }) },
    statistic,
    period: Duration.minutes(5),
    ...(label && { label }),
  });
}
