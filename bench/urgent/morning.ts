import { aStack, halfOfPuts, type Published, pause, people, publish, quantilesOf, toldTruth, tookOf } from './alerts.ts';

export interface Morning {
  /** Alerts alone: half of them before the reminders, half after. */
  readonly alone: number;
  readonly rate: number;
  readonly leaders: number;
  /** People with an action item that is due on this day. */
  readonly owners: number;
}

/** Five minutes past eight in Berlin, on a Tuesday. */
const startsAt = new Date('2026-12-08T07:05:00Z');
const today = '2026-12-08';
const everyMs = 1250;
const actionsEach = 10;

/**
 * Publishes a Sev-1 every 1.25 seconds while the reminders of a morning leave, and on the same stack
 * alone before and after that, and answers a row for each and one of their ratios.
 */
export async function measureMorning({ alone, rate, leaders, owners }: Morning) {
  const stack = await aStack(leaders, rate, { startsAt });
  // A run that would mail more than a fifth of the staff mails nobody.
  await stack.importPeople([...people(owners, 'owner', 'none'), ...people(5 * owners, 'colleague', 'none')]);
  for (let from = 0; from < owners; from += actionsEach) {
    const actionItems = Array.from({ length: Math.min(actionsEach, owners - from) }, (_, n) => ({
      title: `The runbook names the machine ${from + n}`,
      assignee: `owner${from + n}@example.com`,
      due: today,
      status: 'open',
    }));
    const promised = { title: `The replica ${from} was late`, severity: 'sev3', publishedAt: '2026-12-01T10:00:00Z', actionItems };
    const { status, body } = await stack.call('PUT', `/postmortems/promise-${from}`, promised);
    if (status !== 201) throw new Error(JSON.stringify(body));
  }
  await stack.drain();

  let count = 0;
  const publishNext = async (): Promise<Published> => {
    const began = performance.now();
    const published = await publish(stack, `down-${count++}`);
    await pause(Math.max(0, everyMs - (performance.now() - began)));
    return published;
  };
  const several = async (many: number): Promise<Published[]> => {
    const published: Published[] = [];
    while (published.length < many) published.push(await publishNext());
    await toldTruth(stack, published, leaders);
    return published;
  };
  const reminders = async () =>
    (await stack.truth()).flatMap(({ edition, acceptedAt }) => (edition.startsWith('service_reminders_') ? [Date.parse(acceptedAt)] : []));

  // What runs first warms the functions and does not count.
  await several(5);
  const before = await several(Math.ceil(alone / 2));
  const eight = stack.now().getTime();
  await stack.runSchedule('remind', new Date(eight).toISOString());
  const amid: Published[] = [];
  const most = 10 * owners;
  while (amid.length < most && (await reminders()).length < owners) for (let n = 0; n < 5; n += 1) amid.push(await publishNext());
  const reminded = await reminders();
  if (reminded.length !== owners) throw new Error(`${reminded.length} of ${owners} owners were reminded`);
  const [first, last] = [Math.min(...reminded), Math.max(...reminded)];
  const after = await several(Math.floor(alone / 2));
  const truth = await toldTruth(stack, amid, leaders);
  const { throttled } = (await stack.call('GET', '/_local/faults')).body;
  await stack.stop();

  const row = (alerts: string, published: readonly Published[]) => {
    const took = tookOf(published, truth);
    return { alerts: `${published.length} ${alerts}`, ...quantilesOf(took), 'the PUT, half': halfOfPuts(published) };
  };
  const beside = amid.filter(({ answeredAt }) => answeredAt < last);
  const rows = [row('alone', [...before, ...after]), row(`while ${owners} people are reminded`, beside)] as const;
  const ratios = Object.fromEntries(
    (['half, s', '95 %', '99 %', 'worst', 'the PUT, half'] as const).map((name) => [name, (rows[1][name] / rows[0][name]).toFixed(2)]),
  );
  return {
    rows: [...rows, { alerts: 'the second to the first', ...ratios }],
    said: `${owners} reminders accepted ${seconds(first - eight)} to ${seconds(last - eight)} s after the run began; ${throttled} calls throttled`,
  };
}
const seconds = (ms: number) => (ms / 1000).toFixed(1);
