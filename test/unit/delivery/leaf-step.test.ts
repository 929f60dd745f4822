import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inDoubtCode, type LaneState, sameRefusalCode, standOf, withNextProbe } from '../../../core/delivery/lane.ts';
import {
  begin,
  type Ending,
  type Facts,
  type LeafEvent,
  type LeafState,
  nextStep,
  type Step,
  after as stateAfter,
} from '../../../core/delivery/leaf-step.ts';
import type { Outcome, Outcomes } from '../../../core/delivery/outcome.ts';
import type { ChunkFacts, Outlook } from '../../../core/delivery/ports.ts';
import { rootOf, type Submitted } from '../../../core/delivery/range.ts';
import type { Back, ChunkResult, Sent } from '../../../core/delivery/send-chunk.ts';
import { isOver } from '../../../core/edition/edition-state.ts';
import type { SubscriberId } from '../../../core/subscriber/subscriber.ts';
import { aLeaf, anEdition, someFragments, someMade } from '../../support/delivery.ts';

const at = 1_800_000_000_000;
const since = new Date(at - 60_000).toISOString();
const some = { fragments: someFragments(), interval: 10, span: 2510 };
const accepted: Outcome = { kind: 'accepted', attempt: 1, messageId: 'm', made: someMade({ issuedAt: at / 1000 }) };
const doubt: Outcome = { kind: 'in doubt', attempt: 1, made: someMade({ issuedAt: at / 1000 }) };
const stopped = (code: string, probeAt: number): LaneState => ({ stopped: { code, since, probeAt, interval: 20_000 } });
const outlookOf = (change: Partial<Outlook> = {}): Outlook => ({
  recalled: false,
  superseded: false,
  lane: {},
  maxSendRate: 100,
  ...change,
});
const chunkFacts = (outlook: Outlook): ChunkFacts => ({
  ...outlook,
  profiles: new Map(),
  paused: false,
  withheld: new Set(),
  corrected: new Set(),
});

const aState = (change: Partial<LeafState> = {}): LeafState => ({
  ...begin({
    edition: anEdition(),
    range: rootOf(anEdition().id),
    leaf: aLeaf(),
    unrecorded: {},
    people: ['a', 'b', 'c'],
    again: new Map(),
  }),
  ...change,
});
const someFacts = (change: Partial<Facts> = {}): Facts => ({
  now: at,
  remainingMs: 20_000,
  paceAt: () => ({ interval: 10, chunk: 2 }),
  isSieveWanted: false,
  acceptedAt: 0,
  graceMs: 120_000,
  requestTimeoutMs: 2000,
  ...change,
});
const isOwed = ({ leaf, unrecorded, again }: LeafState, sid: SubscriberId) => {
  const known = unrecorded[sid] ?? leaf.outcomes[sid];
  return known === undefined || (!unrecorded[sid] && known.kind === 'in doubt' && known.attempt === again.get(sid)?.attempt);
};

/** Every value that a step depends on, with every other. */
const everywhere = {
  lane: { unread: undefined, open: {}, byHand: { paused: { at: since, by: 'x' } }, shut: stopped('S', at + 1), due: stopped('S', at) },
  ending: {
    none: undefined,
    hold: { kind: 'hold', held: { kind: 'paused' } },
    stop: { kind: 'stop lane', stop: { code: 'S', since: undefined } },
    back: { kind: 'put back', delay: 1 },
  } satisfies Record<string, Ending | undefined>,
  booking: {
    none: undefined,
    booked: { kind: 'booked', at, booked: 2 },
    near: { kind: 'far', until: at + 1000 },
    far: { kind: 'far', until: at + 19_000 },
    passed: { kind: 'far', until: at },
  } as const,
  people: {
    nobody: { people: [] },
    told: { unrecorded: { a: accepted, b: accepted }, leaf: aLeaf({ outcomes: { c: accepted } }) },
    fresh: {},
    again: { people: ['a'], again: new Map([['a', doubt]]), leaf: aLeaf({ outcomes: { a: doubt } }) },
    doubted: { people: ['a'], leaf: aLeaf({ outcomes: { a: doubt } }) },
    denied: { leaf: aLeaf({ denied: { a: at - 1000 } }) },
    aside: { people: ['a'], aside: new Map([['a', 'AccessDenied']]), leaf: aLeaf({ denied: { a: at - 1000 } }) },
  } satisfies Record<string, Partial<LeafState>>,
};

