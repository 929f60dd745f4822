import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const module = new URL('../../../lambdas/shared/metrics.ts', import.meta.url).href;

/**
 * What a function of the stage `afterword-test` writes to its log while it handles these events,
 * one after the other.
 */
async function written(handlerBody: string, ...events: readonly string[]) {
  const script = `
    const { count, measure, withMetrics, writeMetrics } = await import(${JSON.stringify(module)});
    const handler = withMetrics(async (event) => { ${handlerBody} });
    for (const event of ${JSON.stringify(events)}) await handler(event).catch(() => {});`;
  const env = { POWERTOOLS_SERVICE_NAME: 'afterword-test' };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
  const lines = stdout.split('\n').filter(Boolean);
  return lines.map((line) => {
    const { _aws, ...values } = JSON.parse(line);
    const [told] = _aws.CloudWatchMetrics;
    return { namespace: told.Namespace, dimensions: told.Dimensions, values, units: told.Metrics };
  });
}

it('writes sums of an invocation, each with its unit, under the stack and what tells it apart', async () => {
  const lines = await written(
    `
    count('MailsAccepted', 2, 'bulk'); count('MailsAccepted', 3, 'bulk'); count('MailsAccepted', 1, 'urgent');
    count('SendsThrottled', 4); measure('OldestOpenEdition', 7);`,
    'one',
  );

  expect(lines.map(({ namespace, dimensions, values }) => ({ namespace, dimensions, values }))).toEqual([
    { namespace: 'Afterword', dimensions: [['service', 'lane']], values: { service: 'afterword-test', lane: 'bulk', MailsAccepted: 5 } },
    { namespace: 'Afterword', dimensions: [['service', 'lane']], values: { service: 'afterword-test', lane: 'urgent', MailsAccepted: 1 } },
    {
      namespace: 'Afterword',
      dimensions: [['service']],
      values: { service: 'afterword-test', SendsThrottled: 4, OldestOpenEdition: 7 },
    },
  ]);
  expect(lines[2]?.units).toEqual([
    { Name: 'SendsThrottled', Unit: 'Count' },
    { Name: 'OldestOpenEdition', Unit: 'Seconds' },
  ]);
});

it('writes what was counted before the handler threw, and does not count it again in the next invocation', async () => {
  const lines = await written(`count('MailsAccepted', 1, event); if (event === 'bulk') throw new Error('no');`, 'bulk', 'urgent');

  expect(lines.map(({ values }) => values.lane)).toEqual(['bulk', 'urgent']);
});

it('writes nothing for an invocation that counted nothing, and nought only where it says how something stands', async () => {
  const lines = await written(`if (event === 'idle') return; count('MailsBounced', 0); measure('OldestOpenEdition', 0);`, 'idle', 'sweep');

  expect(lines.map(({ values }) => values)).toEqual([{ service: 'afterword-test', OldestOpenEdition: 0 }]);
});

it('writes what was counted before something that may be killed, and does not write it again at the end', async () => {
  const lines = await written(`measure('MissingEditions', 2); writeMetrics(); measure('AlertsUnsent', 1);`, 'sweep');

  expect(lines.map(({ values }) => values)).toEqual([
    { service: 'afterword-test', MissingEditions: 2 },
    { service: 'afterword-test', AlertsUnsent: 1 },
  ]);
});
