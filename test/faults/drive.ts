import { readFile } from 'node:fs/promises';
import { periodBefore } from '../../core/calendar/recurring.ts';
import { scheduledEditionId, tellingId } from '../../core/edition/edition-id.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { chanceOf } from '../../local/faults/chance.ts';
import type { TestStack } from '../support/running-stack.ts';
import { waitedFor } from '../support/waited-for.ts';
import type { Exclusion, Pause } from './check/history.ts';
import type { Mix } from './mixes.ts';
import { giveWishes } from './reader-choices.ts';
import { teamOfReader, tellTeams } from './relevant-cards.ts';
import { promise, remindedAtLast, remindUnderFaults } from './reminding.ts';
import { messagesIn, pause, workQueues } from './settle.ts';
import { untilTaken } from './until-taken.ts';

/** How much is sent: several digests to all readers, and some alerts to a few leaders. */
export interface Load {
  readonly deliveries: number;
  readonly seed: number;
  readonly maxSendRate: number;
  readonly mix: Mix;
}

export interface Driven {
  /** Editions that a caller was promised. */
  readonly promised: readonly string[];
  readonly exclusions: readonly Exclusion[];
  /** Incidents that were revised while their mails left. */
  readonly revised?: readonly string[];
  readonly pauses?: readonly Pause[];
}

const digests = 4;
/** Of the deliveries, with the updates. */
const shareOfAlerts = { once: 0.1, revised: 0.5 };
/** Readers of a revised alert at least, so that it does not leave in one moment. */
const fewestLeaders = { once: 2, revised: 12 };
const reviseEveryMs = 1300;
/** A paused incident is resumed when its next mail would have left. */
const pausedMs = 10_000;
/**
 * Digests are run again this much later, while the messages of the first run are still being
 * handled.
 */
const repeatAfterMs = 400;
const sweepEveryMs = 2000;
/** Times at which readers are suspended, and the share of the mails that has left at the last of them. */
const mostLeaves = 20;
const latestShare = 0.8;
/** Mails a second. A slower run counts as stuck. */
const slowestRate = 25;
/** In a longer run, functions are killed less often. Otherwise they would spend it on restarts. */
const usualDeliveries = 20_000;
const killed = [
  'deliver-bulk',
  'feedback',
  'deliver-bulk',
  'deliver-urgent',
  'compose',
  'deliver-bulk',
  'sweep',
  'intake',
  'operator',
  'remind',
];

/**
 * Publishes, sends and disturbs until nearly everything is sent, then clears the faults. `settle`
 * finishes the rest.
 */
export async function drive(stack: TestStack, load: Load): Promise<Driven> {
  const { deliveries, seed, maxSendRate, mix } = load;
  const { revising = 0, reminding = 0 } = mix;
  const how = revising > 0 ? 'revised' : 'once';
  const readers = Math.max(1, Math.round((deliveries * (1 - shareOfAlerts[how])) / digests));
  const leaders = Math.max(fewestLeaders[how], Math.min(50, Math.round(deliveries / 100)));
  const alerts = Math.max(1, Math.round((deliveries * shareOfAlerts[how]) / leaders / (1 + revising)));
  const ids = Array.from({ length: alerts }, (_, n) => `alert-${n}`);
  const weeks = lastMondays(stack.now(), digests);

  await prepared(stack, readers, leaders);
  for (const { at, id } of weeks) for (const n of [1, 2, 3]) await untilTaken(stack, 'PUT', `/postmortems/${id}-${n}`, aPostmortem(at, n));
  for (const { id } of weeks) await tellTeams(stack.table, id);
  await giveWishes(
    stack.table,
    (await readersOf(stack)).map(({ sid }) => sid),
  );
  const people = await readersOf(stack);
  const chance = chanceOf(seed);
  const owners = people.filter(({ address }) => chance(address).hits('reminding', reminding));
  await promise(stack, owners);

  await setFaults(stack, load);
  const seconds = Math.max(10, deliveries / maxSendRate);
  const disturbing = disturb(stack, load, { people, weeks, seconds });
  const [pauses] = await Promise.all([
    publishAlerts(stack, ids, seconds, mix),
    startDigests(stack, weeks, seconds, mix.repeats ?? 0),
    ...(owners.length > 0 ? [remindUnderFaults(stack, seconds)] : []),
  ]);
  await untilNearlySent(stack, Math.max(3 * seconds + 60, deliveries / slowestRate));
  const exclusions = await disturbing.stop();
  await stack.call('PUT', '/_local/faults', { ses: { maxSendRate } });
  const left = new Set(exclusions.map(({ subscriber }) => subscriber));
  const stayed = owners.filter(({ sid }) => !left.has(sid));
  const reminders = stayed.length > 0 ? await remindedAtLast(stack, stayed) : [];
  return {
    promised: [
      ...weeks.map(({ at }) => scheduledEditionId('engineering-digest', periodBefore('week', at, 'Europe/Berlin').id)),
      ...ids.map((id) => tellingId(alertStream, id)),
      ...reminders,
    ],
    exclusions,
    revised: revising > 0 ? ids : [],
    pauses,
  };
}