interface Case {
  readonly name: () => string;
  readonly state: LeafState;
  readonly facts: Facts;
}
/** There are four hundred thousand, so they share what they have in common. */
const shared = {
  state: aState(),
  editions: [anEdition(), anEdition({ paused: true })] as const,
  facts: [false, true].map((isSieveWanted) => [2000, 20_000].map((remainingMs) => someFacts({ isSieveWanted, remainingMs }))),
  outlooks: new Map(
    Object.values(everywhere.lane).map((lane) => [
      lane,
      [{}, { recalled: true }, { superseded: true }].map((over) => lane && outlookOf({ lane, ...over })),
    ]),
  ),
};
const everyCase: Case[] = Object.entries(everywhere.lane).flatMap(([lane, seen]) =>
  Object.entries(everywhere.ending).flatMap(([ending, why]) =>
    Object.entries(everywhere.booking).flatMap(([booking, answer]) =>
      Object.entries(everywhere.people).flatMap(([people, who]) =>
        (['none', 'unproven', 'ready'] as const).flatMap((probe) => {
          const common = {
            ...shared.state,
            ending: why,
            booking: answer && { chunk: { people: ['a', 'b'], ...some }, ...answer },
            probe,
            ...who,
          };
          return Array.from({ length: 192 }, (_, bits): Case => {
            const is = (bit: number) => (bits & bit) > 0;
            return {
              name: () => `${lane} ${ending} ${booking} ${people} ${probe} ${bits}`,
              state: {
                ...common,
                edition: shared.editions[is(2) ? 1 : 0],
                outlook: shared.outlooks.get(seen)?.[bits >> 6],
                fragments: is(16) ? some.fragments : undefined,
                isLaneToOpen: is(1),
                isSieved: is(4),
              },
              facts: shared.facts[is(8) ? 1 : 0]?.[is(32) ? 1 : 0] ?? someFacts(),
            };
          });
        }),
      ),
    ),
  ),
);

/** What has to be so whenever a step is taken. */
const must: { readonly [Do in Step['do']]: (step: Extract<Step, { do: Do }>, state: LeafState, facts: Facts) => boolean } = {
  'open lane': (_, { isLaneToOpen }) => isLaneToOpen,
  hold: ({ held }, { ending, edition, outlook }, { now }) =>
    ending?.kind === 'hold' ||
    (ending === undefined && held.kind === 'paused' && (edition.paused || outlook?.lane.paused !== undefined)) ||
    (ending === undefined && outlook !== undefined && standOf(outlook.lane, now) === 'stopped'),
  'stop lane': ({ isFinished }, state) =>
    state.ending?.kind === 'stop lane' && isFinished === !state.people.some((sid) => isOwed(state, sid)),
  finish: (_, state) => state.ending === undefined && !state.booking && !state.people.some((sid) => isOwed(state, sid)),
  'put back': (_, { ending, booking, aside }, { remainingMs }) =>
    ending?.kind === 'put back' || booking?.kind === 'far' || aside.size > 0 || remainingMs < 2510,
  'read outlook': (_, { outlook, edition }) => outlook === undefined && !edition.paused,
  'take probe': ({ stopped: stop }, { outlook, probe }, { now }) =>
    probe === 'none' && outlook?.lane.stopped === stop && !isOver(outlook) && standOf(outlook.lane, now) === 'probe',
  'ask for evidence': (_, { probe, outlook }) => probe === 'unproven' && outlook !== undefined && !isOver(outlook),
  'read fragments': (_, state, facts) => mayGoOn(state, facts) && !state.fragments,
  'find not allowed': ({ people }, state, facts) =>
    mayGoOn(state, facts) && facts.isSieveWanted && !state.isSieved && people.every((sid) => isOwed(state, sid)),
  book: ({ chunk, wanted }, state, facts) =>
    mayGoOn(state, facts) &&
    state.outlook !== undefined &&
    !isOver(state.outlook) &&
    (state.isSieved || !facts.isSieveWanted) &&
    wanted.places === chunk.people.length &&
    chunk.people.length <= (state.probe === 'none' ? 2 : 1) &&
    facts.remainingMs >= chunk.span &&
    chunk.people.every((sid) => isOwed(state, sid) && !state.aside.has(sid)),
  wait: ({ until }, { booking }, { now, remainingMs }) =>
    booking?.kind === 'far' && until > now && remainingMs >= until - now + booking.chunk.span,
  send: (_, state, facts) =>
    state.booking?.kind === 'booked' ||
    (state.booking === undefined && state.outlook !== undefined && isOver(state.outlook) && mayGoOn(state, facts)),
};

