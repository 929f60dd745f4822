import { expect, it } from 'vitest';
import { composeImpactWeek } from '../../../core/compose/compose-impact-week.ts';
import { composeOneUpdate } from '../../../core/compose/update-composers.ts';
import type { ImpactMail } from '../../../core/content/impact-content.ts';
import type { ImpactWeekContent } from '../../../core/content/impact-week-content.ts';
import { occurrenceDueAt } from '../../../core/edition/occurrence.ts';
import type { UpdateToTell } from '../../../core/incident-update/update-to-tell.ts';
import { aComposing } from '../../support/composing.ts';
import { someFragments } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';

const monday = new Date('2026-11-23T08:00:00Z');
const impact = { severities: ['sev1', 'sev2'], schedule: { every: 'week', on: 'monday', at: '08:00' }, contact: '#desk' };
const felt = { customerImpact: { text: 'Nobody could pay.' } };

function aWorld(settings: object = {}) {
  const world = aComposing();
  const distribution = aDistribution({ streams: { 'customer-impact': { ...impact, ...settings } } });
  const mails: ImpactMail[] = [];
  const weeks: ImpactWeekContent[] = [];
  const deps = {
    ...world.deps,
    renderImpact: (content: ImpactMail) => {
      mails.push(content);
      return someFragments();
    },
    renderImpactWeek: (content: ImpactWeekContent) => {
      weeks.push(content);
      return someFragments();
    },
  };
  return {
    ...world,
    mails,
    weeks,
    told() {
      const stored = world.stored.get('pm-1');
      if (!stored) throw new Error('pm-1 is not there');
      return stored;
    },
    week: () => composeImpactWeek(occurrenceDueAt('customer-impact', monday, distribution), monday, distribution, deps),
    tell: (update: Partial<UpdateToTell>) =>
      composeOneUpdate(
        { stream: 'customer-impact', incident: 'pm-1', n: 1, kind: 'first', isFinal: false, changes: [], ...update },
        distribution,
        deps,
      ),
  };
}

it('a summary tells what customers felt, of the severities of the file', async () => {
  const world = aWorld();
  world.publish({ id: 'felt', ...felt });
  world.publish({ id: 'unfelt' });
  world.publish({ id: 'slight', severity: 'sev3', ...felt });
  world.publish({ id: 'secret', restricted: true, ...felt });

  const made = await world.week();

  expect(made).toMatchObject({ id: 'customer-impact_2026-W47', stream: 'customer-impact' });
  expect(made.carried.map(({ postmortem }) => postmortem.id)).toEqual(['felt']);
  expect(world.weeks[0]?.sections.flatMap(({ cards }) => cards.map(({ postmortem }) => postmortem))).toEqual(['felt']);
});

it('a summary of a quiet week comes as a notice, or not at all if the file says so', async () => {
  expect((await aWorld().week()).fragments).toBeDefined();
  expect((await aWorld({ quietWeek: 'nothing' }).week()).fragments).toBeUndefined();
});

it('a mail about one incident carries it, names its contact, and has a number of its own', async () => {
  const world = aWorld();
  world.publish(felt);

  const made = await world.tell({ n: 3, kind: 'update', stored: world.told() });

  expect(made).toMatchObject({ id: 'customer-impact_pm-1_r3', incident: 'pm-1', carried: [{ postmortem: { id: 'pm-1' } }] });
  expect(world.mails[0]).toMatchObject({ kind: 'told', parts: expect.arrayContaining([{ label: 'Whom to ask', texts: ['#desk'] }]) });
});

it('a mail about an incident that nobody felt after all says so, and shows nothing of the document', async () => {
  const world = aWorld();
  world.publish({ title: 'A title of engineers', support: undefined });

  await world.tell({
    n: 2,
    kind: 'lowered',
    stored: world.told(),
    before: { facts: { title: 'Nobody could pay' }, sentAt: '2026-11-20T00:00:00Z' },
  });

  expect(world.mails[0]?.subject).toBe('No customers affected after all: Nobody could pay');
  expect(JSON.stringify(world.mails)).not.toContain('A title of engineers');
});

it('a mail that takes an account back carries nothing', async () => {
  const world = aWorld();
  world.publish({ status: 'retracted', title: 'A title', ...felt });

  expect(await world.tell({ n: 2, kind: 'withdrawn' })).toMatchObject({ carried: [], incident: 'pm-1' });
  expect(world.mails[0]?.kind).toBe('taken back');
});
