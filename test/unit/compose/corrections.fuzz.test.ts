import fc from 'fast-check';
import { expect, it } from 'vitest';
import { outdatedIn, shownRevision } from '../../../core/edition/corrections.ts';
import { countsOf, type Edition } from '../../../core/edition/edition.ts';
import { assembleMail } from '../../../core/mail/assemble.ts';
import { isTellable } from '../../../core/postmortem/postmortem.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { factsOfGroups } from '../../../core/rendition/fact-groups.ts';
import { changesBetween } from '../../../core/rendition/facts.ts';
import { factsFor } from '../../../core/rendition/renditions.ts';
import { dayMs, minuteMs, weekMs } from '../../../core/shared/duration.ts';
import { aCorrecting } from '../../support/correcting.ts';
import { aReader } from '../../support/fragments.ts';
import { tries } from '../../support/hostile/fuzz.ts';

/** Friday before the first Monday; revisions come within four weeks of it. */
const friday = Date.parse('2026-11-20T10:00:00Z');
const firstMonday = Date.parse('2026-11-23T08:00:00Z');
const weeks = 5;
const ids = ['pm-1', 'pm-2', 'pm-3'];
const slots = ['default', 'w2-0900-Europe--Berlin', 'w5-1500-Europe--Berlin', 'w7-1800-Europe--Berlin'];
const told = factsOfGroups(['severity', 'impact', 'cause', 'support']);

