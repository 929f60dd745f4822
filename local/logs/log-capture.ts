import { type MetricLine, metricLedger } from './metric-ledger.ts';

export interface LogLine {
  readonly at: string;
  readonly text: string;
}

/** What functions logged, and how they failed: the newest lines of each, for the page. */
export interface LogCapture {
  /** Takes what a function wrote to its output. Metrics are added up and are not kept as lines. */
  wrote(functionName: string, text: string): void;
  /** Takes the failure of an invocation, in one line, and prints it. */
  failed(functionName: string, reason: string): void;
  linesOf(functionName: string): readonly LogLine[];
  /** The metrics that functions reported since the start. */
  metrics(): readonly MetricLine[];
}

const kept = 300;
const longest = 4000;

/** `print` gets every failure, and with `verbose` every line. */
export function logCapture(options: { readonly print: (line: string) => void; readonly verbose: boolean }): LogCapture {
  const lines = new Map<string, LogLine[]>();
  const metrics = metricLedger();
  const keep = (functionName: string, text: string) => {
    const own = lines.get(functionName) ?? [];
    own.push({ at: new Date().toISOString(), text: text.slice(0, longest) });
    if (own.length > kept) own.shift();
    lines.set(functionName, own);
  };
  return {
    wrote: (functionName, text) => {
      if (metrics.take(text)) return;
      keep(functionName, text);
      if (options.verbose) options.print(`${functionName}: ${text}`);
    },
    failed: (functionName, reason) => {
      keep(functionName, reason);
      options.print(`${functionName} failed: ${(reason.split('\n')[0] ?? '').slice(0, 400)}`);
    },
    linesOf: (functionName) => lines.get(functionName) ?? [],
    metrics: metrics.lines,
  };
}
