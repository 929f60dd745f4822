/**
 * Whether `collect` keeps something of each message: so many finished incidents of incident.io, each
 * with a text of its own, one after the other through the code of the function. The vendor's API is
 * real HTTP; the table and the queue keep nothing. Prints megabytes after a collection of garbage.
 * npm run bench:collect-memory -- [incidents=5000]
 */
import { createServer } from 'node:http';
import { incidentIo } from '../adapters/vendors/incident-io.ts';
import { takePostmortem } from '../core/intake/take-postmortem.ts';
import { type CollectDeps, collect } from '../lambdas/collect/collect.ts';
import { closeServer, listenOnLoopback } from '../local/http/listen.ts';
import { aCollectWorld, finishedAt } from '../test/support/connector/collect-world.ts';

const [incidents = 5000] = process.argv.slice(2).map(Number);
const looks = 5;
let ref = '';

const api = finishedAt['incident-io'];
const server = createServer(({ url = '' }, outgoing) => {
  const { pathname } = new URL(url, 'http://localhost');
  const text = JSON.stringify(api[pathname === `/v2/incidents/${ref}` ? '/v2/incidents/A1' : pathname] ?? {});
  const told = `It had run out in ${ref}. ${'Nobody renewed it, and nobody was told. '.repeat(100)}`;
  outgoing.writeHead(200, { 'content-type': 'application/json' });
  outgoing.end(text.replaceAll('"A1"', JSON.stringify(ref)).replace('A certificate had run out.', told));
});
const url = `http://127.0.0.1:${await listenOnLoopback(server, 0)}`;

const world = aCollectWorld();
const distribution = await world.deps.distribution();
const postmortems = {
  readCurrent: async () => undefined,
  putRevision: async () => {},
  putCurrent: async () => true,
  clearOwed: async () => {},
  noteMissed: async () => {},
};
const desk: CollectDeps['desk'] = {
  readCurrent: async () => undefined,
  async take(read, { source: by, replaces }) {
    await takePostmortem(read, { postmortems, revisions: { note: async () => {} }, distribution, now: world.deps.now, by, replaces });
  },
};
const deps: CollectDeps = { ...world.deps, desk, vendor: () => incidentIo({ url, token: async () => 'a token' }, undefined) };

const inMb = (bytes: number): number => Math.round(bytes / 1e5) / 10;
const seen: Record<string, Record<string, number>> = {};
for (let n = 0; n <= incidents; n += 1) {
  if (n % (incidents / looks) === 0) {
    globalThis.gc?.();
    const { heapUsed, external, rss } = process.memoryUsage();
    seen[n] = { 'heap, MB': inMb(heapUsed), 'outside it': inMb(external), process: inMb(rss) };
  }
  ref = `R${n}`;
  await collect({ ask: { source: 'incident-io', ref } }, deps);
  if (world.rows.get(`incident-io/${ref}`)?.state !== 'published') throw new Error(`${ref} was not published`);
  for (const kept of [world.rows, world.stored]) kept.clear();
  for (const kept of [world.queue, world.revisions, world.warnings]) kept.length = 0;
}
console.table(seen);
await closeServer(server);
