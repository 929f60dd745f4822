import { describe, expect, it } from 'vitest';
import { leaseSeconds } from '../../core/directory/lease.ts';
import { lanes } from '../../core/stream/stream.ts';
import { twoRunsMs } from '../../core/sweep/walk-editions.ts';
import { aStage, stageNames, the } from '../support/stage-under-test.ts';

describe.each(stageNames)('the durations of %s', (name) => {
  const stage = aStage(name);
  const variables = (fn: string) => stage.fn(fn).properties.Environment.Variables;
  const timeout = (fn: string): number => stage.fn(fn).properties.Timeout;

  it.each(lanes)('nest on the %s lane: twice a request < function < lease < visibility', (lane) => {
    const request = Number(variables(`deliver-${lane}`).REQUEST_TIMEOUT_MS) / 1000;
    const lease = Number(variables(`deliver-${lane}`).LEASE_SECONDS);
    const visibility: number = stage.queue(lane).properties.VisibilityTimeout;

    expect(2 * request).toBeLessThan(timeout(`deliver-${lane}`));
    expect(timeout(`deliver-${lane}`)).toBeLessThan(lease);
    expect(lease).toBeLessThan(visibility);
  });

  it('let no request of the directory write after the lease of its groups has ended', () => {
    expect(timeout('scim')).toBeLessThan(leaseSeconds);
  });

  it.each(lanes)('let no run of the %s lane that read before an edition was superseded outlast the wait of its successor', (lane) => {
    const delay = Number(variables('compose').LEASE_SECONDS);

    expect(timeout(`deliver-${lane}`)).toBeLessThan(delay);
    expect(delay).toBeLessThan(twoRunsMs / 1000);
  });

  it('hide a message for six times the timeout of the function that handles it', () => {
    for (const { properties } of stage.all('AWS::Lambda::EventSourceMapping')) {
      const fn = the(stage.resources.filter(({ id }) => id === properties.FunctionName.Ref));
      const queue = the(stage.resources.filter(({ id }) => id === properties.EventSourceArn['Fn::GetAtt'][0]));

      expect(queue.properties.VisibilityTimeout).toBe(6 * fn.properties.Timeout);
    }
  });

  it('put the cut-off behind every write to a profile that web can have under way', () => {
    expect(Number(variables('compose').PROFILE_WRITER_SECONDS)).toBeGreaterThanOrEqual(Math.max(timeout('web'), timeout('web-customers')));
  });

  it('let HTTP functions answer before the API gives up', () => {
    for (const fn of ['intake', 'operator', 'home', 'web', 'web-customers']) expect(timeout(fn)).toBeLessThan(30);
  });

  it('end one sweep before the next begins', () => {
    expect(timeout('sweep')).toBeLessThan(60);
  });
});

it('are those of the contract on a laptop', () => {
  const laptop = aStage('laptop');
  const { REQUEST_TIMEOUT_MS, LEASE_SECONDS, GRACE_SECONDS } = laptop.fn('deliver-bulk').properties.Environment.Variables;

  expect({ REQUEST_TIMEOUT_MS, LEASE_SECONDS, GRACE_SECONDS }).toEqual({
    REQUEST_TIMEOUT_MS: '2000',
    LEASE_SECONDS: '7',
    GRACE_SECONDS: '5',
  });
  expect(laptop.fn('deliver-bulk').properties.Timeout).toBe(5);
  expect(laptop.queue('bulk').properties.VisibilityTimeout).toBe(30);
});
