import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MetricLine, metricLedger } from '../../local/logs/metric-ledger.ts';
import { aRunningStack, type TestStack } from '../support/running-stack.ts';

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

describe('what the functions count while a digest is sent', () => {
  let stack: TestStack;
  let metrics: readonly MetricLine[];
  const of = (name: string, by: Record<string, string> = {}) =>
    metrics.find(
      (line) => line.name === name && JSON.stringify(line.dimensions) === JSON.stringify({ service: 'afterword-laptop', ...by }),
    );

  beforeAll(async () => {
    stack = await aRunningStack();
    const distribution = await readFile('samples/distribution.yaml', 'utf8');
    await stack.call('PUT', '/operator/configuration', distribution, { 'content-type': 'text/yaml' });
    await stack.importPeople(
      ['ada', 'lin', 'no-such'].map((name) => ({ address: `${name}@example.com`, role: 'engineering', team: 'Storefront' })),
    );
    await stack.call('PUT', '/postmortems/pm-1', { title: 'A failover', severity: 'sev2', publishedAt: '2026-11-18T10:00:00Z' });
    await stack.call('PUT', '/postmortems/pm-2', { title: '' });
    await stack.call('PUT', '/_local/faults', { ses: { reject: ['no-such@example.com'], throttle: 0.4 } });
    await stack.runDigest('2026-11-23T08:00:00Z');
    await stack.drain();
    await stack.call('POST', '/_local/schedules/sweep/run', {});
    metrics = (await stack.call('GET', '/_local/metrics')).body;
  });
  afterAll(() => stack.stop());

  it('is every mail by what became of it, on its lane', () => {
    expect(of('MailsAccepted', { lane: 'bulk' })?.sum).toBe(2);
    expect(of('MailsRefused', { lane: 'bulk' })?.sum).toBe(1);
    expect(of('MailsDelivered')?.sum).toBe(2);
  });

  it('is every call that SES throttled', async () => {
    const { throttled } = (await stack.call('GET', '/_local/faults')).body;

    expect(of('SendsThrottled')?.sum ?? 0).toBe(throttled);
  });

  it('is the edition, its time and its size', () => {
    expect(of('EditionsComposed', { stream: 'engineering-digest' })?.sum).toBe(1);
    expect(of('ComposingTime', { stream: 'engineering-digest' })).toMatchObject({ unit: 'Milliseconds', samples: 1 });
    expect(of('EditionHtml')?.latest).toBeGreaterThan(5000);
  });

  it('is each postmortem, taken or refused', () => {
    expect([of('PostmortemsTaken')?.sum, of('PostmortemsRefused')?.sum]).toEqual([1, 1]);
  });

  it('is nothing of what sweep watches while all is well: each would be paid for all month', () => {
    expect(['MissingEditions', 'AlertsUnsent'].map((name) => of(name))).toEqual([undefined, undefined]);
  });

  it('names nobody and nothing', () => {
    expect(JSON.stringify(metrics)).not.toMatch(/@|ada|pm-1|W47/);
  });
});
