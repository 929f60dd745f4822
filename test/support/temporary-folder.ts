import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of a test run is named so. */
export const folderPrefix = 'afterword-tests-';

/**
 * Wraps a test run: everything that its tests and their processes put into the folder for temporary
 * files is removed at the end, the code too that Node compiled for one process and takes for the
 * next.
 */
export default function temporaryFolder(): () => void {
  const { TMPDIR, NODE_COMPILE_CACHE } = process.env;
  const folder = mkdtempSync(join(tmpdir(), folderPrefix));
  Object.assign(process.env, { TMPDIR: folder, NODE_COMPILE_CACHE: join(folder, 'compiled') });
  return () => {
    for (const [name, usual] of Object.entries({ TMPDIR, NODE_COMPILE_CACHE })) {
      if (usual === undefined) delete process.env[name];
      else process.env[name] = usual;
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}
