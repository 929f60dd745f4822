import type { AuditLine } from '../../core/audit/audit.ts';
import type { Braked, DirectoryDeps, DirectoryGroup } from '../../core/directory/ports.ts';
import type { Erasure } from '../../core/rights/erasure.ts';
import { toInstant } from '../../core/shared/instant.ts';
import type { ListedPerson, Mark } from '../../core/subscriber/ports.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';
import { aDistribution } from './distribution.ts';
import { peopleInMemory } from './people-in-memory.ts';

const directory = {
  groups: [
    { group: 'Eng Payments', team: 'Payments', role: 'engineer' },
    { group: 'Leads', role: 'leader' },
    { group: 'Eng Search', team: 'Search' },
  ],
};

const listed = ({ sid, realm, address, suspended, revision, directory: known }: Profile): ListedPerson => ({
  ...{ sid, realm, address, streams: [], isSuspended: suspended !== undefined, revision },
  ...(known && { directory: known }),
});

/** A directory's people and groups in memory, by a file that maps three groups. */
export function directoryInMemory() {
  const { deps: people, profiles, beforeNextWrite } = peopleInMemory();
  const places = new Map<string, readonly string[]>();
  const groups = new Map<string, DirectoryGroup>();
  const erasures = new Map<string, Erasure>();
  const marks = new Map<string, Mark>();
  const counts = new Map<string, number>();
  const noted = new Map<string, Braked>();
  const keyOf = ({ day, brake, group }: Braked) => [day, brake, group?.id].join(' ');
  const lines: { readonly act: AuditLine['act']; readonly facts: AuditLine['facts'] }[] = [];
  let [n, reads] = [0, 0];
  let mapping: string | undefined;
  const takenOut = new Map<string, readonly string[]>();
  let lease: { readonly owner: string; readonly until: string } | undefined;
  const deps: DirectoryDeps = {
    ...people,
    people: {
      ...people.people,
      slotsOf: async () => [],
      removeSubscription: async () => {},
      removeProfile: async ({ sid }) => profiles.delete(sid),
    },
    list: { list: async () => ({ people: [...profiles.values()].map(listed) }) },
    directory: {
      readPlace: async (id) => places.get(id) ?? [],
      putPlace: async (id, sids) => void places.set(id, sids),
      removePlace: async (id) => void places.delete(id),
      readGroups: async () => [...groups.values()],
      async writeGroup(group, before) {
        if ((groups.get(group.id)?.version ?? 0) !== before) return false;
        groups.set(group.id, group);
        return true;
      },
      removeGroup: async (id) => void groups.delete(id),
      readMapping: async () => mapping,
      async putMapping(hash) {
        mapping = hash;
      },
      async countUnder(brake, day, people) {
        const key = `${brake} ${day}`;
        counts.set(key, (counts.get(key) ?? 0) + people);
        return counts.get(key) ?? 0;
      },
      readTakenOut: async (group, day) => takenOut.get(`${group} ${day}`) ?? [],
      putTakenOut: async (group, day, people) => void takenOut.set(`${group} ${day}`, people),
      async takeLease(owner, at, until) {
        if (lease && lease.until > at && lease.owner !== owner) return false;
        lease = { owner, until };
        return true;
      },
      async endLease(owner) {
        if (lease?.owner === owner) lease = undefined;
      },
    },
    braked: {
      isNoted: async (braked) => noted.has(keyOf(braked)),
      note: async (braked) => void noted.set(keyOf(braked), braked),
      since: async (day) => [...noted.values()].filter((one) => one.day >= day),
    },
    suppressed: { listed: async (hashes) => new Map([...marks].filter(([hash]) => hashes.includes(hash))) },
    sessions: { endAll: async () => {} },
    erasing: {
      erasures: {
        read: async ({ sid }) => erasures.get(sid),
        async write(erasure) {
          erasures.set(erasure.sid, erasure);
          return true;
        },
      },
      forgotten: {
        add: async (hash, erasedAt) => void marks.set(hash, { erasedAt }),
        move: async (hash, movedAt) => void marks.set(hash, { movedAt }),
        refuse: async () => {},
        lift: async () => {},
      },
      newSalt: () => 'a'.repeat(64),
    },
    distribution: aDistribution({ directory }),
    leaveLine: async (act, facts) => void lines.push({ act, facts }),
    now: () => toInstant(new Date(Date.parse('2026-11-19T15:00:00Z') + reads++)),
    newId: () => `id-${n++}`,
    hasTime: () => true,
    wait: () => new Promise((resolve) => setImmediate(resolve)),
  };
  /** So many people whom the directory manages, without asking for each. */
  const fill = (most: number) => {
    const at = '2026-11-19T15:00:00Z';
    for (let i = 0; i < most; i += 1) {
      const sid = i.toString(16).padStart(32, '0');
      const known = { id: `id-${String(i).padStart(6, '0')}`, active: true, groups: [], gave: {}, at, changedAt: at };
      profiles.set(sid, { sid, realm: 'staff', address: `p${i}@example.com`, streams: {}, revision: 1, directory: known });
    }
  };
  return { deps, profiles, counts, lines, beforeNextWrite, fill };
}
