import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTellable } from '../../../core/postmortem/postmortem.ts';
import { tries } from '../../support/hostile/fuzz.ts';
import { anIncidentWorld, Crash, type GotMail } from '../../support/incident-world.ts';

/** What an operator does. `hold` and `open`: with the lane. */
const operations = ['pause', 'resume', 'recall', 'hold', 'open'] as const;
/** What an author or an operator does, and how many seconds pass until the next one. */
interface Act {
  readonly does: 'publish' | 'preliminary' | 'restrict' | 'retract' | 'merge' | 'draft' | (typeof operations)[number];
  readonly severity: 'sev1' | 'sev3';
  /** Which of a few texts the document has. */
  readonly text: number;
  readonly seconds: number;
}
const act = fc.record<Act>({
  does: fc.constantFrom('publish', 'publish', 'publish', 'preliminary', 'restrict', 'retract', 'merge', 'draft', ...operations),
  severity: fc.constantFrom('sev1', 'sev1', 'sev1', 'sev3'),
  text: fc.nat({ max: 3 }),
  seconds: fc.oneof(fc.nat({ max: 40 }), fc.constantFrom(0, 0, 30, 61, 90, 119, 121, 300, 900, 4000)),
});
const acts = fc.array(act, { minLength: 1, maxLength: 9 });

const markOf = (text: number) => `mark${text}x`;
const texts = [0, 1, 2, 3];
type Written = Exclude<Act['does'], (typeof operations)[number]>;
const documentOf = (does: Written, { severity, text }: Act): Record<string, unknown> => ({
  title: `Outage ${markOf(text)}`,
  summary: `It began with ${markOf(text)}.`,
  severity,
  status: {
    publish: 'published',
    preliminary: 'preliminary',
    restrict: 'published',
    retract: 'retracted',
    merge: 'retracted',
    draft: 'draft',
  }[does],
  restricted: does === 'restrict',
  ...(does === 'merge' && { mergedInto: 'other' }),
  publishedAt: '2026-11-17T14:00:00Z',
});

interface Happened extends Act {
  readonly revision: number;
  /** How many mails had left by then. */
  readonly mails: number;
}
const isVisible = ({ does }: Act) => does === 'publish' || does === 'preliminary';

/** Everything that authors did, all mails, and the incident as it stands hours later. */
async function storyOf(script: readonly Act[], change: Parameters<typeof anIncidentWorld>[0]) {
  const world = anIncidentWorld(change);
  await world.publish({ id: 'other', title: 'The other incident', severity: 'sev1', publishedAt: '2026-11-17T14:00:00Z' });
  await world.pass(60_000);
  const history: Happened[] = [];
  for (const one of script) {
    if (one.does === 'pause' || one.does === 'resume') world.pause(one.does === 'pause');
    else if (one.does === 'hold' || one.does === 'open') world.hold(one.does === 'hold');
    else if (one.does === 'recall') world.recall();
    else {
      await world.publish(documentOf(one.does, one));
      history.push({ ...one, revision: world.current.get('pm-1')?.revision ?? 0, mails: world.mails.length });
    }
    await world.pass(one.seconds * 1000);
  }
  // A mail that was ended while it was held hands that on to the next one.
  for (let i = 0; i < 3; i += 1) {
    await world.pass(6 * 3_600_000);
    world.hold(false);
    world.pause(false);
  }
  await world.pass(6 * 3_600_000);
  const stored = world.current.get('pm-1');
  const row = [...world.rows.values()].find(({ incident }) => incident === 'pm-1');
  return { ...world, history, stored, row };
}
type World = Awaited<ReturnType<typeof storyOf>>;

const numberOf = ({ edition }: GotMail) => Number(/_r(\d+)$/.exec(edition)?.[1]);
const gotBy = ({ mails }: World, reader: number) => mails.filter((mail) => mail.reader === reader && mail.edition.includes('_pm-1_'));
const kindOf = ({ row }: World, mail: GotMail) => row?.updates[numberOf(mail) - 1]?.kind;
/** What a mail tells, in short. */
const toldBy = (world: World, mail: GotMail): string => {
  if (kindOf(world, mail) === 'withdrawn') return 'taken back';
  const told = world.history.findLast(({ revision }) => revision === mail.revision);
  return told ? `${told.severity} ${told.does} ${told.text}` : 'unknown';
};

/** What stands is what an operator recalled: whoever had no mail by then gets none. */
function standsAsRecalled(world: World, reader: number): boolean {
  const told = world.mails.findLast(({ edition }) => edition.includes('_pm-1_'));
  const outcome = told && world.outcomeOf(reader, told.edition);
  const last = world.history.at(-1);
  const isTold = told && last && toldBy(world, told) === `${last.severity} ${last.does} ${last.text}`;
  return isTold === true && outcome?.kind === 'skipped' && outcome.reason === 'recalled';
}

/**
 * Nobody gets more of an edition that was recalled. Readers who were skipped by the last mail while it was hidden for a moment, and others were not:
 * it quotes what may not be quoted any more, so it is not opened again, and an operator is told.
 */