/** Somebody waits, and no brake keeps their mail back. */
const mayGoOn = (state: LeafState, { now }: Facts) =>
  state.ending === undefined &&
  !state.edition.paused &&
  state.people.some((sid) => isOwed(state, sid)) &&
  state.outlook !== undefined &&
  (isOver(state.outlook) || state.probe === 'ready' || standOf(state.outlook.lane, now) === 'open');

const isAsItMust = (step: Step, state: LeafState, facts: Facts) =>
  (must[step.do] as (step: Step, state: LeafState, facts: Facts) => boolean)(step, state, facts);

describe('the next step', () => {
  const steps = everyCase.map((one) => ({ ...one, step: nextStep(one.state, one.facts) }));

  it('is one that may be taken, in every state and with every fact', () => {
    expect(steps.length).toBe(5 * 4 * 5 * 7 * 3 * 192);
    expect(steps.filter(({ step, state, facts }) => !isAsItMust(step, state, facts)).map(({ name, step }) => [name(), step.do])).toEqual(
      [],
    );
  });

  it('is each of them somewhere', () => {
    expect([...new Set(steps.map(({ step }) => step.do))].toSorted()).toEqual(Object.keys(must).toSorted());
  });

  it('deals with what the last one has found before anything else', () => {
    const doneFirst = ({ isLaneToOpen, ending, booking }: LeafState) =>
      isLaneToOpen ? ['open lane'] : ending ? [ending.kind] : booking ? ['send', 'wait', 'put back'] : undefined;
    expect(steps.filter(({ state, step }) => doneFirst(state)?.includes(step.do) === false)).toEqual([]);
  });

  it('tries readers who were denied before last of all', () => {
    const leaf = aLeaf({ denied: { a: at - 1000 } });
    const state = aState({ leaf, outlook: outlookOf(), fragments: some.fragments });
    expect(nextStep(state, someFacts())).toMatchObject({ do: 'book', chunk: { people: ['b', 'c'] } });
  });

  it('ends a leaf whose denied readers were all refused for good, whichever chunk recorded it', () => {
    const refused: Outcome = { kind: 'refused', attempt: 1, code: 'AccessDenied' };
    const aside = new Map([['a', 'AccessDenied'] as const, ['b', 'AccessDenied'] as const]);
    const state = aState({ people: ['a', 'b'], aside, leaf: aLeaf({ outcomes: { a: refused } }), unrecorded: { b: refused } });
    expect(nextStep(state, someFacts())).toEqual({ do: 'finish' });
  });
});

const throttled = { kind: 'try later', why: 'throttled', code: 'Throttling' } as const;
const denied = { kind: 'try later', why: 'unclear', code: 'AccessDenied' } as const;
const stops = { kind: 'try later', why: 'stopped', code: 'S' } as const;

/** What may become of one reader in a chunk. */
const answers = {
  accepted: { outcome: accepted },
  refused: { outcome: { kind: 'refused', attempt: 1, code: 'R' } },
  skipped: { outcome: { kind: 'skipped', reason: 'gone' } },
  doubt: { outcome: doubt },
  throttled: { back: throttled },
  denied: { back: denied },
  stops: { back: stops },
  unreachable: { back: { ...throttled, why: 'unreachable' } },
} as const satisfies Record<string, { outcome: Outcome } | { back: Back['outcome'] }>;

