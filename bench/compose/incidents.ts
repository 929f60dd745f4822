import { type Postmortem, Postmortem as Schema } from '../../core/postmortem/postmortem.ts';
import { toInstant } from '../../core/shared/instant.ts';

const things = ['checkout', 'login', 'search', 'the invoice run', 'webhooks', 'the mobile feed', 'exports', 'the status page', 'uploads'];
const parts = ['connection pool', 'certificate', 'feature flag', 'DNS record', 'disk', 'queue consumer', 'schema migration', 'cache node'];
const faults = ['ran out', 'expired', 'was rolled out to everyone', 'pointed at the old cluster', 'filled up', 'stopped', 'held a lock'];
const teams = ['Storefront', 'Payments', 'Identity', 'Search', 'Platform', 'Data', 'Mobile'];
const owners = ['Ada', 'Grace', 'Edsger', 'Barbara', 'Ken', 'Radia', 'Leslie'];
const sentences = [
  'The first page went to a rota that nobody had been on since the spring, so eleven minutes passed before a person looked.',
  'Retries from two clients doubled the load just as the service had begun to recover, and the second wave was longer than the first.',
  'The dashboard showed an average, and the average was fine: one shard in sixteen answered nothing at all.',
  'A rollback was tried twice. The first one waited for a build that could not start, because the build used the service that was down.',
  'The limit had been raised by hand in May and was set back by a deployment in October, as nobody had written it into the configuration.',
  'Support noticed before monitoring did; three tickets in a row said the same thing, and the fourth had a screenshot.',
  'Once traffic was moved to the other region the errors ended, and the queue that had built up drained in about forty minutes.',
  'Nothing was lost: what had failed was kept and was replayed in the afternoon, in the order in which it had come.',
];
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Numbers between 0 and 1 that look random and are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An invented postmortem of 3 to 12 KB as JSON, the same for the same number. */
export function anIncident(n: number, publishedAt: Date): Postmortem {
  const random = seeded(n + 1);
  const upTo = (most: number) => Math.floor(random() * most);
  const one = (list: readonly string[]) => list[upTo(list.length)] ?? '';
  const text = (count: number) => Array.from({ length: count }, () => one(sentences)).join(' ');
  const severity = ['sev1', 'sev2', 'sev2', 'sev3', 'sev3', 'sev3', 'sev3', 'sev4', 'sev4', 'unclassified'][upTo(10)];
  const began = new Date(publishedAt.getTime() - (2 + upTo(5)) * dayMs);
  const after = (minutes: number) => toInstant(new Date(Math.floor(began.getTime() / 1000) * 1000 + minutes * minuteMs));
  const day = (days: number) => new Date(publishedAt.getTime() + days * dayMs).toISOString().slice(0, 10);
  const [thing, part, fault, team] = [one(things), one(parts), one(faults), one(teams)];
  const length = 5 + upTo(80);
  return Schema.parse({
    id: `incident-${n}`,
    title: `${thing.charAt(0).toUpperCase()}${thing.slice(1)} failed when a ${part} ${fault} (${n})`,
    severity,
    services: [one(things).replace('the ', ''), one(things).replace('the ', '')],
    owningTeam: team,
    authors: [one(owners)],
    startedAt: after(0),
    detectedAt: after(4 + upTo(20)),
    mitigatedAt: after(30 + upTo(200)),
    resolvedAt: after(240 + upTo(600)),
    publishedAt: toInstant(new Date(Math.floor(publishedAt.getTime() / 1000) * 1000)),
    summary: text(3),
    customerImpact: { text: text(2), customersAffected: upTo(5000), regions: ['eu-central'] },
    rootCauses: [text(2), text(1)],
    contributingFactors: [text(1)],
    resolution: text(2),
    timeline: Array.from({ length: 5 + upTo(15) }, (_, at) => ({ at: after(at * 9), event: one(sentences) })),
    lessons: { wentWell: [text(1)], wentWrong: [text(1)], gotLucky: [text(1)] },
    actionItems: Array.from({ length: 2 + upTo(4) }, (_, at) => ({
      id: `a${at}`,
      title: `Alarm on a ${one(parts)} that ${one(faults)} (${at})`,
      owner: one(owners),
      team,
      due: day(14 + upTo(60)),
      status: random() < 0.85 ? 'done' : 'open',
    })),
    sections: [{ heading: 'Notes', body: text(Math.ceil(length / 2)) }],
  });
}
