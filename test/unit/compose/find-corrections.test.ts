import { describe, expect, it } from 'vitest';
import { startEdition } from '../../../core/compose/start-edition.ts';
import type { CorrectionContent } from '../../../core/content/corrections-content.ts';
import { aCorrecting } from '../../support/correcting.ts';

/** Mondays at 09:00 in Berlin. */
const [first, second, third] = ['2026-11-23T08:00:00Z', '2026-11-30T08:00:00Z', '2026-12-07T08:00:00Z'] as const;
const tuesday = '2026-11-24T10:00:00Z';

const account = {
  status: 'preliminary',
  customerImpact: { text: 'Logins failed.', customersAffected: 1200 },
  rootCauses: ['A replica was behind.'],
  services: ['sessions'],
};
const corrected = { ...account, customerImpact: { text: 'Logins failed.', customersAffected: 900 } };

type World = ReturnType<typeof aCorrecting>;
const entriesOf = ({ contents }: World) => contents.at(-1)?.corrections?.entries ?? [];
const told = (entries: readonly CorrectionContent[]) =>
  entries.map(({ postmortem, rows }) => [postmortem, ...rows.map(({ fact }) => fact)]);

/** All mails of an edition have left. */
function complete({ editions }: World, week: string) {
  const id = `engineering-digest_2026-${week}`;
  const edition = editions.get(id);
  if (edition) editions.set(id, { ...edition, completedAt: edition.composedAt });
}

/** Told on the first Monday as `account`, changed on Tuesday. */
async function aCorrection(change: Record<string, unknown> = corrected, options: Parameters<typeof aCorrecting>[0] = {}) {
  const world = aCorrecting(options);
  await world.publish(account, '2026-11-20T10:00:00Z');
  await world.compose(first);
  await world.publish(change, tuesday);
  return world;
}

describe('the next digest', () => {
  it('says what was wrong and what is right, once, and keeps that it did', async () => {
    const world = await aCorrection();
    await world.compose(second);
    expect(entriesOf(world)).toMatchObject([
      {
        postmortem: 'pm-1',
        meta: 'In the weekly digest of 23 November · changed on 24 November',
        rows: [{ fact: 'Customers affected', before: '1,200', after: '900' }],
        isFinal: false,
      },
    ]);
    expect(world.editions.get('engineering-digest_2026-W48')).toMatchObject({
      carries: [],
      corrects: [{ id: 'pm-1', from: 1, to: 2 }],
      names: ['pm-1'],
    });
    expect(world.stored.get('pm-1')?.namedIn).toEqual(['engineering-digest_2026-W48']);
    await world.compose(third);
    expect(entriesOf(world)).toEqual([]);
    expect(world.editions.get('engineering-digest_2026-W49')).not.toHaveProperty('corrects');
  });

  it('says that a preliminary account is final now, also where nothing else changed', async () => {
    const world = await aCorrection({ ...account, status: 'published' });
    await world.compose(second);
    expect(entriesOf(world)).toMatchObject([
      { isFinal: true, rows: [], meta: 'In the weekly digest of 23 November · final on 24 November · nothing that we said has changed' },
    ]);
  });

  it('compares with what was said last', async () => {
    const world = await aCorrection();
    await world.compose(second);
    await world.publish({ ...corrected, severity: 'sev3' }, '2026-12-01T10:00:00Z');
    await world.compose(third);
    expect(told(entriesOf(world))).toEqual([['pm-1', 'Severity']]);
    expect(entriesOf(world)[0]?.meta).toBe('In the weekly digest of 30 November · changed on 1 December');
  });

  it.each<[string, Record<string, unknown>]>([
    ['what was not asked for', { ...account, startedAt: '2026-11-17T09:00:00Z' }],
    ['a restricted postmortem', { ...corrected, restricted: true }],
    ['a retracted one', { ...corrected, status: 'retracted' }],
  ])('corrects nothing of %s', async (_, change) => {
    const world = await aCorrection(change);
    await world.compose(second);
    expect(entriesOf(world)).toEqual([]);
  });

  it('corrects nothing that was put back meanwhile', async () => {
    const world = await aCorrection();
    await world.publish(account, '2026-11-25T10:00:00Z');
    await world.compose(second);
    expect(entriesOf(world)).toEqual([]);
  });

  it('corrects what changed within thirty days of the edition, or as many as the file says', async () => {
    const world = await aCorrection(account);
    await world.publish(corrected, '2026-12-23T08:00:03Z');
    await world.compose('2026-12-28T08:00:00Z');
    expect(entriesOf(world)).toEqual([]);
    const patient = await aCorrection(account, { file: { corrections: { withinDays: 31 } } });
    await patient.publish(corrected, '2026-12-23T08:00:03Z');
    await patient.compose('2026-12-28T08:00:00Z');
    expect(entriesOf(patient)).toHaveLength(1);
  });

  it('is not made of corrections alone where a quiet week sends nothing, and the one after it tells them', async () => {
    const streams = { 'engineering-digest': { schedule: { every: 'week', on: 'monday', at: '09:00' }, quietWeek: 'nothing' } };
    const world = await aCorrection(corrected, { file: { streams } });
    await world.compose(second);
    const quiet = world.editions.get('engineering-digest_2026-W48');
    expect(quiet).toMatchObject({ names: [], completedAt: expect.any(String) });
    expect(quiet).not.toHaveProperty('corrects');
    await world.publish({ id: 'pm-2', publishedAt: '2026-12-02T10:00:00Z' }, '2026-12-02T10:00:00Z');
    await world.compose(third);
    expect(told(entriesOf(world))).toEqual([['pm-1', 'Customers affected']]);
  });

  it('tells at most twenty, the most severe first, counts the others, and leaves them to the next', async () => {
    const world = aCorrecting();
    const ids = Array.from({ length: 22 }, (_, n) => `pm-${n}`);
    for (const id of ids) await world.publish({ ...account, id, severity: id === 'pm-7' ? 'sev1' : 'sev3' }, '2026-11-20T10:00:00Z');
    await world.compose(first);
    for (const id of ids) await world.publish({ ...corrected, id, severity: 'sev4' }, tuesday);
    await world.compose(second);
    expect(entriesOf(world)).toHaveLength(20);
    expect(entriesOf(world)[0]).toMatchObject({ postmortem: 'pm-7', severity: 'sev4', chosenBy: 'sev1' });
    const { more } = world.contents.at(-1)?.corrections ?? {};
    expect(more).toMatchObject({ said: 'Two more corrections will be in the next mail.' });
    expect(world.editions.get('engineering-digest_2026-W48')?.names).toHaveLength(22);
    await world.compose(third);
    expect(entriesOf(world).map(({ postmortem }) => postmortem)).toEqual(more?.postmortems);
  });
});

