import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterCause, type Cause } from '../../../core/feedback/suppress.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { aProfile } from '../../support/delivery.ts';
import { tries } from '../../support/hostile/fuzz.ts';

const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T08:00:00Z`;
const told = (causes: readonly Cause[]): Profile => causes.reduce((known, cause) => afterCause(known, cause) ?? known, aProfile());
const withoutRevision = ({ revision: _, ...rest }: Profile) => rest;

describe('a cause', () => {
  it('F19: leads to the same profile in any order and with any repetition', () => {
    const aCause = fc.record({
      kind: fc.constantFrom<Cause['kind'][]>('complaint', 'permanent bounce', 'transient bounce', 'transient bounce', 'transient bounce'),
      edition: fc.constantFrom('e1', 'e2', 'e3', 'e4'),
      at: fc.integer({ min: 1, max: 28 }).map((day) => at(day)),
    });
    const both = fc
      .array(aCause, { minLength: 1, maxLength: 10 })
      .chain((causes) => fc.tuple(fc.constant(causes), fc.shuffledSubarray([...causes, ...causes], { minLength: causes.length * 2 })));
    fc.assert(
      fc.property(both, ([causes, again]) => void expect(withoutRevision(told(again))).toEqual(withoutRevision(told(causes)))),
      tries(5),
    );
  });

  const hour = 3600_000;
  const epoch = Date.parse('2026-01-01T00:00:00Z');
  const hoursLater = (hours: number) => new Date(epoch + hours * hour).toISOString();
  /** Mails of a few weeks' editions that the mailbox turned away, any hour of so many weeks. */
  const turnedAwayWithin = (weeks: number) =>
    fc.record({
      kind: fc.constant('transient bounce' as const),
      edition: fc.constantFrom('e1', 'e2', 'e3', 'e4', 'e5', 'e6'),
      at: fc.integer({ min: 0, max: weeks * 7 * 24 - 1 }).map(hoursLater),
    });

  it('F19: of mails that were turned away weeks apart leads to the same profile in any order and with any repetition', () => {
    const both = fc
      .array(turnedAwayWithin(17), { minLength: 1, maxLength: 9 })
      .chain((causes) => fc.tuple(fc.constant(causes), fc.shuffledSubarray([...causes, ...causes], { minLength: causes.length * 2 })));
    fc.assert(
      fc.property(both, ([causes, again]) => void expect(withoutRevision(told(again))).toEqual(withoutRevision(told(causes)))),
      tries(5),
    );
  });

  it('F19: leads to the same suppression over two years, be it told up to ninety days behind a later one', () => {
    const late = fc.array(fc.tuple(turnedAwayWithin(104), fc.integer({ min: 0, max: 90 * 24 })), { minLength: 1, maxLength: 40 });
    const inOrderOf = (causes: [Cause, number][], delay: (hours: number) => number) =>
      causes
        .toSorted(([a, lateA], [b, lateB]) => Date.parse(a.at) + delay(lateA) - Date.parse(b.at) - delay(lateB))
        .map(([cause]) => cause);
    fc.assert(
      fc.property(late, (causes) => {
        const asTold = told(inOrderOf(causes, (hours) => hours * hour)).suppressed;
        expect(asTold).toEqual(told(inOrderOf(causes, () => 0)).suppressed);
      }),
      tries(5),
    );
  });
});
