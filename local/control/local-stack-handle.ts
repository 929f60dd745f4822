import type { Table } from '../../adapters/dynamodb/table.ts';
import type { MovableClock } from '../clock.ts';
import type { Injected } from '../faults/faults.ts';
import type { IamEnforcer } from '../iam/iam-enforcer.ts';
import type { Functions } from '../lambda/functions.ts';
import type { LogCapture } from '../logs/log-capture.ts';
import type { QueueDepth } from '../queues/depths.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Inbox } from '../ses/inbox.ts';
import type { FakeSes } from '../ses/server.ts';
import type { UsageLedger } from '../usage/ledger.ts';

/** Everything that runs, as the endpoints under /_local and the page see it. */
export interface LocalStackHandle {
  readonly stackName: string;
  readonly functions: Functions;
  readonly scheduler: Scheduler;
  readonly clock: MovableClock;
  readonly ses: FakeSes;
  readonly faults: Injected;
  readonly doorkeeper: IamEnforcer;
  readonly inbox: Inbox;
  readonly usage: UsageLedger;
  readonly journal: LogCapture;
  /** Read past the proxy, so that looking costs nothing. Undefined where the stack has no table. */
  readonly table: Table | undefined;
  queues(): Promise<QueueDepth[]>;
  /** Messages that a function is still going to get. */
  outstanding(): Promise<number>;
}
