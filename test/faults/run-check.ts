import { dynamoPostmortemIndex } from '../../adapters/dynamodb/postmortem-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { editionKey } from '../../adapters/dynamodb/table-shape.ts';
import { tellingId } from '../../core/edition/edition-id.ts';
import { dayOfReminders } from '../../core/edition/service-mail.ts';
import type { TruthLine } from '../../local/ses/mailbox.ts';
import type { TestStack } from '../support/running-stack.ts';
import type { History, Violation } from './check/history.ts';
import * as invariants from './check/invariants.ts';
import { type EditionFacts, readEditionFacts } from './check/ledger.ts';
import { nobodyIsRemindedTwice } from './check/reminders.ts';
import { bytesAreReproduced } from './check/same-bytes.ts';
import { everybodyHearsTheLast, nobodyGetsAnOlderAccount, pausesAreHandedOn } from './check/updates.ts';
import { type Driven, drive, type Load } from './drive.ts';
import { type Safeguard, safeguards } from './safeguards.ts';
import { openWork, settle, workQueues } from './settle.ts';
import { aStage, type Stage } from './stage.ts';

export interface Checked {
  readonly violations: readonly Violation[];
  readonly history: History;
  readonly figures: Readonly<Record<string, number>>;
}

export interface CheckOptions extends Load {
  readonly without?: Safeguard;
  /** It counts as stuck if nothing moves for so long. @default 240 */
  readonly settleSeconds?: number;
  readonly told?: (line: string) => void;
}

/**
 * Sends under faults, waits until everything is finished, and compares the ledger with what the
 * mail server accepted.
 */
export async function checkDelivery({ without, settleSeconds = 240, told = () => {}, ...load }: CheckOptions): Promise<Checked> {
  const { stalls = 0, slowClaimsMs = 0, slowMarksMs = 0, placesLaterMs = 0, skewMs = 0, unnoted = false } = load.mix;
  const changes = without === undefined ? [] : safeguards[without];
  const stage = await aStage({ changes, stalls, slowClaimsMs, slowMarksMs, placesLaterMs, skewMs, unnoted });
  try {
    const began = performance.now();
    const driven = await drive(stage.stack, load);
    const drivenFor = (performance.now() - began) / 1000;
    told(`sent under faults for ${drivenFor.toFixed(0)} s; now without`);
    const isSettled = await settledAtLast(stage.stack, settleSeconds);
    told(isSettled ? 'settled; comparing' : `not settled, and nothing moved for ${settleSeconds} s; comparing`);
    const checked = await compare(stage, driven, load.maxSendRate);
    return {
      ...checked,
      figures: {
        ...checked.figures,
        'seconds under faults': Math.round(drivenFor),
        'seconds in all': Math.round((performance.now() - began) / 1000),
      },
    };
  } finally {
    await stage.stop().catch((error: unknown) => told(String(error)));
  }
}

const lookEverySeconds = 60;

/** After an outage `sweep` sends what is left every ten minutes. An hour of that is given. */
const mostAdvances = 6;

/**
 * Gives up only once nothing moves any more for so many seconds: a busy machine takes as long as it
 * takes. When nothing moves, the clock is moved on: a message that was noted counts as lost after
 * ten minutes. Its function may have died before it sent the message, or a machine that is too busy
 * may have used up its attempts, and then that happens again.
 */
async function settledAtLast(stack: TestStack, stuckSeconds: number): Promise<boolean> {
  const seconds = Math.min(lookEverySeconds, stuckSeconds);
  let advances = 0;
  for (let before = '', stillFor = 0; ; ) {
    if (await settle(stack, seconds)) return true;
    const now = JSON.stringify([(await stack.truth()).length, await openWork(stack)]);
    stillFor = now === before ? stillFor + seconds : 0;
    before = now;
    if (stillFor > 0 && advances < mostAdvances) {
      await stack.call('POST', '/_local/clock', { advance: 'PT11M' });
      advances += 1;
      stillFor = 0;
    } else if (stillFor >= stuckSeconds) return false;
  }
}

