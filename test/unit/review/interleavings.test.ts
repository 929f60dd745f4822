import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ActionRow } from '../../../core/action/action.ts';
import { basisOf } from '../../../core/action/basis.ts';
import type { ActionEvent, Decision } from '../../../core/action/event.ts';
import { knownEvents } from '../../../core/action/event.ts';
import { listedEvents } from '../../../core/action/listed-events.ts';
import type { ActionLedger } from '../../../core/action/ports.ts';
import { type NewEvent, pressAction } from '../../../core/action/press.ts';
import { statusOf } from '../../../core/action/status.ts';
import { keepActions } from '../../../core/intake/keep-actions.ts';
import { type Choice, type Shown, shownOf } from '../../../core/review/decide.ts';
import { type FormOutcome, pressDecisions } from '../../../core/review/press-decisions.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';
import { aReview, reviewsInMemory } from '../../support/reviews-in-memory.ts';

const file = aDistribution();
const start = Date.parse('2026-11-23T10:00:00Z');
const limit = { title: 'Lower the limit', owner: 'Payments', cost: 'Two weeks' };
const region = { title: 'A second region', owner: 'Platform' };
const revisions = [
  [limit, region],
  [{ ...limit, cost: 'Two months' }, region],
  [region, { ...limit, owner: 'Search' }],
  [{ ...limit, status: 'done' as const }, region],
];
const storedRevision = (revision: number, actionItems: object[]) => ({
  postmortem: aPostmortem({ actionItems }),
  revision,
  hash: 'h',
  updatedAt: new Date(start + revision).toISOString(),
  owed: [],
  editions: [],
  namedIn: [],
  hiddenIn: 0,
});

/** A table that answers when the scheduler says so, and remembers every state of every row. */
function aLedger(wait: <T>(of: string, value: T) => Promise<T>) {
  const rows = new Map<string, ActionRow>();
  const states: ActionRow[] = [];
  const ledger: ActionLedger = {
    read: async (_, aid) => {
      await wait('read', undefined);
      return rows.get(aid);
    },
    list: async () => {
      await wait('read', undefined);
      return [...rows.values()];
    },
    put: async (row) => {
      await wait('put', undefined);
      if ((rows.get(row.aid)?.version ?? 0) !== row.version) return false;
      const next = { ...row, version: row.version + 1 };
      rows.set(row.aid, next);
      states.push(next);
      return true;
    },
  };
  return { ledger, rows, states };
}

const choice: fc.Arbitrary<Choice> = fc.oneof(
  fc.constant<Choice>({ what: 'fund', reason: '' }),
  fc.constant<Choice>({ what: 'accept the risk', reason: 'It is rare.' }),
  fc.constant<Choice>({ what: 'defer', until: '2027-01-15', reason: 'After the move.' }),
);
const press: fc.Arbitrary<NewEvent> = fc.oneof(
  fc.constant<NewEvent>({ kind: 'done', by: 'owner' }),
  fc.constant<NewEvent>({ kind: 'reopened', by: 'owner', reason: 'It came back.' }),
  fc.constant<NewEvent>({ kind: 'handed over', by: 'owner', to: 'Search' }),
);
const imported: fc.Arbitrary<NewEvent> = fc
  .constantFrom('in-progress' as const, 'done' as const)
  .map((status) => ({ kind: 'imported', by: 'key', status, from: 'tracker' }));

