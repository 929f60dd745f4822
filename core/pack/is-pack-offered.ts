import type { Distribution } from '../distribution/distribution.ts';
import { configuredStream } from '../distribution/stream-rules.ts';
import { streamsOf } from '../stream/stream.ts';

/** Whether there may be notices to customers, and products to tell of. */
export const isPackOffered = (distribution: Distribution): boolean =>
  (distribution.products ?? []).length > 0 && streamsOf('customers').some((stream) => configuredStream(distribution, stream) !== undefined);
