import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DocumentStatus, type Facts, factOf } from '../../../core/connector/inbound-incident.ts';
import { mergeFacts } from '../../../core/connector/merge.ts';
import { aHearingWorld, looked } from '../../support/connector/world.ts';
import { tries } from '../../support/hostile/fuzz.ts';

/** One moment of an incident at the vendor: all that is true of it then. */
interface Moment {
  readonly isPrivate: boolean;
  readonly status: Exclude<DocumentStatus, 'none'>;
  readonly severity: string;
}
const moments = fc.array(
  fc.record<Moment>({
    isPrivate: fc.boolean(),
    status: fc.constantFrom('draft', 'published', 'deleted'),
    severity: fc.constantFrom('Critical', 'Minor', 'Cosmetic'),
  }),
  { minLength: 1, maxLength: 6 },
);
const at = (n: number) => `2026-11-18T1${n}:00:00Z`;
const facts = ({ isPrivate, status, severity }: Moment, n: number, seen: 'api' | 'event'): Facts => ({
  severity: factOf(severity, at(n), seen),
  status: factOf(status, at(n), seen),
  // An event never says that something is public.
  ...((isPrivate || seen === 'api') && { private: factOf(isPrivate, at(n), seen) }),
});

/** How what happened reaches us: any events, in any order and repeated, beside any age of the API. */
const histories = moments.chain((all) =>
  fc.record({
    all: fc.constant(all),
    heard: fc.array(fc.record({ event: fc.nat(all.length - 1), api: fc.nat(all.length - 1) }), { maxLength: 8 }),
  }),
);

it('comes to the same state in any order, and shows nothing private', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ all, heard }) => {
      const world = aHearingWorld();
      const answered = (n: number) => ({ kind: 'found', value: looked(n in all ? facts(all[n] as Moment, n, 'api') : {}) }) as const;
      const isShown = () => world.stored?.postmortem.status === 'published' && !world.stored.postmortem.restricted;
      /** What was last said of its visibility. Of one instant, private counts. */
      let said = { n: -1, isPrivate: false };
      const hearOf = (n: number, isPrivate: boolean) => {
        if (n > said.n || (n === said.n && isPrivate)) said = { n, isPrivate };
      };
      for (const { event, api } of heard) {
        const moment = all[event] as Moment;
        // A replica of the vendor's may be behind its own event.
        world.answer = answered(api);
        await world.hear(facts(moment, event, 'event'));
        if (moment.isPrivate) hearOf(event, true);
        hearOf(api, (all[api] as Moment).isPrivate);
        if (said.isPrivate) expect(isShown()).toBe(false);
      }
      // The poll comes in the end, whatever was lost before.
      const [last, end] = [all.length - 1, all.at(-1) as Moment];
      world.answer = answered(last);
      await world.hear();
      const alone = aHearingWorld({ answer: answered(last) });
      await alone.hear();
      expect(world.row?.facts).toEqual(alone.row?.facts);
      const told = end.status === 'published' && !end.isPrivate && end.severity !== 'Cosmetic';
      if (told) expect([isShown(), world.stored?.postmortem]).toEqual([true, alone.stored?.postmortem]);
      if (end.isPrivate || end.status === 'deleted') expect(isShown()).toBe(false);
    }),
    tries(0.5),
  );
});

const words = fc.constantFrom('release', 'map', 'ignore', 'undo');
const withWords = moments.chain((all) =>
  fc.record({
    all: fc.constant(all),
    heard: fc.array(fc.record({ event: fc.nat(all.length - 1), api: fc.nat(all.length - 1), says: fc.array(words, { maxLength: 2 }) }), {
      maxLength: 6,
    }),
    before: fc.array(words, { maxLength: 3 }),
  }),
);

it('is after an undo as if no operator had said anything, whatever came in between', async () => {
  await fc.assert(
    fc.asyncProperty(withWords, async ({ all, heard, before }) => {
      const [world, twin] = [aHearingWorld(), aHearingWorld()];
      const by = <T>(value: T) => factOf(value, '2026-11-20T10:00:00Z', 'operator');
      const say = async (word: 'ignore' | 'map' | 'release' | 'undo') => {
        if (word === 'undo') await world.undo();
        if (word === 'map') await world.press({ joins: by('pm-7') });
        if (word === 'ignore') await world.press({ ignored: by('a drill') });
        if (word === 'release') await world.press({ private: by(false), countsAs: by({ name: 'Cosmetic', severity: 'sev2' as const }) });
      };
      const hear = async (api: number, said: Facts = {}) => {
        for (const one of [world, twin]) {
          one.answer = { kind: 'found', value: looked(facts(all[api] as Moment, api, 'api')) };
          await one.hear(said);
        }
      };
      for (const { event, api, says } of heard) {
        await hear(api, facts(all[event] as Moment, event, 'event'));
        for (const word of says) await say(word);
      }
      for (const word of before) await say(word);
      // A poll looks at what was taken back, though the vendor changed nothing.
      if (((await world.undo())?.undone.length ?? 0) > 0) expect(world.row?.since).toBeDefined();
      await hear(all.length - 1);
      const seen = ({ row }: typeof world) => ({ facts: row?.facts, state: row?.state, why: row?.why, since: row?.since });
      const isShown = ({ stored }: typeof world) => stored?.postmortem.status === 'published' && !stored.postmortem.restricted;
      // A document that is opened again leaves what people knew by then, which words can change.
      if (all.at(-1)?.status === 'draft') expect(world.row?.facts).toEqual(twin.row?.facts);
      else expect(seen(world)).toEqual(seen(twin));
      // What a release alone showed is hidden, so more may be hidden than without it, and never less.
      if (twin.row?.state === 'held') expect(isShown(world) && !isShown(twin)).toBe(false);
      else if (twin.row?.state === 'hidden') expect(isShown(world)).toBe(false);
      else if (all.at(-1)?.status === 'published') expect(world.stored?.postmortem).toEqual(twin.stored?.postmortem);
    }),
    tries(0.3),
  );
});

const fact = fc.record({ at: fc.nat(3).map(at), seen: fc.constantFrom('event', 'api', 'operator') });
const someFacts: fc.Arbitrary<Facts> = fc.record(
  {
    private: fc.tuple(fc.boolean(), fact).map(([value, rest]) => ({ value, ...rest })),
    severity: fc.tuple(fc.constantFrom('Critical', 'Minor'), fact).map(([value, rest]) => ({ value, ...rest })),
  },
  { requiredKeys: [] },
);

it('merges in any order, any grouping, and again', () => {
  const isALattice = fc.property(someFacts, someFacts, someFacts, (a, b, c) => {
    expect(mergeFacts(a, b)).toEqual(mergeFacts(b, a));
    expect(mergeFacts(mergeFacts(a, b), c)).toEqual(mergeFacts(a, mergeFacts(b, c)));
    expect(mergeFacts(a, a)).toEqual(a);
  });
  void fc.assert(isALattice, tries());
});
