import { Metrics } from '@aws-lambda-powertools/metrics';
import { type By, definitionOf, type MetricName, metricNamespace } from '../../core/metric/metric.ts';

/** The stack's name arrives as POWERTOOLS_SERVICE_NAME and becomes the dimension `service`. */
const emf = new Metrics({ namespace: metricNamespace });

/**
 * What this invocation has counted, by lane or stream. Values of one lane or stream are written
 * together, because one line of the log has one set of dimensions.
 */
const counted = new Map<string, { name: MetricName; value: number }[]>();

/**
 * Adds to a sum. Zero is not written: CloudWatch bills a metric for each hour in which it is
 * written.
 */
export const count = <Name extends MetricName>(name: Name, value: number, ...[by = '']: By<Name>): void => {
  const before = valuesBy(by).find((one) => one.name === name);
  if (before) before.value += value;
  else if (value > 0) valuesBy(by).push({ name, value });
};

/**
 * Writes how something stands, zero included. Callers that run each minute leave out what is as it
 * should be.
 */
export const measure = <Name extends MetricName>(name: Name, value: number, ...[by = '']: By<Name>): void =>
  void valuesBy(by).push({ name, value });

const valuesBy = (by: string) => {
  const values = counted.get(by) ?? [];
  counted.set(by, values);
  return values;
};

/**
 * Wraps a handler so that its counts are written when it ends, even if it throws. A run that is
 * killed loses its counts. They are for graphs and alarms; the exact counts are in the ledger.
 */
export const withMetrics =
  <Args extends readonly unknown[], Answer>(handler: (...args: Args) => Promise<Answer>) =>
  async (...args: Args): Promise<Answer> => {
    try {
      return await handler(...args);
    } finally {
      writeMetrics();
    }
  };

/** Writes what was counted so far. For callers that go on with something that may be killed. */
export function writeMetrics(): void {
  for (const [by, values] of counted) {
    if (values.length === 0) continue;
    const dimensions = new Set(values.flatMap(({ name }) => definitionOf(name).by ?? []));
    for (const dimension of dimensions) emf.addDimension(dimension, by);
    for (const { name, value } of values) emf.addMetric(name, definitionOf(name).unit, value);
    emf.publishStoredMetrics();
  }
  counted.clear();
}
