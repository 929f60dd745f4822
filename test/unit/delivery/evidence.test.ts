import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DeliveryEvent, type Evidence, eitherId, kinds, openOf, stateOf, withEvent } from '../../../core/delivery/evidence.ts';
import { tries } from '../../support/hostile/fuzz.ts';

const at = (second: number) => `2026-11-23T08:00:${String(second).padStart(2, '0')}Z`;
const anEvent = fc.record({
  kind: fc.constantFrom(...kinds),
  at: fc.nat({ max: 59 }).map(at),
  messageId: fc.constantFrom('', 'm-1', 'm-2'),
});
type Event = Pick<DeliveryEvent, 'kind' | 'at' | 'messageId'>;

/** Events, and the same ones in another order with some told again. */
const toldTwice = fc
  .array(anEvent, { minLength: 1, maxLength: 12 })
  .chain((events) =>
    fc
      .array(fc.constantFrom(...events), { maxLength: 24 })
      .chain((repeats) =>
        fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...repeats], { minLength: events.length + repeats.length })),
      ),
  );
const merged = (events: readonly Event[]) =>
  events.reduce<{ evidence: Evidence; id: string }>(
    ({ evidence, id }, event) => ({ evidence: withEvent(evidence, event), id: eitherId(id, event.messageId) }),
    { evidence: {}, id: '' },
  );

describe('evidence', () => {
  it('F19: is the same for any order and any repetition of events', () => {
    fc.assert(
      fc.property(toldTwice, ([events, again]) => void expect(merged(again)).toEqual(merged(events))),
      tries(10),
    );
  });

  it('proves acceptance by whatever event came', () => {
    for (const kind of kinds) expect(withEvent({}, { kind, at: at(5) })).toMatchObject({ accepted: at(5) });
  });
});

describe('what became of a mail', () => {
  it.each([
    [{ accepted: at(1) }, 'accepted'],
    [{ accepted: at(1), delayed: at(2) }, 'delayed'],
    [{ accepted: at(1), delayed: at(2), delivered: at(3) }, 'delivered'],
    [{ accepted: at(1), delivered: at(2), bounced: at(3) }, 'bounced'],
    [{ accepted: at(1), bounced: at(2), delivered: at(3) }, 'bounced'],
    [{ accepted: at(1), delivered: at(2), complained: at(3), bounced: at(4) }, 'complained of'],
    [{ accepted: at(1), delivered: at(2), softBounced: at(3) }, 'bounced for now'],
    [{ accepted: at(1), delivered: at(2), undetermined: at(3) }, 'delivered'],
    [{ accepted: at(1), notSpam: at(3) }, 'delivered'],
    [{ accepted: at(1), machineOpen: at(3) }, 'delivered'],
    [{ accepted: at(1), rejected: at(1) }, 'rejected'],
    [{ accepted: at(1), failed: at(1) }, 'not rendered'],
  ] satisfies [Evidence, string][])('of %j: %s', (evidence, state) => {
    expect(stateOf(evidence)).toBe(state);
  });
});

it('counts an open as the one that was most probably a person’s', () => {
  expect(openOf({ accepted: at(1) })).toBeUndefined();
  expect(openOf({ machineOpen: at(2) })).toBe('machine');
  expect(openOf({ machineOpen: at(2), unknownOpen: at(3) })).toBe('unknown');
  expect(openOf({ machineOpen: at(2), unknownOpen: at(3), humanOpen: at(9) })).toBe('likely human');
});