const text = fc.record({
  id: fc.constantFrom(...ids),
  severity: fc.constantFrom('sev1', 'sev2', 'sev3'),
  status: fc.constantFrom('preliminary', 'published'),
  customers: fc.constantFrom(undefined, 12, 900),
  cause: fc.constantFrom('A clock.', 'A replica.'),
  restricted: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
});
type Text = typeof text extends fc.Arbitrary<infer T> ? T : never;
const plan = fc.record({
  /** At an instant; intake pays at once or up to a day later. */
  revisions: fc.array(fc.record({ text, at: fc.integer({ min: 0, max: 4 * weekMs }), payAfter: fc.constantFrom(0, 0, minuteMs, dayMs) }), {
    minLength: 4,
    maxLength: 16,
  }),
  /** While the digest of a week is composed, before its n-th step. */
  inside: fc.array(fc.record({ text, week: fc.nat(weeks - 2), step: fc.nat(14), isPaid: fc.boolean() }), { maxLength: 4 }),
  crashes: fc.array(fc.record({ week: fc.nat(weeks - 1), step: fc.nat(14) }), { maxLength: 3 }),
  recalls: fc.array(fc.record({ week: fc.nat(weeks - 2), after: fc.integer({ min: 0, max: 6 * dayMs }) }), { maxLength: 1 }),
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

const documentOf = ({ id, severity, status, customers, cause, restricted }: Text) => ({
  id,
  severity,
  status,
  restricted,
  rootCauses: [cause],
  ...(customers !== undefined && { customerImpact: { customersAffected: customers } }),
});

/** A mail as its reader keeps it: which revision of what it showed, and what it only warned of. */
interface Read {
  readonly id: string;
  readonly revision: number;
  readonly form: string;
}

async function play({ revisions, inside, crashes, recalls }: Plan) {
  const world = aCorrecting({ held: slots, file: { corrections: { withinDays: 90 } } });
  const { editions, stored, fragments, during } = world;
  const history = new Map<string, StoredPostmortem[]>();
  const paid = new Map<string, number>();
  const mails = new Map<string, Read[]>(slots.map((slot) => [slot, []]));
  const problems: string[] = [];

  const factsAt = (id: string, revision: number) => {
    const one = history.get(id)?.find((each) => each.revision === revision);
    if (!one) throw new Error(`no revision ${revision} of ${id}`);
    return factsFor('engineering', one.postmortem) ?? {};
  };
  const differ = (id: string, a: number, b: number) => changesBetween(factsAt(id, a), factsAt(id, b)).some(({ fact }) => told.has(fact));
  const pay = async (id: string) => {
    await world.sweep(id);
    paid.set(id, stored.get(id)?.material?.engineering?.revision ?? 0);
  };
  const take = async (change: Text) => {
    // A revision that was replaced before it was paid leaves no rendition to compare with.
    if (stored.get(change.id)?.owed.includes('projections')) await pay(change.id);
    const taken = await world.take(documentOf(change));
    if (taken.outcome !== 'unchanged') history.set(change.id, [...(history.get(change.id) ?? []), taken.stored]);
  };
  const told_ = (id: string, except: string) =>
    [...editions.values()]
      .filter((edition) => edition.id !== except && shownRevision(edition, id) !== undefined)
      .toSorted((a, b) => Date.parse(b.composedAt) - Date.parse(a.composedAt));
  /** Some of its mails left without the postmortem, or never. */
  const isUnsettled = ({ recalled, missed = [] }: Edition, id: string) => recalled || missed.includes(id);
  /** The revisions that readers may know before an edition. */
  const knownBefore = (id: string, except: string): number[] => {
    const all = told_(id, except).filter((edition) => !isUnsettled(edition, id) || !edition.completedAt || countsOf(edition).accepted);
    const standing = all.findIndex((edition) => !isUnsettled(edition, id));
    return (standing < 0 ? all : all.slice(0, standing + 1)).map((edition) => shownRevision(edition, id) ?? 0);
  };

  const compose = async (week: number) => {
    const id = `engineering-digest_2026-W${47 + week}`;
    const before = new Map(ids.map((pm) => [pm, knownBefore(pm, id)]));
    const from = new Map(ids.map((pm) => [pm, stored.get(pm)?.revision ?? 0]));
    let step = 0;
    let isBusy = false;
    during.step = async () => {
      if (isBusy) return;
      isBusy = true;
      const n = step++;
      for (const one of inside.filter((each) => each.week === week && each.step === n)) {
        await take(one.text);
        if (one.isPaid) await pay(one.text.id);
      }
      isBusy = false;
      if (crashes.some((each) => each.week === week && each.step === n)) throw new Error('died');
    };
    for (let tries_ = 0; tries_ <= crashes.length; tries_ += 1) {
      const started = await world.compose(firstMonday + week * weekMs).catch(() => 'died' as const);
      if (started !== 'died') break;
    }
    during.step = async () => {};
    const edition = editions.get(id);
    if (!edition) throw new Error(`no ${id}`);
    for (const pm of ids) checkComposed(edition, pm, before.get(pm) ?? [], from.get(pm) ?? 0);
  };
  const checkComposed = (edition: Edition, pm: string, known: readonly number[], from: number) => {
    const shown = shownRevision(edition, pm);
    const corrects = edition.corrects?.find(({ id }) => id === pm);
    if (corrects && !known.includes(corrects.from))
      problems.push(`${edition.id} corrects ${corrects.from} of ${pm}, which nobody was told last`);
    if (corrects && !differ(pm, corrects.from, corrects.to)) problems.push(`${edition.id} corrects ${pm}, and nothing differs`);
    const meanwhile = (history.get(pm) ?? []).filter(({ revision }) => revision >= from);
    const isAlways = (holds: (one: StoredPostmortem) => boolean) => meanwhile.length > 0 && meanwhile.every(holds);
    const isOwed = isAlways(({ postmortem, revision }) => isTellable(postmortem) && known.some((one) => differ(pm, one, revision)));
    if (shown === undefined && isOwed) problems.push(`${edition.id} says nothing of ${pm}, of which ${known.join()} is known`);
    if (!stored.get(pm)?.owed.includes('corrections')) checkMarked(edition, pm);
  };
  const checkMarked = (edition: Edition, pm: string) => {
    const shown = shownRevision(edition, pm);
    const material = stored.get(pm)?.material?.engineering?.revision ?? 0;
    if (shown !== undefined && material > shown && !edition.corrected?.includes(`${pm}:${material}`))
      problems.push(`${edition.id} is not marked with ${pm}:${material}`);
  };

  const leave = (edition: Edition, slot: string) => {
    const { accepted = 0 } = countsOf(edition);
    const counts = { accepted: accepted + (edition.recalled ? 0 : 1), 'skipped: recalled': 1 };
    const completedAt = slot === slots.at(-1) ? edition.composedAt : undefined;
    editions.set(edition.id, { ...edition, tallies: { default: { version: 1, counts } }, ...(completedAt && { completedAt }) });
    const made = fragments.get(edition.id);
    if (edition.recalled || !made) return;
    const corrected = outdatedIn(edition, new Set(edition.corrected));
    const mail = assembleMail(made, { ...aReader(), withheld: new Set(edition.withheld), corrected });
    if (typeof mail === 'string') return;
    const cards = made.blocks.filter((block) => block.kind === 'card');
    for (const [at, { postmortem }] of cards.entries()) {
      const [revision, form] = [shownRevision(edition, postmortem) ?? 0, mail.cards[at] ?? ''];
      if (form === '0') continue;
      mails.get(slot)?.push({ id: postmortem, revision, form });
      if (form === '2' && (paid.get(postmortem) ?? 0) > revision)
        problems.push(`${edition.id} shows ${slot} revision ${revision} of ${postmortem} without a notice`);
    }
  };

  const events: { at: number; run: () => unknown }[] = [
    ...ids.map((id) => ({
      at: friday - minuteMs,
      run: async () => take({ id, severity: 'sev2', status: 'preliminary', customers: 12, cause: 'A clock.', restricted: false }),
    })),
    ...ids.map((id) => ({ at: friday - 1, run: () => pay(id) })),
    ...revisions.flatMap(({ text: change, at, payAfter }) => [
      { at: friday + at, run: () => take(change) },
      { at: friday + at + payAfter, run: () => pay(change.id) },
    ]),
    ...Array.from({ length: weeks }, (_, week) => ({ at: firstMonday + week * weekMs, run: () => compose(week) })),
    ...recalls.map(({ week, after }) => ({
      at: firstMonday + week * weekMs + 1 + after,
      run: () => {
        const id = `engineering-digest_2026-W${47 + week}`;
        const edition = editions.get(id);
        if (edition) editions.set(id, { ...edition, recalled: true });
      },
    })),
    ...Array.from({ length: weeks }, (_, week) => week).flatMap((week) =>
      slots.map((slot) => ({
        at: firstMonday + week * weekMs + 1 + Math.floor((slots.indexOf(slot) * 6 * dayMs) / slots.length),
        run: () => {
          const edition = editions.get(`engineering-digest_2026-W${47 + week}`);
          if (edition) leave(edition, slot);
        },
      })),
    ),
  ];
  for (const { at, run } of events.toSorted((a, b) => a.at - b.at)) {
    world.at(at);
    // The last digest finds everything paid.
    if (at === firstMonday + (weeks - 1) * weekMs) for (const id of ids) await pay(id);
    await run();
  }

  for (const edition of editions.values()) for (const pm of ids) checkMarked(edition, pm);
  for (const [slot, read] of mails) {
    for (const id of ids) {
      const current = stored.get(id);
      const ofIt = read.filter((one) => one.id === id);
      const last = ofIt.findLast(({ form }) => form !== '4');
      const isWarned = ofIt.at(-1)?.form === '4';
      if (!current || !last || isWarned || !isTellable(current.postmortem)) continue;
      if (differ(id, last.revision, current.revision))
        problems.push(`${slot} still believes revision ${last.revision} of ${id}, which is ${current.revision} now`);
    }
  }
  return problems;
}

it('every reader of an old text is warned or told what is right, once, whenever it changed and whatever crashed', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async (one) => {
      expect(await play(one)).toEqual([]);
    }),
    tries(0.4),
  );
});

it('a reader of an old text is told what is right where the correction was restricted for a moment', async () => {
  const right: Text = { id: 'pm-2', severity: 'sev2', status: 'published', customers: 900, cause: 'A clock.', restricted: false };
  const hidden: Text = { ...right, severity: 'sev1', status: 'preliminary', customers: undefined, restricted: true };
  const at = firstMonday + 2 * weekMs + 1 - friday;
  const revisions = [
    { text: right, at: at - weekMs, payAfter: 0 },
    { text: hidden, at, payAfter: 0 },
    { text: right, at, payAfter: 0 },
  ];
  expect(await play({ revisions, inside: [], crashes: [], recalls: [] })).toEqual([]);
});
