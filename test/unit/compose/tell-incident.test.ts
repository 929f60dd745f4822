import { describe, expect, it } from 'vitest';
import { anIncidentWorld, Crash } from '../../support/incident-world.ts';

const minute = 60_000;
const sev1 = { severity: 'sev1', publishedAt: '2026-11-17T14:00:00Z' };
const preliminary = { ...sev1, status: 'preliminary' };
const final = { ...sev1, summary: 'The replica was behind by an hour.' };

type World = ReturnType<typeof anIncidentWorld>;
/** What one reader got: minutes after the first publication, and the subject. */
const got = ({ mails }: World, reader = 0) =>
  mails
    .filter((mail) => mail.reader === reader)
    .map(({ at, subject }) => `${((at - Date.parse('2026-11-17T14:00:00Z')) / minute).toFixed(1)} ${subject}`);
const kinds = ({ rows }: World) => [...rows.values()].flatMap(({ updates }) => updates.map(({ kind }) => kind));

describe('an incident on a stream with updates', () => {
  it('is told at once, and that the account is final two and a half minutes later at the earliest', async () => {
    const world = anIncidentWorld({});
    await world.publish(preliminary);
    await world.pass(1.5 * minute);
    await world.publish(final);
    await world.pass(10 * minute);

    expect(kinds(world)).toEqual(['first', 'update']);
    expect(got(world)).toEqual([expect.stringMatching(/^0\.0 Sev-1: /), expect.stringMatching(/^3\.0 .*(final|Re:)/)]);
    expect([...world.rows.values()][0]?.next).toBeUndefined();
  });

  it('is read once on the way to its first mail, and nothing that can wait is written before that leaves', async () => {
    const calls: string[] = [];
    const world = anIncidentWorld({
      kills: (call) => {
        if (call.startsWith('before')) calls.push(call.slice('before '.length));
      },
    });
    await world.publish(sev1);
    await world.pass(1000);

    expect(calls).toEqual(['read', 'put', 'putContent', 'create', 'recordEdition', 'start', 'put']);
  });

  it('is told in one mail what several revisions changed, and not at all what was put back', async () => {
    const world = anIncidentWorld({});
    await world.publish(sev1);
    await world.pass(3 * minute);
    await world.publish({ ...sev1, title: 'A' });
    await world.publish({ ...sev1, title: 'B' });
    await world.pass(10 * minute);
    await world.publish({ ...sev1, title: 'C' });
    await world.publish({ ...sev1, title: 'B' });
    await world.pass(60 * minute);

    expect(kinds(world)).toEqual(['first', 'update']);
    expect(world.mails.at(-1)?.text).toContain('"headline":"B"');
  });

  it('ends the mail before, and hands on that an operator holds it', async () => {
    const world = anIncidentWorld({ sendsAfter: () => 20 });
    await world.publish(sev1);
    await world.pass(1000);
    world.pause(true);
    await world.publish({ ...sev1, title: 'A' });
    await world.pass(30 * minute);
    const [first, second] = [...world.editions.values()];

    expect(first).toMatchObject({ superseded: { by: second?.id, wasPaused: true }, paused: false });
    expect(second?.paused).toBe(true);
    expect(world.mails).toEqual([]);
    world.pause(false);
    await world.pass(minute);
    expect(world.mails.map(({ edition }) => edition)).toEqual(Array(3).fill(second?.id));
  });

  it('is lowered, taken back and told to stand again', async () => {
    const world = anIncidentWorld({});
    for (const change of [{}, { severity: 'sev3' }, { restricted: true }, { restricted: true, title: 'Cleaned' }, { title: 'Cleaned' }]) {
      await world.publish({ ...sev1, ...change });
      await world.pass(10 * minute);
    }

    expect(kinds(world)).toEqual(['first', 'lowered', 'withdrawn', 'reinstated']);
    expect(world.mails.find(({ subject }) => subject.startsWith('Taken back'))?.text).not.toContain('failover');
  });

  it.each([
    ['taken back', { status: 'retracted' }, /^Taken back/],
    ['lowered', { severity: 'sev3' }, /Sev-3/],
  ])('that was %s is previewed so before and after that is told', async (_, change, subject) => {
    const world = anIncidentWorld({});
    const previewed = async () => (await world.preview('pm-1'))?.subject;
    await world.publish({ ...sev1, ...change });
    expect(await previewed()).toBeUndefined();
    await world.publish(sev1);
    await world.pass(5 * minute);
    await world.publish({ ...sev1, ...change });
    await world.pass(1000);
    expect(await previewed()).toMatch(subject);
    await world.pass(10 * minute);
    expect(world.mails.at(-1)?.subject).toMatch(subject);
    expect(await previewed()).toMatch(subject);
  });

  it('names the incident that it was merged with, if that one may be told', async () => {
    const world = anIncidentWorld({});
    await world.publish({ ...sev1, id: 'pm-2', title: 'The whole of it' });
    await world.publish(sev1);
    await world.pass(5 * minute);
    await world.publish({ ...sev1, status: 'retracted', mergedInto: 'pm-2' });
    await world.pass(5 * minute);

    expect(world.mails.at(-1)).toMatchObject({ edition: 'sev1-alerts_pm-1_r2', text: expect.stringContaining('The whole of it') });
  });

  it('goes to readers who were skipped while it was hidden for a moment, once', async () => {
    const world = anIncidentWorld({ sendsAfter: (reader) => 1 + 10 * reader });
    await world.publish(sev1);
    await world.pass(5000);
    await world.publish({ ...sev1, restricted: true });
    await world.pass(20_000);
    await world.publish(sev1);
    await world.pass(10 * minute);

    expect(kinds(world)).toEqual(['first']);
    expect(world.mails.map(({ reader }) => reader)).toEqual([0, 1, 2]);
  });

  it('is told by the same mail where that was hidden for a moment before it left', async () => {
    const world = anIncidentWorld({ sendsAfter: () => 40 });
    await world.publish(sev1);
    await world.pass(1000);
    await world.publish({ ...sev1, restricted: true });
    await world.pass(20_000);
    await world.publish(sev1);
    await world.pass(10 * minute);

    expect(world.mails.map(({ edition }) => edition)).toEqual(Array(3).fill('sev1-alerts_pm-1_r1'));
  });

  it('is told anew where it was hidden before anybody had the first mail, and changed since', async () => {
    const world = anIncidentWorld({ sendsAfter: () => 10 });
    await world.publish(sev1);
    await world.pass(1000);
    await world.publish({ ...sev1, restricted: true });
    await world.pass(20_000);
    await world.publish({ ...sev1, title: 'Cleaned' });
    await world.pass(10 * minute);

    expect(kinds(world)).toEqual(['first', 'first']);
    expect(world.mails.map(({ edition }) => edition)).toEqual(Array(3).fill('sev1-alerts_pm-1_r2'));
  });

  it('tells nobody of a mail that nobody got that it was taken back', async () => {
    const world = anIncidentWorld({ sendsAfter: () => 10 });
    await world.publish(sev1);
    await world.pass(1000);
    await world.publish({ ...sev1, restricted: true });
    await world.pass(10 * minute);

    expect([kinds(world), world.mails]).toEqual([['first'], []]);
  });

  it('is told anew, and quotes nothing, where an update was hidden for a moment before anybody had it', async () => {
    const world = anIncidentWorld({});
    await world.publish(sev1);
    await world.pass(15 * minute);
    await world.publish({ ...sev1, title: 'A' });
    await world.pass(61_000);
    await world.publish({ ...sev1, title: 'A', restricted: true });
    await world.publish({ ...sev1, title: 'A' });
    await world.pass(60 * minute);

    expect(kinds(world)).toEqual(['first', 'update', 'update']);
    expect(got(world)).toHaveLength(2);
    expect(world.mails.at(-1)?.text).not.toContain('failover');
  });

  it.each<[string, { published?: string; change: Record<string, unknown>; kinds: string[] }]>([
    ['lowers it', { change: { title: 'A', severity: 'sev3' }, kinds: ['first', 'lowered', 'lowered'] }],
    [
      'tells a change when it is no news any more',
      { published: '2026-11-03T14:10:00Z', change: { title: 'A' }, kinds: ['first', 'update', 'update'] },
    ],
  ])('is told to everybody where it was hidden for a moment while a mail that %s was held', async (_, { published, change, ...told }) => {
    const world = anIncidentWorld({});
    const account = { ...sev1, publishedAt: published ?? sev1.publishedAt };
    await world.publish(account);
    await world.pass(15 * minute);
    world.hold(true);
    await world.publish({ ...account, ...change });
    await world.pass(2 * minute);
    await world.publish({ ...account, ...change, status: 'draft' });
    await world.pass(10_000);
    await world.publish({ ...account, ...change });
    await world.pass(60 * minute);
    world.hold(false);
    await world.pass(60 * minute);

    expect(kinds(world)).toEqual(told.kinds);
    expect(world.mails.map(({ edition }) => edition)).toEqual(['r1', 'r3'].flatMap((r) => Array(3).fill(`sev1-alerts_pm-1_${r}`)));
    expect(world.mails.at(-1)?.text).not.toContain('failover');
  });

  it('is told to everybody where the composer died before a mail was made, and it was hidden for a moment meanwhile', async () => {
    let deaths = 3;
    const world = anIncidentWorld({
      kills: (call) => {
        if (call !== 'before create' || deaths === 0) return;
        deaths -= 1;
        throw new Crash(call);
      },
    });
    world.hold(true);
    await world.publish(sev1);
    await world.pass(1000);
    await world.publish({ ...sev1, restricted: true });
    await world.pass(1000);
    await world.publish(sev1);
    await world.pass(60 * minute);
    world.hold(false);
    await world.pass(60 * minute);

    expect(got(world)).toEqual([expect.stringMatching(/Sev-1/)]);
  });

  it('goes to readers who were skipped, also where its text was put back by a later revision', async () => {
    const world = anIncidentWorld({ sendsAfter: (reader) => 1 + 10 * reader });
    await world.publish(sev1);
    await world.pass(5000);
    await world.publish({ ...sev1, restricted: true });
    await world.pass(20_000);
    await world.publish({ ...sev1, title: 'A' });
    await world.pass(1000);
    await world.publish(sev1);
    await world.pass(10 * minute);

    expect(world.mails.map(({ reader, edition }) => `${reader} ${edition}`)).toEqual([0, 1, 2].map((n) => `${n} sev1-alerts_pm-1_r1`));
  });

  it('is taken back where that was superseded before anybody had it, and the mail after it was withheld', async () => {
    const world = anIncidentWorld({});
    await world.publish(sev1);
    await world.pass(15 * minute);
    await world.publish({ ...sev1, restricted: true });
    await world.pass(minute);
    world.pause(true);
    await world.publish(sev1);
    await world.pass(minute + 1000);
    await world.publish({ ...sev1, restricted: true });
    await world.pass(5 * minute);
    world.pause(false);
    await world.pass(20 * minute);

    expect(kinds(world)).toEqual(['first', 'withdrawn', 'withdrawn']);
    expect(got(world).map((told) => told.replace(/^\S+ /, ''))).toEqual([
      expect.stringMatching(/^Sev-1/),
      expect.stringMatching(/^Taken back/),
    ]);
  });

  /** `r2` is decided while nobody has `r1`; its composer dies before it ends `r1`. */
  async function diesBeforeEnding(change: Parameters<typeof anIncidentWorld>[0] = {}) {
    let dies = true;
    const world = anIncidentWorld({
      sendsAfter: (reader) => 130 + 1000 * reader,
      kills: (call) => {
        if (call !== 'before supersede' || !dies) return;
        dies = false;
        throw new Crash(call);
      },
      ...change,
    });
    await world.publish(sev1);
    await world.pass(minute);
    await world.publish({ ...sev1, title: 'A' });
    await world.pass(minute + 1000);
    expect([kinds(world), world.mails]).toEqual([['first', 'first'], []]);
    return world;
  }

  it('is taken back for those who got a mail after the next one was decided, whose composer had died', async () => {
    const world = await diesBeforeEnding();
    await world.pass(20_000);
    expect(got(world)).toHaveLength(1);
    await world.publish({ ...sev1, title: 'A', status: 'retracted' });
    await world.pass(90 * minute);

    expect(got(world).at(-1)).toContain('Taken back');
  });

  it('is lowered for those who get a mail from a worker that had looked before that mail was ended', async () => {
    const world = anIncidentWorld({ sendsAfter: () => 88, callsAfter: 10 });
    await world.publish(sev1);
    await world.pass(30_000);
    await world.publish({ ...sev1, severity: 'sev3' });
    await world.pass(90 * minute);

    expect(kinds(world)).toEqual(['first', 'lowered']);
    expect(got(world)).toEqual([expect.stringMatching(/^1\.6 Sev-1: /), expect.stringContaining('Sev-3')]);
  });

  describe.each<[string, { first?: (world: World) => void; made?: (world: World) => void; last?: (world: World) => void }]>([
    ['was recalled', { made: (world) => world.recall() }],
    ['was paused', { made: (world) => world.pause(true), last: (world) => world.pause(false) }],
    ['waits for its lane', { first: (world) => world.hold(true), last: (world) => world.hold(false) }],
  ])('of which the first mail %s before anybody had it', (_, { first, made, last }) => {
    const story = async (...changes: Record<string, unknown>[]) => {
      const world = anIncidentWorld({ sendsAfter: () => 10 });
      first?.(world);
      await world.publish({ ...sev1, title: 'RECALLED', summary: 'RECALLED' });
      await world.pass(1000);
      made?.(world);
      for (const change of changes) {
        await world.publish({ ...sev1, title: 'RECALLED', summary: 'RECALLED', ...change });
        await world.pass(20 * minute);
      }
      last?.(world);
      await world.pass(10 * minute);
      return world;
    };
    const right = { title: 'Right', summary: 'Right' };

    it('is told anew as it stands, and what nobody got is quoted nowhere', async () => {
      const world = await story(right);

      expect(world.mails.map(({ edition }) => edition)).toEqual(Array(3).fill('sev1-alerts_pm-1_r2'));
      expect(world.mails[0]?.subject).toMatch(/^Sev-1: Right/);
      expect(world.mails[0]?.text).not.toMatch(/RECALLED|updates the alert/);
      expect(kinds(world)).toEqual(['first', 'first']);
    });

    it('is neither taken back nor told to stand again', async () => {
      const world = await story({ restricted: true });
      expect(world.mails).toEqual([]);

      await world.publish({ ...sev1, ...right });
      await world.pass(10 * minute);
      world.pause(false);
      await world.pass(10 * minute);
      expect(got(world)).toEqual([expect.stringMatching(/Sev-1: Right/)]);
    });

    it('is not told to be less severe', async () => {
      const world = await story({ severity: 'sev3' });

      expect([world.mails, kinds(world)]).toEqual([[], ['first']]);
      expect([...world.rows.values()][0]?.next).toBeUndefined();
    });
  });

  it('is not told again as it was recalled', async () => {
    const world = anIncidentWorld({ sendsAfter: () => 10 });
    await world.publish(sev1);
    await world.pass(1000);
    world.recall();
    for (const change of [{ restricted: true }, {}]) {
      await world.publish({ ...sev1, ...change });
      await world.pass(10 * minute);
    }

    expect([world.mails, kinds(world)]).toEqual([[], ['first']]);
  });

  it('is told to nobody as it stood for a while, where that mail was held and all was put back', async () => {
    const world = anIncidentWorld({});
    await world.publish(sev1);
    await world.pass(10 * minute);
    world.hold(true);
    for (const change of [{ title: 'A' }, {}]) {
      await world.publish({ ...sev1, ...change });
      await world.pass(20 * minute);
    }
    world.hold(false);
    await world.pass(20 * minute);

    expect(world.mails.map(({ edition }) => edition)).toEqual(Array(3).fill('sev1-alerts_pm-1_r1'));
  });

  it('does not tell anew what was opened again for those who were skipped', async () => {
    const world = anIncidentWorld({ sendsAfter: () => 10 });
    await world.publish(sev1);
    await world.pass(1000);
    await world.publish({ ...sev1, restricted: true });
    await world.pass(1.5 * minute);
    await world.publish({ ...sev1, restricted: true, title: 'A' });
    await world.pass(1.5 * minute);
    await world.publish({ ...sev1, restricted: true });
    await world.pass(1.5 * minute);

    expect([...world.rows.values()].flatMap(({ updates }) => updates.map(({ missed }) => missed))).toEqual([undefined]);
  });

  it('that an earlier release told goes on from that mail', async () => {
    const world = anIncidentWorld({});
    await world.publish(sev1);
    await world.pass(5 * minute);
    world.rows.clear();
    await world.publish({ ...sev1, title: 'A' });
    await world.pass(10 * minute);

    expect(kinds(world)).toEqual(['first', 'update']);
    expect(world.mails.at(-1)?.text).toContain('A failover logged everyone out');
  });

  it('quotes nothing of what was cleaned while it was hidden', async () => {
    const world = anIncidentWorld({});
    await world.publish(sev1);
    await world.pass(5 * minute);
    await world.publish({ ...sev1, restricted: true });
    await world.publish({ ...sev1, title: 'Cleaned' });
    await world.pass(10 * minute);

    expect(kinds(world)).toEqual(['first', 'update']);
    expect(world.mails.at(-1)?.text).toContain('Cleaned');
    expect(world.mails.at(-1)?.text).not.toContain('failover');
  });

  it('that is history is told by no mail', async () => {
    const world = anIncidentWorld({});
    await world.publish({ ...sev1, publishedAt: '2026-09-01T10:00:00Z' });
    await world.publish({ ...sev1, publishedAt: '2026-09-01T10:00:00Z', title: 'A' });
    await world.pass(10 * minute);

    expect([world.editions.size, world.rows.size]).toEqual([0, 0]);
  });
});
