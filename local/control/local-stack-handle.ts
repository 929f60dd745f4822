import type { Table } from '../../adapters/dynamodb/table.ts';
import type { MovableClock } from '../clock.ts';
import type { Injected } from '../faults/faults.ts';
import type { IamEnforcer } from '../iam/iam-enforcer.ts';
import type { Functions } from '../lambda/functions.ts';
import type { LogCapture } from '../logs/log-capture.ts';
import type { QueueDepth } from '../queues/depths.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { FakeSecrets } from '../secrets/server.ts';
import type { Inbox } from '../ses/inbox.ts';
import type { FakeSes } from '../ses/server.ts';
import type { FakeSlack } from '../slack/server.ts';
import type { UsageLedger } from '../usage/ledger.ts';
import type { FakeVendors } from '../vendors/server.ts';

/** All running parts, for the endpoints under /_local and for the page. */
export interface LocalStackHandle {
  readonly stackName: string;
  /** `http://localhost:<port>`, without a trailing slash. */
  readonly url: string;
  readonly functions: Functions;
  readonly scheduler: Scheduler;
  readonly clock: MovableClock;
  readonly ses: FakeSes;
  readonly slack: FakeSlack;
  readonly vendors: FakeVendors;
  readonly faults: Injected;
  readonly doorkeeper: IamEnforcer;
  readonly inbox: Inbox;
  readonly usage: UsageLedger;
  readonly journal: LogCapture;
  /**
   * Read without the proxy, so that these reads are not counted. Undefined if the stack has no
   * table.
   */
  readonly table: Table | undefined;
  readonly secrets: Pick<FakeSecrets, 'put'>;
  queues(): Promise<QueueDepth[]>;
  /** Throws away what waits in a queue. False: there is none of this name. */
  purge(queue: string): Promise<boolean>;
  /** The number of messages that a function will still get. */
  outstanding(): Promise<number>;
}
