import { gzipSync } from 'node:zlib';
import { incidentIo } from '../../../adapters/vendors/incident-io.ts';
import { rootly } from '../../../adapters/vendors/rootly.ts';
import type { InboundIncident } from '../../../core/connector/inbound-incident.ts';
import type { Source } from '../../../core/connector/source.ts';
import { listedPostmortem } from '../../../core/content/listed-postmortem.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { RevisedMeanwhile } from '../../../core/intake/take-postmortem.ts';
import { Postmortem } from '../../../core/postmortem/postmortem.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import { type CollectDeps, collect } from '../../../lambdas/collect/collect.ts';
import type { CollectMessage } from '../../../lambdas/shared/collect-message.ts';
import { aDistribution } from '../distribution.ts';
import { aStored } from './world.ts';

/** What a vendor's API does at one call. */
export type Behaviour = (signal: AbortSignal | null | undefined) => Promise<Response> | Response;

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value), { status, headers });

/** One finished incident at each vendor, by the path of the API. */
export const finishedAt: Readonly<Record<'incident-io' | 'rootly', Readonly<Record<string, unknown>>>> = {
  'incident-io': {
    '/v2/incidents/A1': {
      incident: {
        id: 'A1',
        name: 'Payments were refused',
        visibility: 'public',
        severity: { name: 'Major', rank: 2 },
        updated_at: '2026-11-18T09:00:00Z',
      },
    },
    '/v1/postmortem_documents': {
      postmortem_documents: [{ id: 'D1', incident_id: 'A1', status: 'completed', updated_at: '2026-11-18T10:00:00Z' }],
    },
    '/v1/postmortem_documents/D1/content': { markdown: '## Summary\n\nA certificate had run out.' },
    '/v2/follow_ups': { follow_ups: [{ id: 'F1', title: 'Renew certificates', status: 'outstanding' }] },
  },
  rootly: {
    '/v1/incidents/A1': {
      data: {
        id: 'A1',
        attributes: { title: 'Payments were refused', private: false, severity: 'Major', updated_at: '2026-11-18T09:00:00Z' },
      },
    },
    '/v1/post_mortems': {
      data: [
        {
          id: 'P1',
          attributes: {
            incident_id: 'A1',
            status: 'published',
            updated_at: '2026-11-18T10:00:00Z',
            content: '<h2>Summary</h2><p>A certificate had run out.</p>',
          },
        },
      ],
    },
    '/v1/incidents/A1/action_items': { data: [{ id: 'F1', attributes: { summary: 'Renew certificates', status: 'open' } }] },
  },
};

