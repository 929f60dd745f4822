import type { ImportDeps } from '../../core/people/import-people.ts';
import type { Mark } from '../../core/subscriber/ports.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';

/**
 * People in memory, with a clock that advances by a second each time it is read, and a log of the
 * order of writes.
 */
export function peopleInMemory({ forgotten = [] as string[], moved = [] as string[] } = {}) {
  const profiles = new Map<string, Profile>();
  const rows = new Map<string, string>();
  const log: string[] = [];
  const races: (() => void)[] = [];
  let seconds = 0;

  const deps: ImportDeps = {
    people: {
      readProfiles: async (people) => people.flatMap(({ sid }) => profiles.get(sid) ?? []),
      async putSubscription(stream, slot, sid, since) {
        log.push(`row ${stream}`);
        const key = `${stream} ${slot} ${sid}`;
        rows.set(key, rows.get(key) ?? since);
      },
      async writeProfile(profile, before) {
        races.shift()?.();
        const won = (profiles.get(profile.sid)?.revision ?? 0) === before;
        log.push(won ? 'profile' : 'lost');
        if (won) profiles.set(profile.sid, profile);
        return won;
      },
    },
    suppressed: {
      listed: async (hashes) => {
        const at = '2026-11-19T13:00:00Z';
        const marks = hashes.map((hash): [string, Mark] => [
          hash,
          { ...(forgotten.includes(hash) && { erasedAt: at }), ...(moved.includes(hash) && { movedAt: at }) },
        ]);
        return new Map(marks.filter(([, mark]) => Object.keys(mark).length > 0));
      },
    },
    secrets: { identity: 'identity', suppression: 'suppression' },
    now: () => `2026-11-19T15:00:${String(seconds++).padStart(2, '0')}Z`,
  };
  return {
    deps,
    profiles,
    rows,
    log,
    /** Runs `act` right before the next profile is written. */
    beforeNextWrite: (act: () => void) => races.push(act),
    only: () => [...profiles.values()].at(0),
  };
}