const kept = ['late', 'held', 'paused', 'reserved', 'short of time'] as const;
interface Start {
  readonly people: number;
  readonly lane: LaneState;
  readonly paused: boolean;
  readonly over: 'recalled' | 'superseded' | undefined;
  readonly isSieveWanted: boolean;
  readonly isAgain: boolean;
  /** Percentages that decide what happens. */
  readonly chance: fc.Stream<number>;
  readonly answer: fc.Stream<keyof typeof answers>;
}
const answerNames: readonly (keyof typeof answers)[] = [
  'accepted',
  'refused',
  'skipped',
  'doubt',
  'throttled',
  'denied',
  'stops',
  'unreachable',
];
const aStart: fc.Arbitrary<Start> = fc.record({
  people: fc.integer({ min: 0, max: 9 }),
  lane: fc.constantFrom<LaneState>(
    {},
    {},
    {},
    { paused: { at: since, by: 'x' } },
    stopped('S', at),
    stopped(inDoubtCode, at),
    stopped('S', at + 1),
  ),
  paused: fc.constantFrom(false, false, false, true),
  over: fc.constantFrom(undefined, undefined, undefined, 'recalled', 'superseded'),
  isSieveWanted: fc.boolean(),
  isAgain: fc.boolean(),
  chance: fc.infiniteStream(fc.nat({ max: 99 })),
  answer: fc.infiniteStream(fc.constantFrom(...answerNames)),
});

