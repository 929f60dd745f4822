import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tellingId } from '../../core/edition/edition-id.ts';
import { idAtVendor } from '../../core/postmortem/id-at-vendor.ts';
import { nameOf, pointsUpTo, survived } from './crashes.ts';
import { prepared } from './drive.ts';
import type { CrashPoint } from './inside/shell.ts';
import { compare } from './run-check.ts';
import { settle } from './settle.ts';
import { aStage, type Stage } from './stage.ts';

const leaders = 3;
let stage: Stage;
beforeEach(async () => {
  stage = await aStage({ connectors: true });
  await prepared(stage.stack, 0, leaders);
  const file = `${await readFile('samples/distribution.yaml', 'utf8')}\nconnectors:\n  incident-io: { severities: { Serious: sev1 } }\n`;
  const applied = await stage.stack.call('PUT', '/operator/configuration', file, { 'content-type': 'text/yaml' });
  expect(applied.status).toBe(200);
  // A file has each tool polled. What it finds would have been told before an event is.
  expect(await settle(stage.stack, 900)).toBe(true);
  await stage.stack.call('PUT', '/_local/faults', { seed: 1, ses: { maxSendRate: 100 } });
});
afterEach(() => stage.stop());

interface Incident {
  readonly ref: string;
  readonly isPrivate: boolean;
}
const at = (isPrivate: boolean) => `2026-12-08T09:${isPrivate ? 45 : 30}:00Z`;
const entry = ({ ref, isPrivate }: Incident) => ({
  id: ref,
  name: `It was down, ${ref}`,
  visibility: isPrivate ? 'private' : 'public',
  severity: { name: 'Serious' },
  incident_timestamp_values: [{ incident_timestamp: { name: 'Impact started' }, value: { value: '2026-12-08T08:00:00Z' } }],
  updated_at: at(isPrivate),
});

/** What incident.io's API says of these incidents, and of no other. */
async function tell(incidents: readonly Incident[]): Promise<void> {
  await stage.stack.call('PUT', '/_local/vendors/incident-io', {
    '/v2/incidents': { incidents: incidents.map(entry) },
    '/v1/postmortem_documents': {
      postmortem_documents: incidents.map(({ ref }) => ({ id: `D${ref}`, incident_id: ref, status: 'completed', updated_at: at(false) })),
    },
    '/v2/follow_ups': { follow_ups: [] },
    ...Object.fromEntries(
      incidents.flatMap((one) => [
        [`/v2/incidents/${one.ref}`, { incident: entry(one) }],
        [`/v1/postmortem_documents/D${one.ref}/content`, { markdown: '## Summary\n\nA certificate had run out.' }],
      ]),
    ),
  });
}

/**
 * An event, and a part of the message that it becomes: gzip makes the same of the same, so a
 * function that handles the message can be told apart. A part with a slash is no name of a file.
 */
function anEvent({ ref, isPrivate }: Incident): { readonly event: object; readonly about: string } {
  const type = `${isPrivate ? 'private' : 'public'}_incident.incident_updated_v2`;
  for (let nonce = 0; ; nonce += 1) {
    const event = { event_type: type, [type]: isPrivate ? { id: ref } : { id: ref, updated_at: at(false) }, nonce };
    const about = gzipSync(JSON.stringify(event)).toString('base64').slice(-16);
    if (!about.includes('/')) return { event, about };
  }
}

/** Posts an event about each incident once, as a vendor that never tries again. */
async function post(incidents: readonly Incident[], functionName: string, points: readonly Pick<CrashPoint, 'call' | 'when'>[]) {
  const armed: string[] = [];
  for (const [n, incident] of incidents.entries()) {
    const { event, about } = anEvent(incident);
    const point = points[n];
    const text = functionName === 'hooks' ? incident.ref : about;
    if (point) await stage.armCrash(text, { functionName: nameOf(functionName), ...point });
    if (point) armed.push(text);
    await stage.stack.call('POST', '/_local/hooks/incident-io', event);
  }
  return armed;
}

const poll = () => stage.stack.call('POST', '/_local/schedules/collect/run');
const of = ({ ref }: Incident) => idAtVendor('incident-io', ref);
const read = async (incident: Incident) => (await stage.stack.call('GET', `/postmortems/${of(incident)}`)).body;

/** After a restart and a poll each is told once, and what became private is shown to nobody. */
async function seenThrough(incidents: readonly Incident[]): Promise<void> {
  await poll();
  expect(await settle(stage.stack, 900)).toBe(true);
  for (const incident of incidents) {
    const { status, restricted, revision } = await read(incident);
    const expected = { status: 'published', restricted: incident.isPrivate, revision: incident.isPrivate ? 2 : 1 };
    expect([incident.ref, { status, restricted, revision }]).toEqual([incident.ref, expected]);
  }
  const promised = incidents.map((one) => tellingId('sev1-alerts', of(one)));
  expect((await compare(stage, { promised, exclusions: [] }, 100)).violations).toEqual([]);
  const { body } = await stage.stack.call('GET', '/_local/queues');
  expect(body.filter(({ deadLetters }: { deadLetters: number }) => deadLetters > 0)).toEqual([]);
}

it.each([
  ['hooks', 'every call', 6, 2],
  // It has more, which the outbox makes: those of intake are killed in crash.long.test.ts.
  ['collect', 'each of forty calls', 40, 20],
])('%s, killed before and after %s while it publishes and while it hides', async (name, which, upTo, atLeast) => {
  const points = pointsUpTo(upTo);
  const named = (kind: string) => points.map(({ call, when }) => ({ ref: `${kind}-${when}-${call}-`, isPrivate: false }));
  const [published, hidden] = [named('P'), named('H')];
  await tell([...published, ...hidden]);
  await post(hidden, 'nobody', []);
  expect(await settle(stage.stack, 900)).toBe(true);

  const madePrivate = hidden.map(({ ref }) => ({ ref, isPrivate: true }));
  await tell([...published, ...madePrivate]);
  const died = [await post(published, name, points), await post(madePrivate, name, points)];
  await seenThrough([...published, ...madePrivate]);
  for (const armed of died) {
    const left = await survived(stage, armed);
    if (which === 'every call') expect(left).toBeGreaterThan(0);
    expect(armed.length - left).toBeGreaterThanOrEqual(2 * atLeast);
  }
});

it('collect, killed before and after every call of a poll', async () => {
  const incidents = Array.from({ length: 5 }, (_, n) => ({ ref: `Q-${n}`, isPrivate: false }));
  await tell(incidents);
  let deaths = 0;
  for (const point of pointsUpTo(16)) {
    await stage.armCrash('poll', { functionName: nameOf('collect'), ...point });
    await poll();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    if (!(await stage.disarmCrash('poll'))) deaths += 1;
  }
  expect(deaths).toBeGreaterThan(10);
  await seenThrough(incidents);
});