/** Applies the sample configuration, and imports people. */
export async function prepared(stack: TestStack, readers: number, leaders: number): Promise<void> {
  await untilTaken(stack, 'PUT', '/operator/configuration', await readFile('samples/distribution.yaml', 'utf8'), 'text/yaml');
  await importPeople(stack, readers, leaders);
}

interface Week {
  readonly at: Date;
  readonly id: string;
}

/** Mondays at ten, the latest first. Each has a digest of the week before it. */
function lastMondays(today: Date, count: number): Week[] {
  const monday = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() - ((today.getUTCDay() + 6) % 7), 10);
  return Array.from({ length: count }, (_, n) => ({ at: new Date(monday - n * 7 * 86_400_000), id: `week-${n}` }));
}

const aPostmortem = (monday: Date, n: number) => ({
  title: `Failover ${n} logged everyone out`,
  severity: 'sev2',
  services: [`service-${n}`],
  summary: 'The replica was eleven minutes behind.',
  publishedAt: new Date(monday.getTime() - n * 86_400_000 - 43_200_000).toISOString(),
});

async function importPeople(stack: TestStack, readers: number, leaders: number): Promise<void> {
  const rows = [
    ...Array.from({ length: readers }, (_, n) => ({ address: `reader${n}@example.com`, role: 'engineering', ...teamOfReader(n) })),
    ...Array.from({ length: leaders }, (_, n) => ({ address: `leader${n}@example.com`, role: 'leadership', team: 'Management' })),
  ].map((row, n) => ({ line: n + 2, ...row }));
  const batches = Array.from({ length: Math.ceil(rows.length / 100) }, (_, n) => rows.slice(n * 100, n * 100 + 100));
  const worker = async () => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift())
      await untilTaken(stack, 'POST', '/operator/people/import', { rows: batch });
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
}

interface Reader {
  readonly sid: string;
  readonly address: string;
  readonly revision: number;
}

async function readersOf(stack: TestStack): Promise<Reader[]> {
  const found: Reader[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await stack.call('GET', `/operator/people?limit=1000${cursor && `&cursor=${cursor}`}`);
    found.push(...body.people.filter(({ address }: { address: string }) => address.startsWith('reader')));
    if (body.cursor === undefined) return found;
    cursor = body.cursor;
  }
}

/** A Sev-1 that has just begun. Without a date it would alert nobody. */
export const aSev1 = (stack: TestStack, title: string) => ({
  title,
  severity: 'sev1',
  startedAt: toInstant(stack.now()),
  summary: 'Everything was down.',
});

const alertStream = 'sev1-alerts';

/** Publishes every alert, and revises each while the others are published. */
async function publishAlerts(stack: TestStack, ids: readonly string[], seconds: number, mix: Mix): Promise<Pause[]> {
  const following: Promise<Pause[]>[] = [];
  for (const [n, id] of ids.entries()) {
    const alert = aSev1(stack, `Alert ${n}`);
    await untilTaken(stack, 'PUT', `/postmortems/${id}`, alert);
    following.push(revise(stack, id, alert, mix, mix.pausing === true && n % 2 === 1));
    await pause((seconds * 1000) / ids.length / 2);
  }
  return (await Promise.all(following)).flat();
}

async function revise(stack: TestStack, id: string, alert: object, { revising = 0 }: Mix, isPaused: boolean): Promise<Pause[]> {
  const first = tellingId(alertStream, id);
  const paused = isPaused && revising > 0 ? pauseAndResume(stack, id, first) : [];
  for (let n = 1; n <= revising; n += 1) {
    await pause(reviseEveryMs);
    await untilTaken(stack, 'PUT', `/postmortems/${id}`, { ...alert, customersAffected: 1000 * n });
  }
  return paused;
}

/** Nothing where the first mail had left before it could be paused. */
async function pauseAndResume(stack: TestStack, id: string, first: string): Promise<Pause[]> {
  const isHeld = (await untilBraked(stack, first, 'pause')) === 'changed';
  await pause(pausedMs);
  const resumedAt = stack.now().getTime();
  // Whoever is superseded has handed the pause on to the next one, which may still have to be composed.
  for (let n = 1; (await untilBraked(stack, tellingId(alertStream, id, n), 'resume')) === 'superseded'; n += 1);
  return isHeld ? [{ edition: first, resumedAt }] : [];
}

/** The edition may still have to be composed. */
async function untilBraked(stack: TestStack, edition: string, how: 'pause' | 'resume'): Promise<'changed' | 'as it was' | 'superseded'> {
  const path = `/operator/editions/${edition}/${how}`;
  const { status, body } = await waitedFor(
    path,
    () => stack.call('POST', path),
    ({ status }) => status === 200 || status === 409,
  );
  if (status === 200) return body.changed === true ? 'changed' : 'as it was';
  return String(body.detail).startsWith('It was superseded by') ? 'superseded' : 'as it was';
}

