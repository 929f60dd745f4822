import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MetricLine } from '../../local/logs/metric-ledger.ts';
import { afterword } from '../support/command-line.ts';
import { distributionYaml } from '../support/distribution.ts';
import { aRunningStack, type TestStack } from '../support/running-stack.ts';

const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
const simulated = (name: string) => `lee+simulate-${name}@example.com`;

const team = (name: string) => ({ role: 'engineer', team: name });
const inPayments = (...names: string[]) => names.map((name) => ({ address: `${name}@example.com`, ...team('Payments') }));

let stack: TestStack;
beforeAll(async () => {
  stack = await aRunningStack();
  await stack.call('PUT', '/operator/configuration', distributionYaml, { 'content-type': 'text/yaml' });
});
afterAll(() => stack.stop());

const week = async (pm: string, publishedAt: string, at: string) => {
  await stack.call('PUT', `/postmortems/${pm}`, { title: `It failed: ${pm}`, severity: 'sev3', publishedAt });
  await stack.runDigest(at);
  await stack.drain();
};
const mailedTo = async (address: string) => (await stack.truth()).filter(({ to }) => to === address).length;
const suppressed = async () => {
  const { body } = await stack.call('GET', '/operator/people');
  return Object.fromEntries(
    body.people.flatMap((one: { address: string; suppressed?: { reason: string } }) =>
      one.suppressed ? [[one.address, one.suppressed.reason]] : [],
    ),
  );
};
const open = async (name: string, agent: string) => {
  const { body } = await stack.call('GET', `/_local/inbox?to=${name}@example.com&limit=1`);
  await stack.call('POST', `/_local/inbox/${body[0].id}/open`, undefined, { 'user-agent': agent });
};
const reach = async (edition: string) => (await stack.call('GET', `/operator/editions/${edition}/reach`)).body;

describe('what the functions count while a digest is sent', () => {
  let metrics: readonly MetricLine[];
  let throttled: number;
  const of = (name: string, by: Record<string, string> = {}) =>
    metrics.find(
      (line) => line.name === name && JSON.stringify(line.dimensions) === JSON.stringify({ service: 'afterword-laptop', ...by }),
    );

  beforeAll(async () => {
    await stack.importPeople(inPayments('ada', 'kim', 'lin'));
    await stack.call('PUT', '/postmortems/counted', { title: 'A failover', severity: 'sev2', publishedAt: '2026-11-11T10:00:00Z' });
    await stack.call('PUT', '/postmortems/refused', { title: '' });
    await stack.call('PUT', '/_local/faults', { ses: { reject: ['kim@example.com'], throttle: 0.4 } });
    await stack.runDigest('2026-11-16T08:00:00Z');
    await stack.drain();
    await stack.call('POST', '/_local/schedules/sweep/run', {});
    metrics = (await stack.call('GET', '/_local/metrics')).body;
    ({ throttled } = (await stack.call('GET', '/_local/faults')).body);
  });

  it('is every mail by what became of it, on its lane', () => {
    expect(of('MailsAccepted', { lane: 'bulk' })?.sum).toBe(2);
    expect(of('MailsRefused', { lane: 'bulk' })?.sum).toBe(1);
    expect(of('MailsDelivered')?.sum).toBe(2);
  });

  it('is every call that SES throttled', () => {
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
    expect(JSON.stringify(metrics)).not.toMatch(/@|ada|counted|W46/);
  });
});

it('mails nobody again who bounced for good or complained', async () => {
  // Sweep stores the rate: without it a mail a second leaves, as in the sandbox.
  await stack.call('PUT', '/_local/faults', { ses: { maxSendRate: 100 } });
  await stack.call('POST', '/_local/schedules/sweep/run', {});
  await stack.importPeople([
    ...inPayments('ada', 'bob', 'eve', 'kim', 'lin'),
    ...['bounce', 'complaint', 'suppressionlist'].map((name) => ({ address: simulated(name), ...team('Search') })),
  ]);
  await week('pm-1', '2026-11-18T10:00:00Z', '2026-11-23T08:00:00Z');
  expect(await suppressed()).toEqual({
    [simulated('bounce')]: 'permanent bounce',
    [simulated('complaint')]: 'complaint',
    [simulated('suppressionlist')]: 'permanent bounce',
  });

  await week('pm-2', '2026-11-25T10:00:00Z', '2026-11-30T08:00:00Z');
  const { body } = await stack.call('GET', '/operator/editions/engineering-digest_2026-W48');
  expect(body.counts).toEqual({ accepted: 5, 'skipped: suppressed': 3 });
  expect(await mailedTo(simulated('bounce'))).toBe(1);
});

it('mails somebody again whose suppression an operator lifted, until the next bounce', async () => {
  const lift = await afterword([
    'people',
    'lift',
    simulated('bounce'),
    '--reason',
    'the mailbox is there',
    '--api',
    stack.url,
    '--key',
    'local',
  ]);
  expect(lift).toMatchObject({ code: 0, stdout: expect.stringContaining('gets mail again') });
  expect(await suppressed()).not.toHaveProperty([simulated('bounce')]);
  await week('pm-3', '2026-12-02T10:00:00Z', '2026-12-07T08:00:00Z');
  expect(await mailedTo(simulated('bounce'))).toBe(2);
  expect(await suppressed()).toHaveProperty([simulated('bounce')], 'permanent bounce');
});

it('estimates opens by team, keeps the best label of each mail, and tells nobody’s', async () => {
  await week('pm-4', '2026-12-09T10:00:00Z', '2026-12-14T08:00:00Z');
  await open('ada', chrome);
  await open('bob', 'Mozilla/5.0');
  await stack.drain();
  const edition = 'engineering-digest_2026-W50';
  expect((await reach(edition)).opens).toEqual({ 'likely human': 0, machine: 2, unknown: 0 });

  await stack.call('POST', '/_local/clock', { advance: 'PT1H' });
  await open('ada', chrome);
  await open('eve', 'something unheard of <script>');
  await stack.drain();
  expect(await reach(edition)).toEqual({
    mails: 5,
    states: { delivered: 5 },
    opens: { 'likely human': 1, machine: 1, unknown: 1 },
    teams: [{ team: 'Payments', mails: 5, opens: { 'likely human': 1, machine: 1, unknown: 1 } }],
  });
  const ran = await afterword(['edition', edition, '--api', stack.url, '--key', 'local']);
  expect(ran.stdout).toContain('opened (estimate): 1 likely human, 1 machine, 1 unknown');
  expect(ran.stdout).not.toMatch(/@|Chrome|script/);
});

it('puts no pixel into a mail where the stream asks for none', async () => {
  const silent = distributionYaml.replace('    subscribe: [engineer]', '    subscribe: [engineer]\n    tracking: none');
  await stack.call('PUT', '/operator/configuration', silent, { 'content-type': 'text/yaml' });
  await week('pm-5', '2026-12-16T10:00:00Z', '2026-12-21T08:00:00Z');
  const { body } = await stack.call('GET', '/_local/inbox?to=ada@example.com&limit=2');
  expect(
    body.map((mail: { html: string; configurationSet: string }) => [mail.configurationSet, mail.html.includes('/_local/pixel/')]),
  ).toEqual([
    ['afterword-laptop-internal-untracked', false],
    ['afterword-laptop-internal', true],
  ]);
  expect(body[0].html).not.toContain('openTracker');
});
