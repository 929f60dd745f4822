import * as z from 'zod';
import type { TestStack } from '../../test/support/running-stack.ts';
import type { prices } from '../prices.ts';
import { usdOf } from '../standing.ts';

const Usage = z.array(
  z.object({ function: z.string(), service: z.string(), calls: z.number(), readUnits: z.number(), writeUnits: z.number() }),
);
const Functions = z.array(z.object({ name: z.string(), invocations: z.number(), milliseconds: z.number(), memoryMb: z.number() }));
const isOurs = (name: string) => /(^|-)(hooks|collect)$/.test(name);

export interface Counted {
  readonly usage: z.infer<typeof Usage>;
  readonly functions: z.infer<typeof Functions>;
}

/** What `hooks` and `collect` used since the counters were last set back. */
export async function counted(stack: TestStack): Promise<Counted> {
  const [usage, functions] = await Promise.all(
    ['usage', 'functions'].map(async (name) => (await stack.call('GET', `/_local/${name}`)).body),
  );
  return {
    usage: Usage.parse(usage).filter((line) => isOurs(line.function)),
    functions: Functions.parse(functions).filter(({ name }) => isOurs(name)),
  };
}

/**
 * USD of what was used between two counts. A function is paid for as long as it runs, which is
 * longer on a busy machine.
 */
export function usdBetween(before: Counted, after: Counted, requests: number): number {
  const earlier = (name: string) => before.functions.find((one) => one.name === name) ?? { invocations: 0, milliseconds: 0 };
  const sum = <T>(all: readonly T[], of: (one: T) => number) => all.reduce((so, one) => so + of(one), 0);
  const over = (of: (line: Counted['usage'][number]) => number) => sum(after.usage, of) - sum(before.usage, of);
  return usdOf({
    'HTTP API request': requests,
    'Lambda request': sum(after.functions, ({ name, invocations }) => invocations - earlier(name).invocations),
    'Lambda GB-second (arm64), others': sum(
      after.functions,
      ({ name, milliseconds, memoryMb }) => ((milliseconds - earlier(name).milliseconds) / 1000) * (memoryMb / 1024),
    ),
    'DynamoDB read unit': over(({ readUnits }) => readUnits),
    'DynamoDB write unit': over(({ writeUnits }) => writeUnits),
    // Each message is sent, received and deleted.
    'SQS request': 3 * over(({ service, calls }) => (service === 'sqs' ? calls : 0)),
  } satisfies Partial<Record<keyof typeof prices, number>>);
}
