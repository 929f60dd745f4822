import pc from 'picocolors';

/** Prints the steps of the start, one line each, with the seconds it took. */
export interface Report {
  title(text: string): void;
  /** Prints when the step is done. A failed step is marked, and its error thrown on. */
  step<T>(what: string, work: () => Promise<T>, done: (result: T) => string): Promise<T>;
  line(text: string): void;
  /** Label and text, in two columns. */
  rows(rows: readonly (readonly [string, string])[]): void;
}

export function report(write: (text: string) => void): Report {
  const line = (text: string) => write(`${text}\n`);
  const seconds = (since: number) => pc.dim(`${((performance.now() - since) / 1000).toFixed(1)} s`);
  return {
    line,
    title: (text) => line(`\n${pc.bold(text)}\n`),
    step: async (what, work, done) => {
      const began = performance.now();
      try {
        const result = await work();
        line(`${pc.green('✓')} ${done(result)} ${seconds(began)}`);
        return result;
      } catch (error) {
        line(`${pc.red('✗')} ${what}`);
        throw error;
      }
    },
    rows: (rows) => {
      const width = Math.max(...rows.map(([label]) => label.length));
      for (const [label, text] of rows) line(`  ${pc.dim(label.padEnd(width))}  ${text}`);
    },
  };
}
