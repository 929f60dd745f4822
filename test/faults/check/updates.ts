import { isOver } from '../../../core/edition/edition-state.ts';
import type { Call, History, Violation } from './history.ts';
import type { EditionFacts } from './ledger.ts';

/** `sev1-alerts_alert-1_r2` is the second about `sev1-alerts_alert-1`. */
const updateForm = /^(.*)_r(\d+)$/;
const updateOf = (edition: string) => {
  const [, about, n] = updateForm.exec(edition) ?? [];
  return about === undefined ? undefined : { about, n: Number(n) };
};

/** U1: no call for an update begins after one for a later update of the same incident. */
export function nobodyGetsAnOlderAccount({ calls }: Pick<History, 'calls'>): Violation[] {
  const latest = new Map<string, number>();
  return calls.flatMap(({ edition, subscriber, attempt }): Violation[] => {
    const update = updateOf(edition);
    if (!update) return [];
    const before = latest.get(update.about) ?? 0;
    latest.set(update.about, Math.max(before, update.n));
    if (update.n >= before) return [];
    return [{ invariant: 'U1', edition, subscriber, what: `attempt ${attempt} began after a call for r${before}` }];
  });
}

/**
 * U2: the last update of an incident is not superseded and tells the last revision; each earlier
 * one is superseded by the next. Nobody is skipped in an update because it was superseded, unless
 * the last one has their outcome.
 */
export function everybodyHearsTheLast({ editions, incidents }: Pick<History, 'editions' | 'incidents'>): Violation[] {
  return incidents.flatMap(({ stream, id, revision }) => {
    const all = editions
      .filter(({ edition }) => updateOf(edition.id)?.about === `${stream}_${id}`)
      .toSorted((a, b) => numberOf(a) - numberOf(b));
    const last = all.at(-1);
    if (!last) return [];
    const heard = new Set(last.leaves.flatMap(({ leaf }) => Object.keys(leaf.outcomes)));
    return all.flatMap((facts, i): Violation[] => {
      const found: Violation[] = [];
      const wrong = (what: string, subscriber?: string) =>
        found.push({ invariant: 'U2', edition: facts.edition.id, what, ...(subscriber !== undefined && { subscriber }) });
      const next = all[i + 1]?.edition.id;
      if (numberOf(facts) !== i + 1) wrong(`it is the update ${i + 1}`);
      if (facts.edition.superseded?.by !== next) wrong(`superseded by ${facts.edition.superseded?.by}, and followed by ${next}`);
      if (facts === last && facts.edition.carries[0]?.revision !== revision)
        wrong(`the last one tells revision ${facts.edition.carries[0]?.revision} of ${revision}`);
      for (const sid of supersededFor(facts)) if (facts === last || !heard.has(sid)) wrong('skipped: superseded, and nothing later', sid);
      return found;
    });
  });
}

const numberOf = ({ edition }: EditionFacts) => updateOf(edition.id)?.n ?? 0;
const supersededFor = ({ leaves }: EditionFacts) =>
  leaves.flatMap(({ leaf }) =>
    Object.entries(leaf.outcomes).flatMap(([sid, outcome]) => (outcome.kind === 'skipped' && outcome.reason === 'superseded' ? [sid] : [])),
  );

/**
 * U6: a pause is handed on. No call for a later update begins before the incident is resumed. An
 * edition that is over keeps none for ever.
 */
export function pausesAreHandedOn({ calls, pauses, editions }: Pick<History, 'calls' | 'pauses' | 'editions'>): Violation[] {
  const isEarly = ({ edition, at }: Call) => {
    const update = updateOf(edition);
    const pause = pauses.find(({ edition: paused }) => updateOf(paused)?.about === update?.about);
    return update !== undefined && pause !== undefined && update.n > (updateOf(pause.edition)?.n ?? 0) && at < pause.resumedAt;
  };
  return [
    ...calls.filter(isEarly).map(({ edition, subscriber }): Violation => {
      return { invariant: 'U6', edition, subscriber, what: 'sent although the update before was paused' };
    }),
    ...editions.flatMap(({ edition }): Violation[] =>
      isOver(edition) && edition.paused ? [{ invariant: 'U6', edition: edition.id, what: 'over and paused' }] : [],
    ),
  ];
}