/** `collect` with its queue, and vendors that answer what is finished there. */
export function aCollectWorld(source: 'incident-io' | 'rootly' = 'incident-io') {
  const rows = new Map<string, InboundIncident>();
  const stored = new Map<string, StoredPostmortem>();
  const pages = new Map<string, { readonly postmortem?: string; readonly incident?: { readonly source: Source; readonly ref: string } }>();
  const links = new Map<string, string>();
  const queue: { readonly message: CollectMessage; readonly delay: number }[] = [];
  const world = {
    answers: { ...finishedAt[source] } as Record<string, unknown>,
    /** What a path does instead, at its next calls. */
    faults: new Map<string, Behaviour[]>(),
    token: async (): Promise<string | undefined> => 'a token',
    now: new Date('2026-11-20T10:00:00Z'),
    reached: '2026-11-20T09:00:00Z' as string | undefined,
    rows,
    stored,
    queue,
    revisions: [] as Postmortem[],
    warnings: [] as Record<string, unknown>[],
    /** A producer with a key publishes. */
    putByKey: (change: Record<string, unknown>) => {
      const made = Postmortem.parse({ title: 'Payments', severity: 'sev2', ...change });
      stored.set(made.id, { ...aStored(made, 1), by: '0123456789abcdef', updatedAt: toInstant(world.now) });
    },
    collect: (message: CollectMessage) => collect(message, deps),
    event: (text: string): CollectMessage => ({
      event: { source, at: toInstant(world.now), body: gzipSync(text).toString('base64') },
    }),
    /** Handles what waits in the queue, each message at its time. True: nothing is left after so many. */
    async drain(most = 50): Promise<boolean> {
      for (let n = 0; n < most; n += 1) {
        const next = queue.shift();
        if (!next) return true;
        world.now = new Date(world.now.getTime() + next.delay * 1000);
        await collect(next.message, deps);
      }
      return false;
    },
  };
  const send: typeof fetch = async (url, init) => {
    const { pathname } = new URL(String(url));
    const fault = world.faults.get(pathname)?.shift();
    if (fault) return fault(init?.signal);
    const answer = world.answers[pathname];
    return answer === undefined ? json({}, 404) : json(answer);
  };
  const reach = { url: 'https://vendor.example.com', token: () => world.token(), fetch: send, timeoutMs: 5 };
  const key = (of: Source, ref: string) => `${of}/${ref}`;
  const deps: CollectDeps = {
    vendor: (of) => (of === 'rootly' ? rootly(reach) : incidentIo(reach, undefined)),
    distribution: async (): Promise<Distribution> =>
      aDistribution({ connectors: { 'incident-io': { severities: { Major: 'sev2' } }, rootly: { severities: { Major: 'sev2' } } } }),
    inbound: {
      read: async (of, ref) => rows.get(key(of, ref)),
      async put(incident) {
        const at = key(incident.source, incident.ref);
        if ((rows.get(at)?.version ?? 0) !== incident.version) return false;
        rows.set(at, { ...incident, version: incident.version + 1 });
        return true;
      },
      held: async (of) => [...rows.values()].flatMap(({ source: its, ref, since }) => (its === of && since !== undefined ? [ref] : [])),
      heldPage: () => Promise.reject(new Error('only operators list what is held')),
    },
    pages: {
      async linked(page, postmortem) {
        const known = pages.get(page);
        pages.set(page, { ...known, postmortem });
        links.set(postmortem, page);
        return known?.incident;
      },
      async lastLinked(postmortem) {
        const page = links.get(postmortem);
        const incident = page === undefined ? undefined : pages.get(page)?.incident;
        return page !== undefined && incident ? { page, ...incident } : undefined;
      },
      async of(page, incident) {
        const known = pages.get(page);
        pages.set(page, { ...known, incident });
        return known?.postmortem;
      },
    },
    changed: async (since) =>
      [...stored.values()].map(listedPostmortem).filter(({ updatedAt }) => Date.parse(updatedAt) >= Date.parse(since)),
    watermarks: {
      read: async () => world.reached,
      async advance(_, to) {
        world.reached = to;
      },
      kept: async () => undefined,
      keep: async () => {},
    },
    async send(messages, delay = 0) {
      for (const message of messages) queue.push({ message, delay });
    },
    desk: {
      readCurrent: async (id) => stored.get(id),
      async take({ postmortem }, { source: by, replaces }) {
        const before = stored.get(postmortem.id);
        if ((before?.revision ?? 0) !== replaces) throw new RevisedMeanwhile(postmortem.id);
        if (JSON.stringify(before?.postmortem) === JSON.stringify(postmortem)) return;
        world.revisions.push(postmortem);
        const revision = replaces + 1;
        const updatedAt = toInstant(world.now);
        stored.set(postmortem.id, { postmortem, revision, hash: String(revision), updatedAt, by, owed: [], editions: [], namedIn: [] });
      },
    },
    now: () => world.now,
    log: {
      info: () => {},
      warn: (message, facts) => void world.warnings.push({ message, ...facts }),
      error: (message, error, facts) => void world.warnings.push({ message, error, ...facts }),
    },
  };
  return Object.assign(world, { deps });
}