describe('what counts as said', () => {
  it('is no recalled edition, unless somebody has it', async () => {
    const recalled = async (counts: Record<string, number>) => {
      const world = await aCorrection();
      const id = 'engineering-digest_2026-W47';
      const edition = world.editions.get(id);
      if (!edition) throw new Error('not there');
      world.editions.set(id, { ...edition, recalled: true, completedAt: first, tallies: { default: { version: 1, counts } } });
      await world.compose(second);
      return entriesOf(world);
    };
    expect(await recalled({ 'skipped: recalled': 9 })).toEqual([]);
    expect(await recalled({ 'skipped: recalled': 8, accepted: 1 })).toHaveLength(1);
  });

  it('is no correction of a recalled edition: the next one says it', async () => {
    const world = await aCorrection();
    await world.compose(second);
    const id = 'engineering-digest_2026-W48';
    const edition = world.editions.get(id);
    if (edition) world.editions.set(id, { ...edition, recalled: true });
    await world.compose(third);
    expect(world.editions.get('engineering-digest_2026-W49')?.corrects).toEqual([{ id: 'pm-1', from: 1, to: 2 }]);
  });

  it('is no correction of which mails may have left without it, because it was restricted for a moment: the next one says it', async () => {
    const world = await aCorrection();
    complete(world, 'W47');
    await world.compose(second);
    for (const restricted of [true, false]) await world.publish({ ...corrected, restricted }, '2026-11-30T10:00:00Z');
    await world.sweep();
    await world.compose(third);
    expect(world.editions.get('engineering-digest_2026-W48')).toMatchObject({ withheld: ['pm-1'], missed: ['pm-1'] });
    expect(world.editions.get('engineering-digest_2026-W49')?.corrects).toEqual([{ id: 'pm-1', from: 1, to: 4 }]);
    expect(JSON.stringify(entriesOf(world))).not.toContain('1,200');
    await world.compose('2026-12-14T08:00:00Z');
    expect(entriesOf(world)).toEqual([]);
  });

  it('is a correction that was restricted when all its mails had left', async () => {
    const world = await aCorrection();
    await world.compose(second);
    complete(world, 'W48');
    for (const restricted of [true, false]) await world.publish({ ...corrected, restricted }, '2026-12-01T10:00:00Z');
    await world.compose(third);
    expect(entriesOf(world)).toEqual([]);
  });

  it('is also what a recalled edition told some readers, if it was put back since', async () => {
    const world = await aCorrection();
    await world.compose(second);
    const id = 'engineering-digest_2026-W48';
    const edition = world.editions.get(id);
    if (edition) world.editions.set(id, { ...edition, recalled: true });
    await world.publish(account, '2026-12-01T10:00:00Z');
    await world.compose(third);
    expect(world.editions.get('engineering-digest_2026-W49')?.corrects).toEqual([{ id: 'pm-1', from: 2, to: 3 }]);
  });

  it('is what readers of the same frequency got', async () => {
    const world = aCorrecting({ held: ['default', 'monthly', 'published'] });
    await world.publish(account, '2026-11-20T10:00:00Z');
    const { deps } = world;
    await startEdition({ kind: 'postmortem', stream: 'engineering-digest', postmortem: 'pm-1' }, deps);
    await world.publish(corrected, '2026-11-21T10:00:00Z');
    await world.compose(first);
    expect(world.contents.at(-1)?.sections[0]?.cards).toHaveLength(1);
    expect(entriesOf(world)).toEqual([]);
    await world.publish({ id: 'pm-2' }, '2026-11-24T10:00:00Z');
    await startEdition({ kind: 'postmortem', stream: 'engineering-digest', postmortem: 'pm-2' }, deps);
    expect(entriesOf(world)).toMatchObject([{ postmortem: 'pm-1', meta: 'In the mail of 20 November · changed on 21 November' }]);
    await world.compose('2026-12-01T08:00:00Z', { frequency: 'monthly' });
    expect(entriesOf(world)).toEqual([]);
  });

  it('is told anew by an edition that carries it', async () => {
    const world = await aCorrection();
    world.change('pm-1', { editions: [], namedIn: ['engineering-digest_2026-W47'] });
    await world.compose(second);
    expect(world.contents.at(-1)?.sections.map(({ name, cards }) => [name, ...cards.map(({ postmortem }) => postmortem)])).toEqual([
      ['late', 'pm-1'],
    ]);
    expect(entriesOf(world)).toEqual([]);
  });
});

