import { exitCodes } from './exit-codes.ts';
import { Failure } from './failure.ts';

/** A person pressed Ctrl-C. Work in progress was finished first. */
export class Interrupted extends Failure {
  override readonly name = 'Interrupted';
  override readonly exitCode = exitCodes.interrupted;
}

/**
 * Notices the first Ctrl-C instead of ending at once; a second one ends the process. Disposing
 * restores the normal effect of Ctrl-C.
 */
export function watchForInterrupt(): Disposable & { readonly wanted: boolean } {
  let wanted = false;
  const notice = () => {
    wanted = true;
  };
  process.once('SIGINT', notice);
  return {
    get wanted() {
      return wanted;
    },
    [Symbol.dispose]: () => void process.removeListener('SIGINT', notice),
  };
}
