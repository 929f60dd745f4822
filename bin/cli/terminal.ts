import cliProgress from 'cli-progress';
import pc from 'picocolors';
import type { Complaint } from './failure.ts';
import { printable, printableLine } from './printable.ts';

interface Progress {
  step(by?: number): void;
  stop(): void;
}

/**
 * Where a command writes its output: for people line by line, or with --json in one object at the
 * end. Never both.
 */
export interface Terminal {
  readonly json: boolean;
  readonly colours: ReturnType<typeof pc.createColors>;
  /** For people. Silent with --json. */
  say(...lines: string[]): void;
  /**
   * For programs. Silent without --json. Only the first answer of a command counts; later ones are
   * dropped.
   */
  answer(value: unknown): void;
  /** Always on stderr, where it does not mix with output that is piped on. */
  warn(...lines: string[]): void;
  complain(complaints: readonly Complaint[]): void;
  /** A bar on stderr, if that is a terminal and the work takes long enough. */
  progress(total: number, unit: string): Progress;
}

const longWork = 8;
const silent: Progress = { step: () => {}, stop: () => {} };

export function openTerminal(json: boolean, env: NodeJS.ProcessEnv): Terminal {
  const colours = pc.createColors(Boolean(process.stdout.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb');
  const say = (...lines: string[]) => {
    if (!json) for (const line of lines) process.stdout.write(`${line}\n`);
  };
  let answered = false;
  return {
    json,
    colours,
    say,
    answer: (value) => {
      if (json && !answered) process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
      answered = true;
    },
    warn: (...lines) => {
      for (const line of lines) process.stderr.write(`${printable(line)}\n`);
    },
    complain: (complaints) => {
      for (const complaint of complaints) say(complaintLine(complaint, colours));
    },
    progress: (total, unit) => (json || total < longWork || !process.stderr.isTTY ? silent : bar(total, unit)),
  };
}

/**
 * `file:line:column: field: problem — remedy`, with the parts that are known. Compilers use this
 * form, and editors can jump to it.
 */
export function complaintLine(
  { file, line, column, field, problem, remedy }: Complaint,
  colours: Pick<Terminal['colours'], 'bold' | 'red'>,
): string {
  const place = [file && printableLine(file), line, column].filter((part) => part !== undefined).join(':');
  const where = [place && colours.bold(place), field && colours.red(printableLine(field))].filter(Boolean).join(': ');
  const what = [problem, remedy].map(printableLine).filter(Boolean).join(' — ');
  return where ? `${where}: ${what}` : what;
}

function bar(total: number, unit: string): Progress {
  const shown = new cliProgress.SingleBar({
    format: `{bar} {value} of {total} ${unit}`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    barsize: 30,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  shown.start(total, 0);
  return { step: (by = 1) => shown.increment(by), stop: () => shown.stop() };
}
