import { describe, expect, it } from 'vitest';
import { startEdition } from '../../../core/compose/start-edition.ts';
import type { ImpactWeekContent } from '../../../core/content/impact-week-content.ts';
import { renderImpactWeek } from '../../../emails/render-impact.ts';
import { aCorrecting } from '../../support/correcting.ts';

/** Mondays at 09:00 in Berlin. */
const mondays = ['2026-11-23T08:00:00Z', '2026-11-30T08:00:00Z', '2026-12-07T08:00:00Z', '2026-12-14T08:00:00Z'] as const;
const felt = {
  title: 'Logins were lost',
  severity: 'sev3',
  customerImpact: { text: 'Nobody could log in.' },
  support: { say: ['Logins work.'] },
};

/** What customers felt is told in the summary of the first Monday. */
async function aSummary({ quietWeek = 'notice' } = {}) {
  const impact = {
    severities: ['sev1', 'sev2', 'sev3'],
    schedule: { every: 'week', on: 'monday', at: '09:00' },
    contact: '#desk',
    quietWeek,
  };
  const world = aCorrecting({ held: ['weekly'], file: { streams: { 'customer-impact': impact } } });
  const weeks: ImpactWeekContent[] = [];
  const deps = {
    ...world.deps,
    renderImpactWeek: (content: ImpactWeekContent) => {
      weeks.push(content);
      return renderImpactWeek(content);
    },
  };
  const compose = async (week: 0 | 1 | 2 | 3) => {
    world.at(mondays[week]);
    const made = await startEdition(
      { kind: 'scheduled', stream: 'customer-impact', frequency: 'weekly', at: new Date(mondays[week]) },
      deps,
    );
    return made && world.editions.get(made.edition);
  };
  const change = (edition: string, by: object) => {
    const known = world.editions.get(edition);
    if (!known) throw new Error(`${edition} is not there`);
    world.editions.set(edition, { ...known, ...by });
  };
  await world.publish(felt, '2026-11-20T10:00:00Z');
  await compose(0);
  return { ...world, weeks, compose, change, said: () => weeks.at(-1)?.takenBack };
}

const first = 'customer-impact_2026-W47';
const takenBack = {
  heading: 'Do not use what we said about one incident.',
  said: 'What the summary of 23 November said about one incident was taken back. Say nothing of it any more. Its page no longer opens. Ask #desk.',
};

describe('the next summary', () => {
  it.each([
    ['restricted', { restricted: true }],
    ['retracted', { status: 'retracted' }],
  ])('says once, without a title, that what was %s must not be used', async (_, hidden) => {
    const world = await aSummary();
    expect(world.said()).toBeUndefined();
    await world.publish({ ...felt, ...hidden }, '2026-11-25T10:00:00Z');

    expect(await world.compose(1)).toMatchObject({ carries: [], names: [], takesBack: ['pm-1'], withheld: [] });
    expect(world.said()).toEqual(takenBack);
    expect(JSON.stringify(world.weeks.at(-1))).not.toMatch(/Logins|pm-1/);
    expect(await world.compose(2)).not.toHaveProperty('takesBack');
    expect(world.said()).toBeUndefined();
  });

  it('is a mail also where a quiet week sends nothing', async () => {
    const world = await aSummary({ quietWeek: 'nothing' });
    await world.publish({ ...felt, restricted: true }, '2026-11-25T10:00:00Z');

    expect(await world.compose(1)).toHaveProperty('content');
    expect(await world.compose(2)).not.toHaveProperty('content');
  });

  it('says nothing of what no summary told, or what may be told again by then', async () => {
    const world = await aSummary();
    await world.publish({ ...felt, id: 'pm-2', restricted: true }, '2026-11-24T10:00:00Z');
    await world.publish({ ...felt, restricted: true }, '2026-11-25T10:00:00Z');
    await world.publish(felt, '2026-11-26T10:00:00Z');
    await world.compose(1);

    expect(world.said()).toBeUndefined();
  });

  it('says it again if what was corrected meanwhile is taken back too', async () => {
    const world = await aSummary();
    await world.publish({ ...felt, restricted: true }, '2026-11-25T10:00:00Z');
    await world.compose(1);
    await world.publish({ ...felt, support: { say: ['Logins work again.'] } }, '2026-12-01T10:00:00Z');
    await world.publish({ ...felt, severity: 'sev2' }, '2026-12-02T10:00:00Z');
    expect((await world.compose(2))?.corrects).toMatchObject([{ id: 'pm-1', from: 1 }]);
    await world.publish({ ...felt, restricted: true }, '2026-12-08T10:00:00Z');
    await world.compose(3);

    expect(world.said()?.said).toMatch(/^What the summary of 7 December said about one incident/);
  });
});

describe('a summary that was recalled', () => {
  it('told nothing if nobody has it', async () => {
    const world = await aSummary();
    const counts = { 'skipped: recalled': 8 };
    world.change(first, { recalled: true, completedAt: mondays[0], tallies: { weekly: { version: 1, counts } } });
    await world.publish({ ...felt, restricted: true }, '2026-11-25T10:00:00Z');
    await world.compose(1);

    expect(world.said()).toBeUndefined();
  });

  it('takes nothing back: the next one does', async () => {
    const world = await aSummary();
    await world.publish({ ...felt, restricted: true }, '2026-11-25T10:00:00Z');
    await world.compose(1);
    world.change('customer-impact_2026-W48', { recalled: true });
    await world.compose(2);

    expect(world.said()).toEqual(takenBack);
  });
});

it('a correction of what customers did not feel after all has the severity of now, and no page', async () => {
  const world = await aSummary();
  await world.publish({ title: felt.title, severity: 'sev2', status: 'published' }, '2026-11-25T10:00:00Z');
  await world.compose(1);

  expect(world.weeks.at(-1)).toMatchObject({
    subject: 'Customer impact: no new incidents, one correction',
    corrections: { entries: [{ postmortem: 'pm-1', title: felt.title, severity: 'sev2', severityLabel: 'Sev-2', hasPage: false }] },
  });
});
