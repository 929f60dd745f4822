import { type HearDeps, type Heard, hear } from '../../../core/connector/hear.ts';
import type { Facts, InboundIncident } from '../../../core/connector/inbound-incident.ts';
import type { Answer, Looked } from '../../../core/connector/ports.ts';
import { pressHeld, undoHeld } from '../../../core/connector/press-held.ts';
import type { Source } from '../../../core/connector/source.ts';
import { RevisedMeanwhile } from '../../../core/intake/take-postmortem.ts';
import { idAtVendor } from '../../../core/postmortem/id-at-vendor.ts';
import type { Postmortem } from '../../../core/postmortem/postmortem.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { toInstant } from '../../../core/shared/instant.ts';

export const ref = '01FDAG4SAP5TYPT98WGR7N7W91';
export const source: Source = 'incident-io';
export const id = idAtVendor(source, ref);

/** What the API says of a finished, public incident, with any change. */
export const looked = (facts: Facts = {}, change: Partial<Looked> = {}): Looked => ({
  facts: {
    title: { value: 'Payments were refused', at: '2026-11-18T09:00:00Z', seen: 'api' },
    severity: { value: 'Critical', at: '2026-11-18T09:00:00Z', seen: 'api' },
    private: { value: false, at: '2026-11-18T09:00:00Z', seen: 'api' },
    status: { value: 'published', at: '2026-11-18T10:00:00Z', seen: 'api' },
    ...facts,
  },
  body: '## Summary\n\nA certificate had run out.\n\n## Root cause\n\nNobody renewed it.',
  services: ['payments'],
  times: { startedAt: '2026-11-16T08:00:00Z' },
  actions: [],
  ...change,
});

/** One incident of the source `as`, what is stored of it, and a vendor that answers as it is told. */
export function aHearingWorld({
  answer = { kind: 'found', value: looked() } as Answer<Looked>,
  now = '2026-11-20T10:00:00Z',
  as = source,
} = {}) {
  const world = {
    answer,
    now: new Date(now),
    row: undefined as InboundIncident | undefined,
    stored: undefined as StoredPostmortem | undefined,
    /** Each revision that was stored, in order. */
    revisions: [] as Postmortem[],
    /** Happens when the vendor's API is asked. */
    whenAsked: () => {},
    /** What the API answers in the end to a question that got this answer. */
    look: async (answer: Answer<Looked>) => answer,
    /** The postmortem that was noted to link to the incident's page, and what is stored of it. */
    linkedBy: undefined as string | undefined,
    other: undefined as StoredPostmortem | undefined,
    /** Happens before a postmortem is taken, once. */
    meanwhile: undefined as (() => unknown) | undefined,
    hear: (said: Facts = {}): Promise<Heard> => hear(as, ref, said, deps),
    /** An operator says something of it, and takes back all that was said. */
    press: (said: Facts) => pressHeld(as, ref, () => said, { inbound, now: () => toInstant(world.now) }),
    undo: () => undoHeld(as, ref, { inbound, now: () => toInstant(world.now) }),
    /** Somebody else stores the postmortem: a producer with a key. */
    putByKey: () => {
      if (world.stored) world.stored = { ...world.stored, by: '0123456789abcdef', revision: world.stored.revision + 1 };
    },
  };
  const inbound: HearDeps['inbound'] = {
    read: async () => world.row,
    put: async (incident) => {
      if ((world.row?.version ?? 0) !== incident.version) return false;
      world.row = { ...incident, version: incident.version + 1 };
      return true;
    },
  };
  const deps: HearDeps = {
    inbound,
    vendor: {
      look: async () => {
        world.whenAsked();
        return world.look(world.answer);
      },
    },
    desk: {
      readCurrent: async (of) => (of === idAtVendor(as, ref) ? world.stored : world.other),
      take: async ({ postmortem }, { replaces }) => {
        const { meanwhile } = world;
        world.meanwhile = undefined;
        await meanwhile?.();
        if ((world.stored?.revision ?? 0) !== replaces) throw new RevisedMeanwhile(postmortem.id);
        if (JSON.stringify(world.stored?.postmortem) === JSON.stringify(postmortem)) return;
        world.revisions.push(postmortem);
        world.stored = aStored(postmortem, replaces + 1, as);
      },
    },
    changedLately: async () => [],
    pages: { linked: async () => undefined, lastLinked: async () => undefined, of: async () => world.linkedBy },
    severities: { Critical: 'sev1', Minor: 'sev3' },
    distribution: undefined,
    now: () => world.now,
  };
  return world;
}

export const aStored = (postmortem: Postmortem, revision: number, by: Source = source): StoredPostmortem => ({
  postmortem,
  revision,
  hash: String(revision),
  updatedAt: '2026-11-20T10:00:00Z',
  by,
  owed: [],
  editions: [],
  namedIn: [],
});