describe('an old text', () => {
  it('is not repeated once the revision that had it was hidden, perhaps because of it', async () => {
    const world = await aCorrection({ ...corrected, restricted: true });
    await world.publish(corrected, '2026-11-25T10:00:00Z');
    await world.compose(second);
    const [entry] = entriesOf(world);
    expect(entry).toMatchObject({ rows: [], parts: [{ label: 'Customers affected', text: '900' }] });
    expect(JSON.stringify(entry)).not.toContain('1,200');
  });

  it('leaves in no mail either where that was hidden while the correction was composed', async () => {
    const world = await aCorrection();
    complete(world, 'W47');
    let hides = 1;
    world.during.step = async (step) => {
      if (step !== 'create' || hides-- !== 1) return;
      await world.publish({ ...corrected, restricted: true });
      await world.publish(corrected);
      await world.sweep();
    };
    await world.compose(second);
    expect(world.editions.get('engineering-digest_2026-W48')).toMatchObject({ corrects: [{ from: 1, to: 2 }], withheld: ['pm-1'] });
    await world.compose(third);
    expect(world.editions.get('engineering-digest_2026-W49')?.corrects).toEqual([{ id: 'pm-1', from: 1, to: 4 }]);
  });

  it('that was never stored is not made up: what is right stands alone', async () => {
    const world = await aCorrection();
    const { renditions } = world.deps;
    const lost = {
      ...world.deps,
      renditions: async (audience: string, id: string, revision: number) =>
        revision === 1 ? undefined : renditions(audience, id, revision),
    };
    world.at(second);
    await startEdition({ kind: 'scheduled', stream: 'engineering-digest', at: new Date(second) }, lost);
    const [entry] = entriesOf(world);
    expect(entry?.rows).toEqual([]);
    expect(entry?.parts).toContainEqual({ label: 'Customers affected', text: '900' });
  });

  it('and what readers choose by: nobody leaves out a correction by what is new in it', async () => {
    const world = await aCorrection({ ...corrected, severity: 'sev4', services: ['sessions', 'cart'] });
    await world.compose(second);
    expect(entriesOf(world)[0]).toMatchObject({ severity: 'sev4', chosenBy: 'sev2', topics: [{ topic: 'service:sessions' }] });
  });
});
