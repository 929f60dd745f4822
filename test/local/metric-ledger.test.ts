import { describe, expect, it } from 'vitest';
import { metricLedger } from '../../local/logs/metric-ledger.ts';

describe('a line that a function wrote', () => {
  const embedded = (values: Record<string, unknown>) =>
    JSON.stringify({
      _aws: { Timestamp: 1, CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [['service']], Metrics: [{ Name: 'M', Unit: 'Count' }] }] },
      service: 's',
      ...values,
    });

  it('is added up when it is one of metrics', () => {
    const ledger = metricLedger();
    expect([embedded({ M: [2, 3] }), embedded({ M: 1 })].map(ledger.take)).toEqual([true, true]);
    expect(ledger.lines()).toEqual([
      { namespace: 'N', name: 'M', unit: 'Count', dimensions: { service: 's' }, samples: 3, sum: 6, maximum: 3, latest: 1 },
    ]);
  });

  it.each(['{"level":"INFO"}', '{"_aws', '{"_aws":{}}', 'plain'])('is left to people otherwise: %s', (line) => {
    expect(metricLedger().take(line)).toBe(false);
  });
});
