import { inspect } from 'node:util';

/**
 * Longest wait for what a stack does. Quiet machines need seconds, busy ones a minute. What takes
 * longer hangs.
 */
export const patienceMs = 3 * 60_000;

interface Pace {
  readonly everyMs?: number;
  readonly atMostMs?: number;
}

/**
 * Asks again and again, and answers the first answer that will do. Throws what was waited for and
 * the last answer if none did within `atMostMs`, three minutes by default. An answer that never
 * comes is a wait as well.
 */
export async function waitedFor<T>(
  what: string,
  ask: () => T | Promise<T>,
  willDo: (answer: T) => boolean = Boolean,
  { everyMs = 100, atMostMs = patienceMs }: Pace = {},
): Promise<T> {
  const ends = performance.now() + atMostMs;
  let last = 'there was no answer';
  const late = () => new Error(`waited ${Math.round(atMostMs / 1000)} seconds for ${what}; ${last}`);
  for (;;) {
    const answer = await inTime(Promise.resolve(ask()), ends, late);
    if (willDo(answer)) return answer;
    last = `the last answer was ${inspect(answer, { breakLength: Number.POSITIVE_INFINITY }).slice(0, 1000)}`;
    if (performance.now() > ends) throw late();
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

async function inTime<T>(coming: Promise<T>, ends: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), Math.max(0, ends - performance.now()));
  });
  return await Promise.race([coming, limit]).finally(() => clearTimeout(timer));
}
