import { startDynalite } from './dynalite.ts';
import { dynoxideBinary, startDynoxide } from './dynoxide.ts';
import type { DynamoDbEngine, EngineChoice } from './engine.ts';

/**
 * Starts the engine of this machine, in memory or in the data folder. A given endpoint is used as
 * it is and never stopped.
 */
export async function startDynamoDb(options: {
  readonly endpoint?: string | undefined;
  readonly dataDir?: string | undefined;
  readonly engine?: EngineChoice | undefined;
}): Promise<DynamoDbEngine> {
  const { endpoint, dataDir, engine } = options;
  if (endpoint !== undefined) {
    return { name: 'external', endpoint: endpoint.replace(/\/$/, ''), reportsIndexWrites: true, stop: async () => {} };
  }
  const binary = engine === 'dynalite' ? undefined : dynoxideBinary();
  if (binary !== undefined) return startDynoxide(binary, dataDir);
  if (engine === 'dynoxide') throw new Error('@dynoxide/linux-x64 is not installed here');
  return startDynalite(dataDir);
}
