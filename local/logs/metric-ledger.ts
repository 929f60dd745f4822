import * as z from 'zod';

/**
 * A line in CloudWatch's embedded metric format, as far as we use it: one set of dimensions,
 * numbers or lists of them.
 */
const Embedded = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })),
      }),
    ),
  }),
});
const Values = z.union([z.number().transform((one) => [one]), z.array(z.number())]);

/** What CloudWatch would keep of one metric with one set of dimensions. */
export interface MetricLine {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly samples: number;
  readonly sum: number;
  readonly maximum: number;
  readonly latest: number;
}

/** The metrics that functions wrote into their logs since the start. */
export interface MetricLedger {
  /**
   * True if the line contained metrics. They are counted, and the line is not for the log that
   * people read.
   */
  take(line: string): boolean;
  lines(): readonly MetricLine[];
}

export function metricLedger(): MetricLedger {
  const kept = new Map<string, MetricLine>();
  const add = (line: Omit<MetricLine, 'samples' | 'sum' | 'maximum' | 'latest'>, value: number) => {
    const key = JSON.stringify([line.namespace, line.name, line.dimensions]);
    const { samples, sum, maximum } = kept.get(key) ?? { samples: 0, sum: 0, maximum: value };
    kept.set(key, { ...line, samples: samples + 1, sum: sum + value, maximum: Math.max(maximum, value), latest: value });
  };
  return {
    take(line) {
      const embedded = line.startsWith('{"_aws"') ? Embedded.safeParse(parsed(line)) : undefined;
      if (!embedded?.success) return false;
      const { _aws, ...members } = embedded.data;
      for (const { Namespace, Dimensions, Metrics } of _aws.CloudWatchMetrics) {
        for (const names of Dimensions) {
          const dimensions = Object.fromEntries(names.map((name) => [name, String(members[name])]));
          for (const { Name, Unit } of Metrics) {
            for (const value of Values.parse(members[Name])) add({ namespace: Namespace, name: Name, unit: Unit, dimensions }, value);
          }
        }
      }
      return true;
    },
    lines: () => [...kept].toSorted(([a], [b]) => a.localeCompare(b)).map(([, line]) => line),
  };
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};
