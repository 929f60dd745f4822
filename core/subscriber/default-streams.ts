import type { Distribution } from '../distribution/distribution.ts';
import { type StreamName, streams } from './subscriber.ts';

/** The streams that the distribution file gives to a role; `everyone` there stands for all, with or without a role. */
export const defaultStreams = (distribution: Pick<Distribution, 'streams'>, role: string | undefined): StreamName[] =>
  streams.filter((stream) =>
    rolesOf(distribution, stream).some((wanted) => isSame(wanted, 'everyone') || (role !== undefined && isSame(wanted, role))),
  );

const rolesOf = ({ streams: configured }: Pick<Distribution, 'streams'>, stream: StreamName): readonly string[] =>
  stream === 'customer-impact' || stream === 'customer-notices' ? [] : (configured[stream]?.subscribe ?? []);

const isSame = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();