/** A worker's acts against a world that answers as it likes, but as the ports promise. */
function workOff(start: Start) {
  const people = Array.from({ length: start.people }, (_, n) => `s${n}`);
  const before: Submitted = { attempt: 1, made: someMade() };
  const again = new Map(start.isAgain ? people.map((sid) => [sid, before]) : []);
  const outcomes: Outcomes = start.isAgain ? Object.fromEntries(people.map((sid) => [sid, { kind: 'in doubt', ...before }])) : {};
  const edition = anEdition({ paused: start.paused });
  let state = begin({ edition, range: rootOf(edition.id), leaf: aLeaf({ outcomes }), unrecorded: {}, people, again });
  let { lane } = start;
  let facts = someFacts({ isSieveWanted: start.isSieveWanted });
  const happens = (percent: number) => (start.chance.next().value ?? 99) < percent;
  const pass = (ms: number) => {
    facts = { ...facts, now: facts.now + ms, remainingMs: facts.remainingMs - ms };
  };
  const outlook = () => outlookOf({ lane, ...(start.over && { [start.over]: true }) });
  const nextAttempt = (outcome: Outcome): Outcome => ('attempt' in outcome && start.isAgain ? { ...outcome, attempt: 2 } : outcome);
  const wrong: string[] = [];
  const sent: SubscriberId[] = [];
  const known: Record<SubscriberId, Outcome> = {};
  let booked: readonly SubscriberId[] = [];
  let isProbeOurs = false;

  const chunkOf = (step: Extract<Step, { do: 'send' }>): LeafEvent => {
    const isProbe = state.probe !== 'none';
    const why = kept[(start.chance.next().value ?? 0) % kept.length];
    if (happens(25) && !start.over && !(why === 'late' && !state.mayBookAgain)) {
      if (why === 'held') lane = happens(50) ? { ...lane, paused: { at: since, by: 'x' } } : stopped('S', facts.now + 20_000);
      const result = why === 'held' ? { kind: why, facts: chunkFacts(outlook()) } : { kind: why ?? 'late' };
      return { kind: 'chunk kept', result: result as Exclude<ChunkResult, { kind: 'sent' | 'lost' }> };
    }
    const results: Record<SubscriberId, Outcome> = {};
    const back: Back[] = [];
    for (const sid of step.chunk.people) {
      if (sent.includes(sid)) wrong.push(`${sid} is sent to twice`);
      const name: keyof typeof answers = start.over ? 'skipped' : start.answer.next().value;
      const answer = answers[name];
      if (name !== 'skipped') sent.push(sid);
      if ('back' in answer) back.push({ sid, outcome: answer.back });
      else results[sid] = known[sid] = nextAttempt(answer.outcome);
    }
    const stop = back.find(({ outcome }) => outcome.why === 'stopped')?.outcome.code;
    const isTaken = Object.values(results).some(({ kind }) => kind === 'accepted' || kind === 'refused');
    const calls = step.chunk.people.length - Object.values(results).filter(({ kind }) => kind === 'skipped').length;
    if (isProbe && calls > 0) isProbeOurs = false;
    const leaf = { ...state.leaf, outcomes: { ...state.leaf.outcomes, ...state.unrecorded } };
    return {
      kind: 'chunk sent',
      sent: { kind: 'sent', leaf, outcomes: results, facts: chunkFacts(outlook()), back, calls, isTaken, stoppedBy: stop },
      outageSince: !isProbe && happens(5) ? since : undefined,
    };
  };

  const answerTo = (step: Step): LeafEvent | undefined => {
    switch (step.do) {
      case 'read outlook':
        return { kind: 'outlook read', outlook: outlook() };
      case 'read fragments':
        return { kind: 'fragments read', fragments: some.fragments };
      case 'take probe':
        isProbeOurs = happens(70);
        if (isProbeOurs && lane.stopped) lane = { ...lane, stopped: withNextProbe(lane.stopped, facts.now) };
        return { kind: 'probe asked for', stopped: step.stopped, isOurs: isProbeOurs };
      case 'ask for evidence': {
        const proven = Object.fromEntries(people.filter(() => happens(30)).map((sid) => [sid, accepted]));
        Object.assign(known, proven);
        return { kind: 'evidence read', proven };
      }
      case 'open lane':
        lane = {};
        return { kind: 'lane opened', leaf: { ...state.leaf, outcomes: { ...state.leaf.outcomes, ...state.unrecorded } } };
      case 'find not allowed': {
        const skipped: Outcomes = Object.fromEntries(
          step.people.filter(() => happens(30)).map((sid) => [sid, { kind: 'skipped', reason: 'not allowed' }]),
        );
        for (const sid of Object.keys(skipped)) known[sid] = again.has(sid) ? { kind: 'unconfirmed', ...before } : accepted;
        return { kind: 'not allowed found', skipped };
      }
      case 'book':
        if (standOf(lane, facts.now) !== 'open' && !isProbeOurs) wrong.push('places are booked in a held lane');
        booked = step.chunk.people;
        return happens(20)
          ? {
              kind: 'booking answered',
              chunk: step.chunk,
              booking: { kind: 'far', until: facts.now + 500 * (start.chance.next().value ?? 0) },
            }
          : { kind: 'booking answered', chunk: step.chunk, booking: { kind: 'booked', at: facts.now + 10, booked: 1 } };
      case 'wait':
        pass(step.until - facts.now);
        return { kind: 'waited' };
      case 'send':
        if (!start.over && booked !== step.chunk.people) wrong.push('places of others are used');
        booked = [];
        pass(20);
        return chunkOf(step);
      case 'hold':
      case 'stop lane':
      case 'put back':
      case 'finish':
        return undefined;
      default:
        return step satisfies never;
    }
  };

  for (let n = 0; n < 1000; n += 1) {
    const step = nextStep(state, facts);
    if (!isAsItMust(step, state, facts)) wrong.push(`${step.do} may not be done`);
    const event = answerTo(step);
    if (!event) return { last: step, state, wrong, known };
    state = stateAfter(state, event, facts);
    pass(1);
  }
  return { last: undefined, state, wrong, known };
}

/** One chunk of which a reader was denied. */
const deniedOnce = (state: LeafState, facts: Facts, change: Partial<Sent> = {}): LeafState => {
  const sent: Sent = {
    kind: 'sent',
    leaf: state.leaf,
    outcomes: {},
    facts: chunkFacts(outlookOf()),
    back: [{ sid: 'a', outcome: denied }],
    calls: 1,
    isTaken: false,
    stoppedBy: undefined,
  };
  return stateAfter(state, { kind: 'chunk sent', sent: { ...sent, ...change }, outageSince: undefined }, facts);
};