async function startDigests(stack: TestStack, weeks: readonly Week[], seconds: number, repeats: number): Promise<void> {
  for (const { at } of weeks) {
    await stack.runDigest(at.toISOString());
    for (let n = 0; n < repeats; n += 1) {
      await pause(repeatAfterMs);
      await stack.runDigest(at.toISOString());
    }
    await pause(Math.max(0, (seconds * 1000) / weeks.length - repeats * repeatAfterMs));
  }
}

const setFaults = (stack: TestStack, { seed, mix, maxSendRate }: Load, more: Mix['ses'] = {}) =>
  stack.call('PUT', '/_local/faults', { seed, ses: { ...mix.ses, maxSendRate, ...more }, dynamodb: mix.dynamodb ?? {} });

/** `stop` returns the people whom it excluded. */
function disturb(
  stack: TestStack,
  load: Load,
  { people, weeks, seconds }: { people: readonly Reader[]; weeks: readonly Week[]; seconds: number },
): { stop(): Promise<Exclusion[]> } {
  const { deliveries, mix, seed } = load;
  let stopped = false;
  const exclusions: Exclusion[] = [];
  const every = async (ms: number, act: (n: number) => Promise<unknown> | undefined) => {
    await pause(ms);
    for (let n = 0; !stopped; n += 1) {
      const acting = act(n);
      if (acting === undefined) return;
      await acting;
      await pause(ms);
    }
  };
  /** So that they act while mails leave, however long a slow machine takes until the first one does. */
  const everyShareSent = async (times: number, act: (n: number) => Promise<unknown>) => {
    const askEveryMs = (seconds * 1000) / (times + 1) / 4;
    for (let n = 0; n < times && !stopped; ) {
      if ((await stack.truth()).length > (latestShare * deliveries * n) / times) await act(n++);
      else await pause(askEveryMs);
    }
  };
  const chance = chanceOf(seed);
  const leavers = people.filter(({ sid }) => chance(sid).hits('leaving', mix.leaving ?? 0));
  // A slow answer must not keep most of them until nothing leaves any more.
  const together = Math.ceil(leavers.length / mostLeaves);
  const leaves = Array.from({ length: mostLeaves }, (_, n) => leavers.slice(n * together, (n + 1) * together)).filter(
    (some) => some.length > 0,
  );
  const leave = async (some: readonly Reader[]) => {
    const people = some.map(({ sid, revision }) => ({ sid, revision }));
    const answer = await stack.call('POST', '/operator/people/suspend', { people });
    const answeredAt = stack.now().getTime();
    if (answer.status === 200 && answer.body.suspended === some.length)
      exclusions.push(...some.map(({ sid }) => ({ subscriber: sid, answeredAt })));
  };
  const restrict = ({ at, id }: Week) => stack.call('PUT', `/postmortems/${id}-1`, { ...aPostmortem(at, 1), restricted: true });
  const pauseByAws = async (forSeconds: number) => {
    await setFaults(stack, load, { pausedByAws: true });
    await pause(forSeconds * 1000);
    await setFaults(stack, load);
  };
  const work = [
    every((seconds * 1000) / 3, (n) => (mix.pausedByAwsSeconds && n === 0 ? pauseByAws(mix.pausedByAwsSeconds) : undefined)),
    every(sweepEveryMs, () => stack.runSchedule('sweep', stack.now().toISOString())),
    everyShareSent(leaves.length, (n) => leave(leaves[n] ?? [])),
    every((seconds * 1000) / (weeks.length + 1), (n) => (mix.restricting && weeks[n] ? restrict(weeks[n]) : undefined)),
    every((mix.killEverySeconds ?? 0) * Math.max(1, deliveries / usualDeliveries) * 1000, (n) =>
      mix.killEverySeconds ? killOneAtWork(stack, n) : undefined,
    ),
  ];
  return {
    async stop() {
      stopped = true;
      await Promise.all(work);
      return exclusions;
    },
  };
}

/** Kills a function that is working now, a different kind each time. */
async function killOneAtWork(stack: TestStack, n: number): Promise<void> {
  const { body }: { body: { name: string; running: number }[] } = await stack.call('GET', '/_local/functions');
  const atWork = new Set(body.filter(({ running }) => running > 0).map(({ name }) => name));
  const name = [...killed.slice(n % killed.length), ...killed].find((one) => atWork.has(one));
  if (name !== undefined) await stack.call('POST', `/_local/functions/${name}/kill`);
}

async function untilNearlySent(stack: TestStack, mostSeconds: number): Promise<void> {
  const ends = performance.now() + mostSeconds * 1000;
  for (let quiet = 0; quiet < 2 && performance.now() < ends; ) {
    await pause(1000);
    quiet = messagesIn(await workQueues(stack)) === 0 ? quiet + 1 : 0;
  }
}
