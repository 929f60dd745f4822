import type { Distribution } from '../distribution/distribution.ts';
import type { Instant } from '../shared/instant.ts';
import { type StreamName, streams } from '../stream/stream.ts';
import { namedFor } from '../subscriber/mandatory.ts';
import type { PeopleStore } from '../subscriber/ports.ts';
import { rewriteProfile } from '../subscriber/rewrite-profile.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { type Address, parseAddress } from '../subscriber/subscriber-id.ts';

export interface NamedDeps {
  readonly people: PeopleStore;
  readonly sidOf: (address: Address) => SubscriberId;
  readonly now: () => Instant;
}

/**
 * Subscribes everyone the distribution file names who never had the stream. People not yet imported
 * get it on import. Idempotent.
 */
export async function giveToNamed(distribution: Pick<Distribution, 'teams'>, deps: NamedDeps): Promise<void> {
  for (const stream of streams) {
    for (const named of namedFor(distribution, stream).keys()) {
      const address = parseAddress(named);
      if (address) await give(stream, deps.sidOf(address), deps);
    }
  }
}

const give = (stream: StreamName, sid: SubscriberId, { people, now }: NamedDeps) =>
  rewriteProfile(
    { realm: 'staff', sid },
    async (profile) => {
      if (profile.streams[stream]) return undefined;
      await people.putSubscription(stream, 'default', sid, now());
      const since = now();
      return {
        ...profile,
        streams: { ...profile.streams, [stream]: { on: true, since, slots: [{ slot: 'default', at: since }] } },
        grants: { ...profile.grants, [stream]: { way: 'named', at: since } },
      };
    },
    people,
  );