describe('a reader who is denied', () => {
  const minutes = (n: number) => n * 60_000;
  const deniedFor = (ms: number) => aState({ people: ['a'], leaf: aLeaf({ denied: { a: at - ms } }) });

  it('is noted with the time, set aside, and tried again later', () => {
    const state = deniedOnce(aState({ people: ['a'] }), someFacts());
    expect([state.leaf.denied, [...state.aside], state.unrecorded]).toEqual([{ a: at }, [['a', 'AccessDenied']], {}]);
    expect(nextStep(state, someFacts({ acceptedAt: at }))).toEqual({ do: 'put back', delay: 20, handled: { kind: 'later' } });
  });

  it('may be everybody as long as SES has accepted no mail since', () => {
    const state = deniedOnce(deniedFor(minutes(10)), someFacts());
    expect(nextStep(state, someFacts({ acceptedAt: at - minutes(11) }))).toEqual({
      do: 'put back',
      delay: 300,
      handled: { kind: 'stopped', code: 'AccessDenied', isNews: true },
    });
  });

  it.each<[string, number, number, boolean]>([
    ['within the grace', minutes(2) - 1, at, false],
    ['after the grace, while others had mail', minutes(2), at - minutes(2), true],
    ['after the grace, while nobody had mail', minutes(60), at - minutes(61), false],
    ['after a day', minutes(24 * 60), 0, true],
  ])('is refused for good or not: %s', (_when, lasted, acceptedAt, isRefused) => {
    const { unrecorded } = deniedOnce(deniedFor(lasted), someFacts({ acceptedAt }));
    expect(unrecorded).toEqual(isRefused ? { a: { kind: 'refused', attempt: 1, code: 'AccessDenied' } } : {});
  });

  it('is never refused by a probe, which stops the lane again', () => {
    const state = deniedOnce({ ...deniedFor(minutes(24 * 60)), probe: 'ready' }, someFacts({ acceptedAt: at }));
    expect([state.unrecorded, state.probe, nextStep(state, someFacts())]).toEqual([
      {},
      'none',
      { do: 'stop lane', stop: { code: 'AccessDenied', since: undefined }, isFinished: false },
    ]);
  });

  it('stays unconfirmed where it was a second copy', () => {
    const again = new Map([['a', { attempt: 1, made: someMade() }]]);
    const { unrecorded } = deniedOnce({ ...deniedFor(minutes(3)), again }, someFacts({ acceptedAt: at }));
    expect(unrecorded).toEqual({ a: { kind: 'unconfirmed', attempt: 1, made: someMade() } });
  });
});