function isLeftToOperators(world: World, reader: number): boolean {
  const id = `sev1-alerts_pm-1_r${world.row?.updates.length}`;
  if (world.editions.get(id)?.recalled || standsAsRecalled(world, reader)) return true;
  const outcome = world.outcomeOf(reader, id);
  return outcome?.kind === 'skipped' && outcome.reason === 'withheld' && world.mails.some(({ edition }) => edition === id);
}

function tellsWhatStands(world: World, reader: number) {
  if (isLeftToOperators(world, reader)) return;
  const last = gotBy(world, reader).at(-1);
  const [kind, postmortem] = [last && kindOf(world, last), world.stored?.postmortem];
  if (!postmortem) return expect(last).toBeUndefined();
  if (!isTellable(postmortem)) {
    expect([undefined, 'withdrawn']).toContain(kind);
  } else if (postmortem.severity === 'sev3') {
    expect([undefined, 'lowered', 'withdrawn']).toContain(kind);
  } else {
    expect(['first', 'update', 'reinstated']).toContain(kind);
    const { severity, does, text } = world.history.at(-1) ?? expect.unreachable();
    expect(last && toldBy(world, last)).toBe(`${severity} ${does} ${text}`);
  }
}

function comesInOrder(world: World, reader: number) {
  const numbers = gotBy(world, reader).map(numberOf);
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
}

function saysNothingTwice(world: World, reader: number) {
  const got = gotBy(world, reader);
  got.slice(1).forEach((mail, i) => {
    const before = got[i] ?? mail;
    // Who was skipped by the mail between them, because it was restricted, has to hear of it again.
    if (numberOf(mail) === numberOf(before) + 1) expect(toldBy(world, mail)).not.toBe(toldBy(world, before));
  });
}

/** A mail tells, and quotes, only what could be seen ever since. */
function quotesNothingHidden({ mails, history }: World) {
  for (const [n, { subject, text }] of mails.entries()) {
    const known = history.filter((one) => one.mails <= n);
    const seen = known.slice(known.findLastIndex((one) => !isVisible(one)) + 1).map((one) => one.text);
    const told = texts.filter((one) => `${subject} ${text}`.includes(markOf(one)));
    expect(seen).toEqual(expect.arrayContaining(told));
  }
}

/** A mail refers to, and quotes, only mails that somebody has. */
function refersToMailsThatLeft(world: World) {
  const mails = world.mails.filter(({ edition }) => edition.includes('_pm-1_'));
  const textOf = (mail: GotMail) => world.history.find(({ revision }) => revision === mail.revision)?.text;
  for (const [n, mail] of mails.entries()) {
    const before = mails.slice(0, n).filter((one) => numberOf(one) < numberOf(mail));
    if (before.length === 0) expect(kindOf(world, mail)).toBe('first');
    const known = [mail, ...before].map(textOf);
    const told = texts.filter((one) => `${mail.subject} ${mail.text}`.includes(markOf(one)));
    expect(known).toEqual(expect.arrayContaining(told));
  }
}

const readers = [0, 1, 2];
const check = (world: World) => {
  for (const reader of readers) {
    comesInOrder(world, reader);
    tellsWhatStands(world, reader);
    saysNothingTwice(world, reader);
  }
  quotesNothingHidden(world);
  refersToMailsThatLeft(world);
  expect(world.row?.next).toBeUndefined();
  expect(world.row?.updates.map(({ n }) => n) ?? []).toEqual((world.row?.updates ?? []).map((_, i) => i + 1));
};

describe('mails about an incident, whatever its authors and operators do and when', () => {
  it('tell each reader in the end what stands, say nothing twice and quote nothing that was hidden', async () => {
    await fc.assert(
      fc.asyncProperty(acts, fc.infiniteStream(fc.integer({ min: 1, max: 20 })), async (script, seconds) => {
        check(await storyOf(script, { sendsAfter: () => seconds.next().value }));
      }),
      tries(0.5),
    );
  });

  it('tell those whom a moment of hiding skipped, though what took it back never left', async () => {
    const step = (does: Act['does'], seconds: number): Act => ({ does, severity: 'sev1', text: 3, seconds });
    const script = [step('publish', 1), step('retract', 90), step('hold', 0), step('publish', 0)];
    const seconds = [15, 18, 8, 20, 12, 1, 2, 12, 14];
    const world = await storyOf(script, { sendsAfter: () => seconds.shift() ?? 5 });
    for (const reader of readers) expect(gotBy(world, reader).at(-1)?.revision).toBe(3);
    check(world);
  });

  it('do so wherever the composer is killed', async () => {
    await fc.assert(
      fc.asyncProperty(acts, fc.infiniteStream(fc.integer({ min: 0, max: 12 })), async (script, dice) => {
        let left = 6;
        const kills = (call: string) => {
          if (left === 0 || dice.next().value > 0) return;
          left -= 1;
          throw new Crash(call);
        };
        check(await storyOf(script, { sendsAfter: (reader) => 1 + 5 * reader, kills }));
      }),
      tries(0.5),
    );
  });
});