/** Compares what the table says with what happened. */
export async function compare(
  stage: Stage,
  { promised, exclusions, revised = [], pauses = [] }: Driven,
  maxSendRate: number,
): Promise<Checked> {
  const { stack } = stage;
  const accepted: TruthLine[] = await stack.truth();
  const faults = (await stack.call('GET', '/_local/faults')).body;
  const incidents = await Promise.all(revised.map((id) => lastRevision(stack.table, id)));
  const ids = new Set([
    ...promised,
    ...(await updatesAbout(revised, stack.table)),
    ...accepted.flatMap(({ edition }) => (edition === null ? [] : [edition])),
  ]);
  const editions: EditionFacts[] = [];
  for (const id of ids) {
    const facts = await readEditionFacts(stack.table, id);
    if (facts !== undefined) editions.push(facts);
  }
  const watched = { waits: await stage.waits(), calls: await stage.calls() };
  const happened = { promised, exclusions, pauses, incidents };
  const history: History = { ...happened, editions, accepted, ...watched, maxSendRate, overRate: faults.overRate };
  const bytes = await bytesAreReproduced(history, stack.table, stage.makeMail);
  const violations = [
    ...invariants.nobodyTwice(history),
    ...invariants.everybodyHasAnOutcome(history),
    ...invariants.ledgerAgreesWithTheServer(history),
    ...invariants.nobodyExcludedGetsIt(history),
    ...bytes.violations,
    ...invariants.rateIsKept(history),
    ...nobodyGetsAnOlderAccount(history),
    ...everybodyHearsTheLast(history),
    ...pausesAreHandedOn(history),
    ...nobodyIsRemindedTwice(history),
  ];
  return {
    violations,
    history,
    figures: {
      ...(await figuresOf(stack, history)),
      'bytes compared': bytes.compared,
      'bytes not compared, the profile or the attempt is another': bytes.leftOut,
    },
  };
}

const lastRevision = async (table: Table, id: string) => {
  const { revision = 0 } = (await dynamoPostmortemIndex(table).read(id)) ?? {};
  return { stream, id, revision };
};

/** The ids of every mail about these incidents that was made. */
async function updatesAbout(incidents: readonly string[], table: Table): Promise<string[]> {
  const ids: string[] = [];
  for (const incident of incidents)
    for (let n = 1; await table.read(editionKey(tellingId(stream, incident, n))); n += 1) ids.push(tellingId(stream, incident, n));
  return ids;
}
const stream = 'sev1-alerts';

async function figuresOf(stack: TestStack, { editions, accepted, exclusions }: History): Promise<Record<string, number>> {
  const outcomes = editions.flatMap(({ leaves }) => leaves.flatMap(({ leaf }) => Object.values(leaf.outcomes)));
  const count = (kind: string) => outcomes.filter((outcome) => outcome.kind === kind).length;
  const queues = await workQueues(stack);
  const { throttled } = (await stack.call('GET', '/_local/faults')).body;
  return {
    deliveries: outcomes.length,
    'accepted by the server': accepted.length,
    accepted: count('accepted'),
    skipped: count('skipped'),
    refused: count('refused'),
    unconfirmed: count('unconfirmed'),
    'second copies, marked': accepted.filter(({ attempt }) => (attempt ?? 1) > 1).length,
    'asked for in doubt': editions.flatMap(({ evidence }) => [...evidence.values()]).filter(({ asked }) => asked === true).length,
    'updates of an incident': editions.filter(({ edition }) => edition.incident !== undefined).length,
    'mails of reminders': accepted.filter(({ edition }) => dayOfReminders(edition ?? '') !== undefined).length,
    superseded: editions.filter(({ edition }) => edition.superseded).length,
    'skipped because superseded': outcomes.filter((outcome) => outcome.kind === 'skipped' && outcome.reason === 'superseded').length,
    'people who left meanwhile': exclusions.length,
    'mails with cards for a team': outcomes.filter((outcome) => 'made' in outcome && outcome.made.cards.includes('~')).length,
    'calls throttled': throttled,
    'highest receive count': Math.max(...queues.map(({ mostReceived }) => mostReceived)),
    'dead letters': queues.reduce((sum, { deadLetters }) => sum + deadLetters, 0),
  };
}