describe('what a probe has shown', () => {
  const probing = aState({ people: ['a'], probe: 'ready', outlook: outlookOf({ lane: stopped('S', at) }) });
  const answered = (outcome: Outcome, code: string): LeafState =>
    deniedOnce(probing, someFacts(), {
      outcomes: { a: outcome },
      back: [],
      isTaken: true,
      facts: chunkFacts(outlookOf({ lane: stopped(code, at) })),
    });
  const refused: Outcome = { kind: 'refused', attempt: 1, code: 'R' };

  it('opens the lane with any answer, and only with an accepted mail where SES refused mail after mail', () => {
    const shown = [
      answered(accepted, 'S'),
      answered(refused, 'S'),
      answered(accepted, sameRefusalCode),
      answered(refused, sameRefusalCode),
    ];
    expect(shown.map(({ isLaneToOpen }) => isLaneToOpen)).toEqual([true, true, true, false]);
  });

  it('is used up by a call, and kept where its reader was skipped', () => {
    const skipped = deniedOnce(probing, someFacts(), { outcomes: { a: { kind: 'skipped', reason: 'gone' } }, back: [], calls: 0 });
    expect([answered(accepted, 'S').probe, skipped.probe]).toEqual(['none', 'ready']);
  });

  it('is shown by probes alone: other mail opens no lane', () => {
    const open = aState({ people: ['a'], outlook: outlookOf() });
    expect(deniedOnce(open, someFacts(), { outcomes: { a: accepted }, back: [], isTaken: true }).isLaneToOpen).toBe(false);
  });

  it('is known without a mail where SES accepted one since the outage began', () => {
    const outage = aState({ probe: 'unproven', outlook: outlookOf({ lane: stopped(inDoubtCode, at) }) });
    const isOpened = (proven: Outcomes) => {
      const { isLaneToOpen, probe } = stateAfter(outage, { kind: 'evidence read', proven }, someFacts());
      return [isLaneToOpen, probe];
    };
    expect([isOpened({ a: accepted }), isOpened({})]).toEqual([
      [true, 'none'],
      [false, 'ready'],
    ]);
  });

  it('is all recorded once the lane is open', () => {
    const leaf = aLeaf({ version: 9 });
    const state = stateAfter(answered(accepted, 'S'), { kind: 'lane opened', leaf }, someFacts());
    expect(state).toMatchObject({ leaf, isLaneToOpen: false, outlook: { lane: {} } });
    expect(state.unrecorded).toEqual({});
  });
});

describe('a chunk that was not sent', () => {
  const kept = (state: LeafState, result: Exclude<ChunkResult, { kind: 'sent' | 'lost' }>) =>
    stateAfter(state, { kind: 'chunk kept', result }, someFacts());

  it('books other places once where it was late', () => {
    expect([kept(aState(), { kind: 'late' }).mayBookAgain, kept(aState(), { kind: 'reserved' }).mayBookAgain]).toEqual([false, true]);
  });

  it('gives up its probe where the lane was held meanwhile', () => {
    const lane = { paused: { at: since, by: 'x' } };
    const { probe, outlook } = kept(aState({ probe: 'ready' }), { kind: 'held', facts: chunkFacts(outlookOf({ lane })) });
    expect([probe, outlook?.lane]).toEqual(['none', lane]);
  });
});

it('a second copy that may not be mailed stays unconfirmed', () => {
  const again = new Map([['a', { attempt: 1, made: someMade() }]]);
  const event = { kind: 'not allowed found', skipped: { a: { kind: 'skipped', reason: 'not allowed' } } } as const;
  const { unrecorded, isSieved } = stateAfter(aState({ people: ['a'], again }), event, someFacts());
  expect([unrecorded, isSieved]).toEqual([{ a: { kind: 'unconfirmed', attempt: 1, made: someMade() } }, true]);
});

it.each([
  ['throttles', throttled, 1, { kind: 'later' }],
  ['cannot be reached', { ...throttled, why: 'unreachable' as const }, 20, { kind: 'stopped', code: 'Throttling', isNews: true }],
])('an SES that %s is let be for a while', (_what, outcome, delay, handled) => {
  const state = deniedOnce(aState({ people: ['a'] }), someFacts(), { back: [{ sid: 'a', outcome }] });
  expect(nextStep(state, someFacts())).toEqual({ do: 'put back', delay, handled });
});

describe('a worker at a leaf', () => {
  it('comes to an end, sends to nobody twice, books nothing in a held lane, and keeps each outcome it has heard of', () => {
    const ends = new Set<string>();
    fc.assert(
      fc.property(aStart, (start) => {
        const { last, state, wrong, known } = workOff(start);
        expect(wrong).toEqual([]);
        expect(last).toBeDefined();
        ends.add(last?.do ?? '');
        const kinds = Object.entries({ ...state.leaf.outcomes, ...state.unrecorded });
        expect(Object.keys(known).filter((sid) => !kinds.some(([one]) => one === sid))).toEqual([]);
        if (last?.do === 'finish') expect(state.people.filter((sid) => isOwed(state, sid))).toEqual([]);
      }),
      { numRuns: 600, seed: 35 },
    );
    expect([...ends].toSorted()).toEqual(['finish', 'hold', 'put back', 'stop lane']);
  });
});
