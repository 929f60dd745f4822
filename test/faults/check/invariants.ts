import { deepStrictEqual } from 'node:assert';
import { countOutcomes } from '../../../core/delivery/tally.ts';
import { addCounts, countsOf, rulesOf } from '../../../core/edition/edition.ts';
import type { TruthLine } from '../../../local/ses/mailbox.ts';
import { lowestLevel } from '../../support/lowest-level.ts';
import { deliveryOf, type History, type Violation } from './history.ts';
import { type EditionFacts, isProven } from './ledger.ts';

/**
 * I1: on a `hold` stream nobody gets an edition twice. On `resend-once` there is at most one second
 * copy, and it is marked.
 */
export function nobodyTwice({ editions, accepted }: History): Violation[] {
  const byDelivery = Map.groupBy(accepted, deliveryOf);
  return editions.flatMap(({ edition }) =>
    [...byDelivery.values()].flatMap((lines): Violation[] => {
      const [first] = lines;
      if (first?.edition !== edition.id || lines.length < 2) return [];
      const isMarkedRepeat =
        lines
          .map(({ attempt }) => attempt)
          .toSorted()
          .join() === '1,2';
      if (rulesOf(edition).doubts === 'resend-once' && isMarkedRepeat) return [];
      const attempts = lines.map(({ attempt }) => attempt).join(', ');
      return [
        {
          invariant: 'I1',
          edition: edition.id,
          subscriber: first.subscriber ?? '',
          what: `accepted ${lines.length} times, attempts ${attempts}`,
        },
      ];
    }),
  );
}

/**
 * I2: everyone in the audience has one outcome, each range is finished, and the edition's counts
 * are exact.
 */
export function everybodyHasAnOutcome({ editions, promised }: History): Violation[] {
  const there = new Set(editions.map(({ edition }) => edition.id));
  const missing = promised.filter((id) => !there.has(id));
  return [
    ...missing.map((edition): Violation => ({ invariant: 'I2', edition, what: 'the edition was promised and is not there' })),
    ...editions.flatMap(unfinishedIn),
  ];
}

function unfinishedIn({ edition, audience, leaves }: EditionFacts): Violation[] {
  const found: Violation[] = [];
  const wrong = (what: string, subscriber?: string) =>
    found.push({ invariant: 'I2', edition: edition.id, what, ...(subscriber !== undefined && { subscriber }) });
  if (!edition.completedAt) wrong('the edition is not complete');
  if (!edition.content) return found;
  const placesOf = Map.groupBy(
    leaves.flatMap(({ prefix, leaf }) => Object.keys(leaf.outcomes).map((sid) => ({ sid, prefix }))),
    ({ sid }) => sid,
  );
  for (const sid of audience) if (!placesOf.has(sid)) wrong('in the audience, and without an outcome', sid);
  for (const [sid, places] of placesOf) if (places.length > 1) wrong(`an outcome in ${places.length} ranges`, sid);
  for (const { prefix, leaf } of leaves) {
    if (leaf.state !== 'done') wrong(`range ${prefix || '-'} is ${leaf.state}`);
    const submitting = Object.keys(leaf.submitting).filter((sid) => !leaf.outcomes[sid]);
    for (const sid of submitting) wrong('about to be sent, for ever', sid);
  }
  const counted = leaves.map(({ leaf }) => countOutcomes(leaf.outcomes)).reduce(addCounts, {});
  try {
    deepStrictEqual({ ...countsOf(edition) }, { ...counted });
  } catch {
    wrong(`its counts say ${JSON.stringify(countsOf(edition))}, its ranges ${JSON.stringify(counted)}`);
  }
  return found;
}

/**
 * I3: the ledger says accepted if and only if the server accepted, unless no event has come that
 * could have proved it.
 */
export function ledgerAgreesWithTheServer({ editions, accepted }: History): Violation[] {
  const linesOf = Map.groupBy(accepted, deliveryOf);
  const known = new Set<string>();
  const found: Violation[] = [];
  for (const { edition, leaves, evidence } of editions) {
    for (const { leaf } of leaves) {
      for (const [sid, outcome] of Object.entries(leaf.outcomes)) {
        const key = deliveryOf({ edition: edition.id, subscriber: sid });
        known.add(key);
        const wasAccepted = linesOf.has(key);
        const isUnknown = outcome.kind === 'unconfirmed' || outcome.kind === 'in doubt';
        const wrong = (what: string) => found.push({ invariant: 'I3', edition: edition.id, subscriber: sid, what });
        if (outcome.kind === 'accepted' && !wasAccepted) wrong('the ledger says accepted, the server never accepted it');
        if (wasAccepted && outcome.kind !== 'accepted' && !isUnknown) wrong(`the server accepted it, the ledger says ${outcome.kind}`);
        if (isUnknown && isProven(evidence.get(sid))) wrong(`an event has proved it accepted, the ledger says ${outcome.kind}`);
      }
    }
  }
  const unknown = [...linesOf].filter(([key]) => !known.has(key)).flatMap(([, [line]]) => (line ? [line] : []));
  return [...found, ...unknown.map(outOfNowhere)];
}

const outOfNowhere = ({ edition, subscriber, to }: TruthLine): Violation => ({
  invariant: 'I3',
  ...(edition !== null && { edition }),
  ...(subscriber !== null && { subscriber }),
  what: `the server accepted a mail to ${to} that no ledger knows`,
});

/**
 * The longest that an invocation of `deliver` may run on the laptop. Its mail was decided at most
 * this long before it was accepted.
 */
const invocationMs = 5000;

/** I4: nobody gets a mail if their exclusion was answered before their chunk's wait ended. */
export function nobodyExcludedGetsIt({ accepted, waits, exclusions }: History): Violation[] {
  const answeredAt = new Map(exclusions.map(({ subscriber, answeredAt: at }) => [subscriber, at]));
  const waitsOf = Map.groupBy(
    waits.flatMap(({ at, edition, people }) =>
      people.filter((sid) => answeredAt.has(sid)).map((subscriber) => ({ at, edition, subscriber })),
    ),
    deliveryOf,
  );
  return accepted.flatMap((line): Violation[] => {
    const excluded = answeredAt.get(line.subscriber ?? '');
    if (excluded === undefined) return [];
    const acceptedAt = Date.parse(line.acceptedAt);
    const mayBeIts = (waitsOf.get(deliveryOf(line)) ?? []).filter(({ at }) => at <= acceptedAt && at > acceptedAt - invocationMs);
    const waitEnded = Math.min(...mayBeIts.map(({ at }) => at));
    if (!Number.isFinite(waitEnded) || excluded >= waitEnded) return [];
    const what = `excluded ${waitEnded - excluded} ms before the wait of their chunk ended, and accepted ${acceptedAt - waitEnded} ms after it`;
    return [{ invariant: 'I4', edition: line.edition ?? '', subscriber: line.subscriber ?? '', what }];
  });
}

/**
 * I6: a bucket of the send rate, refilled at that rate, never runs dry: neither for the accepted
 * mails nor for the calls.
 */
export function rateIsKept({ accepted, maxSendRate, overRate }: History): Violation[] {
  const instants = accepted.map(({ acceptedAt }) => Date.parse(acceptedAt));
  const lowest = lowestLevel(instants, maxSendRate);
  const dry = lowest < 0 ? [`the bucket of ${maxSendRate} ran ${(-lowest).toFixed(1)} mails dry`] : [];
  const throttled = overRate > 0 ? [`the server had to throttle ${overRate} calls by itself`] : [];
  return [...dry, ...throttled].map((what) => ({ invariant: 'I6', what }));
}
