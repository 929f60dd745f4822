/**
 * The chain of invocations that a message comes from: how often each function ran in it. Lambda
 * keeps it to detect recursive loops. It travels in the field `Lineage` of the trace header, which
 * the SDK copies from an invocation to what it sends.
 */
export type Lineage = ReadonlyMap<string, number>;

/**
 * The most runs of one function in one chain. Lambda stops it after about this many ("Use Lambda
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
 * The lineage of an invocation whose messages come from several chains: for each function the most
 * runs in any of them, plus one for the function that is invoked.
 */
export function lineageOfRun(functionName: string, chains: readonly Lineage[]): Lineage {
  const all = new Map<string, number>();
  for (const [name, runs] of chains.flatMap((chain) => [...chain])) all.set(name, Math.max(runs, all.get(name) ?? 0));
  return all.set(functionName, (all.get(functionName) ?? 0) + 1);
}
