/**
 * The chain of invocations that a message comes from, as Lambda keeps it for the detection of
 * recursive loops: how often each function ran in it. It travels in the field `Lineage` of the
 * trace header, which the SDK takes from an invocation along to what it sends.
 */
export type Lineage = ReadonlyMap<string, number>;

/**
 * Of one function in one chain. Lambda does not run it again after about as many ("Use Lambda
 * recursive loop detection", Lambda's guide).
 */
export const mostRuns = 16;

/** The header of SDK calls, and the attribute of messages. */
export const traceHeader = 'x-amzn-trace-id';
export const traceAttribute = 'AWSTraceHeader';

const root = 'Root=1-00000000-000000000000000000000000;Sampled=0';

export const traceOf = (lineage: Lineage): string =>
  `${root};Lineage=${[...lineage].map(([functionName, runs]) => `${functionName}:${runs}`).join('|')}`;

/** Empty for a message that no function sent. */
export function lineageIn(trace: string | undefined): Lineage {
  const written = /(?:^|;)Lineage=([^;]*)/.exec(trace ?? '')?.[1] ?? '';
  return new Map([...written.matchAll(/([^:|]+):(\d+)/g)].map(([, functionName = '', runs]) => [functionName, Number(runs)]));
}

/**
 * Of a batch whose messages come from several chains: of each function the most runs in any of
 * them, and one run more of the function that gets it.
 */
export function lineageOfRun(functionName: string, chains: readonly Lineage[]): Lineage {
  const all = new Map<string, number>();
  for (const [name, runs] of chains.flatMap((chain) => [...chain])) all.set(name, Math.max(runs, all.get(name) ?? 0));
  return all.set(functionName, (all.get(functionName) ?? 0) + 1);
}
