import type { Realm } from '../../../core/stream/stream.ts';
import { printableLine } from '../printable.ts';

/** A person as the command named them, by address or id, and the realm in which they were found. */
export const whoLine = (typed: string, { realm }: { readonly realm: Realm }): string => `${printableLine(typed)} (${realm})`;