it('of intake, two reviewers, an owner and an import lose no event, and each decision was made on what was shown', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(choice, { minLength: 2, maxLength: 4 }),
      fc.array(press, { maxLength: 3 }),
      fc.array(imported, { maxLength: 2 }),
      fc.subarray([1, 2, 3], { minLength: 1 }),
      async (scheduler, choices, presses, imports, revised) => {
        const schedule = { isOn: false };
        const { ledger, rows, states } = aLedger(async (of, value) =>
          schedule.isOn ? scheduler.schedule(Promise.resolve(value), of) : value,
        );
        await keepActions(storedRevision(1, revisions[0] ?? []), ledger);
        schedule.isOn = true;
        let ticks = 0;
        const now = () => {
          ticks += 1;
          // Several calls within a millisecond.
          return new Date(start + Math.floor(ticks / 5));
        };
        const aids = [...rows.keys()];
        const added: (ActionEvent & { aid: string })[] = [];
        const outcomes: FormOutcome[] = [];
        const seen = new Set<string>();
        const lines: unknown[] = [];
        const review = reviewsInMemory(aReview());
        const deps = {
          actions: ledger,
          reviews: review,
          audit: { record: async (line: unknown) => void lines.push(line) },
          mail: async () => {},
          now,
        };
        const decide = async (sid: string, mine: readonly Choice[]) => {
          for (const one of mine) {
            const shown = (await ledger.list('pm-1')).map((row) => ({ aid: row.aid, shown: shownOf(row, now()), choice: one }));
            for (const { aid, shown: what } of shown) seen.add(seenAs(sid, aid, what));
            await scheduler.schedule(Promise.resolve(), `${sid} reads`);
            const form = { postmortem: 'pm-1', decisions: shown, isFlawed: false };
            // Sent from two tabs.
            outcomes.push(...(await Promise.all([form, form].map((sent) => pressDecisions(sent, { sid, as: sid }, file, deps)))));
          }
        };
        const pressAll = async (events: readonly NewEvent[]) => {
          for (const [n, event] of events.entries()) {
            const aid = aids[n % aids.length] ?? '';
            const done = await pressAction({ postmortem: 'pm-1', aid }, () => ({ kind: 'events', events: [event] }), {
              actions: ledger,
              now,
            });
            if (done.kind === 'stored') added.push(...done.added.map((one) => ({ ...one, aid })));
          }
        };
        const intake = async () => {
          for (const n of revised) await keepActions(storedRevision(n + 1, revisions[n] ?? []), ledger);
        };
        const half = Math.ceil(choices.length / 2);
        const settled = Promise.allSettled([
          decide('vp', choices.slice(0, half)),
          decide('cto', choices.slice(half)),
          pressAll(presses),
          pressAll(imports),
          intake(),
        ]);
        await scheduler.waitFor(settled);
        // Who loses eight times in a row gives up aloud, and nothing else fails.
        for (const one of await settled) if (one.status === 'rejected') expect(String(one.reason)).toMatch(/KeptChanging/);

        for (const { aid, ...event } of added) expect(rows.get(aid)?.events).toContainEqual(event);
        const decided = [...rows.values()].flatMap((row) =>
          row.events.flatMap((event, n) => (isDecided(event) ? [{ row, event, n }] : [])),
        );
        const taken = outcomes.flatMap(({ decisions }) => [...decisions.values()]).filter(({ kind }) => kind === 'taken');
        expect(decided).toHaveLength(taken.length);
        expect(lines).toHaveLength(taken.length);
        for (const { row, event, n } of decided) {
          expect(seen).toContain(seenAs(event.by, row.aid, { basis: event.basis, events: n }));
          const stored = states.findIndex((state) => state.aid === row.aid && state.events.length === n + 1);
          const before = states.slice(0, stored).findLast((state) => state.aid === row.aid);
          expect(before?.events).toHaveLength(n);
          expect(before && basisOf(before, new Date(event.at))).toBe(event.basis);
        }
        for (const state of states) {
          expect(new Set(knownEvents(state.events).map(({ at }) => at)).size).toBe(state.events.length);
          for (const at of [start, start + 24 * 3_600_000])
            expect(statusOf({ ...state, events: listedEvents(state) }, new Date(at))).toEqual(statusOf(state, new Date(at)));
        }
      },
    ),
    { numRuns: 30, seed: 17 },
  );
});

const seenAs = (sid: string, aid: string, { basis, events }: Shown) => [sid, aid, events, basis].join(' ');
const isDecided = (event: unknown): event is Decision => Object(event).kind === 'decided';
