import { type Synthesised, synthesise } from '../../lib/synthesise.ts';
import { madeOnce } from './made-once.ts';

export const usualDistribution = 'samples/distribution.yaml';

/**
 * The laptop's stage with the sample's distribution file, made once for all test files, because none
 * of them writes to it. Its bundles serve other stages too: no setting is in them.
 */
export const madeLaptop = (): Promise<Synthesised> =>
  madeOnce('afterword-laptop', (outDir) => synthesise('laptop', { distribution: usualDistribution, outDir }));
