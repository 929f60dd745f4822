import type { LocalStack } from '../stack.ts';

/**
 * Stops the whole stack on Ctrl-C, on SIGTERM, when the terminal closes, and on an error of its
 * own. A second Ctrl-C stops it without waiting.
 */
export function stopOnSignals(stack: Pick<LocalStack, 'stop'>, print: (line: string) => void): void {
  let isStopping = false;
  const stop = (code: number) => {
    if (isStopping) process.exit(code);
    isStopping = true;
    stack.stop().then(
      () => process.exit(code),
      (error: unknown) => {
        print(String(error));
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!isStopping) print('\nStopping…');
      stop(0);
    });
  }
  for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(fault, (error: unknown) => {
      print(`The local stack failed: ${error instanceof Error ? error.stack : String(error)}`);
      stop(1);
    });
  }
}
