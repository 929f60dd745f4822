import { canonicalHash } from '../shared/canonical-hash.ts';
import { streamsOf } from '../stream/stream.ts';
import { Distribution } from './distribution.ts';
import { configuredStream } from './stream-rules.ts';

/** Where the copy of the file in force lies that customers' pages read, and nothing else. */
export interface CustomersCopy {
  /** Consistent. The hash of what lies there, undefined for nothing. */
  readHash(): Promise<string | undefined>;
  /**
   * `before`: the hash that was read. False: somebody else wrote meanwhile, and nothing changed.
   */
  write(copy: Distribution, hash: string, before: string | undefined): Promise<boolean>;
}

/**
 * What customers' pages may know of the file: taken field by field, so a field that is not named
 * here stays inside. No address of staff, no team, no stream of staff, no approver, and of products
 * the names alone. Both senders are the customers' one. Where the file names none, nothing is
 * offered to customers, and their settings and erasure go on.
 */
export function forCustomers(distribution: Distribution): Distribution {
  const { organisation, senders, severities, products } = distribution;
  const sender = senders.customers ?? { name: organisation.name, address: 'nobody@nowhere.invalid' };
  const streams = streamsOf('customers').flatMap((stream) => {
    const configured = configuredStream(distribution, stream);
    if (!configured) return [];
    const { signUp, tracking, contact, indexed } = configured;
    return [[stream, { signUp, tracking, contact, indexed }] as const];
  });
  const labels = Object.entries(severities).flatMap(([severity, { label }]) =>
    label === undefined ? [] : [[severity, { label }] as const],
  );
  // Through JSON, because what is undefined is not stored.
  return Distribution.parse(
    JSON.parse(
      JSON.stringify({
        organisation: {
          name: organisation.name,
          zone: organisation.zone,
          domains: [sender.address.slice(sender.address.indexOf('@') + 1)],
        },
        senders: { internal: sender, customers: senders.customers },
        severities: Object.fromEntries(labels),
        streams: Object.fromEntries(streams),
        // Services are names of the inside, and a product has at least one.
        products: products?.map(({ name }) => ({ name, services: [name] })),
      }),
    ),
  );
}

/**
 * Has the copy follow the file in force. Whoever applies a file does it, and `sweep` once a minute:
 * after a deployment, a way back, two files at once or a crash in between the copy is behind for no
 * longer. Does nothing where it is right, and starts again where somebody else wrote meanwhile.
 * `applied`: reads the file in force, consistently.
 */
export async function keepCustomersCopy(
  copy: CustomersCopy,
  applied: () => Promise<Distribution | undefined>,
): Promise<'kept' | 'written'> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    // Read before the file: whoever applied another one since has changed it, and nothing is put.
    const before = await copy.readHash();
    const distribution = await applied();
    if (!distribution) return 'kept';
    const next = forCustomers(distribution);
    const hash = canonicalHash(next);
    if (hash === before) return 'kept';
    if (await copy.write(next, hash, before)) return 'written';
  }
  return 'kept';
}
const mostTries = 5;
