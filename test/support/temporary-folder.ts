import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of a test run is named so. */
export const folderPrefix = 'afterword-tests-';

/**
 * Wraps a test run: everything that its tests and their processes put into the folder for temporary
 * files is removed at the end.
 */
export default function temporaryFolder(): () => void {
  const usual = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), folderPrefix));
  process.env.TMPDIR = folder;
  return () => {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}
