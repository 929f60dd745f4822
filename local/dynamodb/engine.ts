export interface DynamoDbEngine {
  readonly name: 'dynoxide' | 'dynalite' | 'external';
  /** Without a trailing slash. */
  readonly endpoint: string;
  /** Whether ReturnConsumedCapacity includes the units of index writes. */
  readonly reportsIndexWrites: boolean;
  stop(): Promise<void>;
}
export type EngineChoice = 'dynoxide' | 'dynalite';
