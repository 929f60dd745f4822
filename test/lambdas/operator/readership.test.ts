import { expect, it } from 'vitest';
import { dynamoReadings } from '../../../adapters/dynamodb/reading-store.ts';
import { dynamoTeamSizes } from '../../../adapters/dynamodb/team-size-store.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';
import { publish } from '../../support/published.ts';

const freshTable = oneEngine();
const path = '/operator/postmortems/pm-1/readership';

async function aWorld({ isCounted = true } = {}) {
  const table = await freshTable();
  const operator = await anOperator(table, { now: () => '2026-11-25T10:00:00Z' });
  await publish(table, { id: 'pm-1', title: 'Zqtitle', owningTeam: 'Payments', rootCauses: ['zqcause'] });
  const sizes = [
    { team: 'team:payments', name: 'Payments', size: 8 },
    { team: 'team:search', name: 'Search', size: 6 },
    { team: 'team:night', name: 'Zqnight', size: 4 },
    { team: 'team:ads', name: 'Ads', size: 9 },
  ];
  if (isCounted) await dynamoTeamSizes(table).put({ at: '2026-11-23T08:00:00Z', staff: 40, teams: sizes });
  const readings = dynamoReadings(table);
  for (const [n, team] of ['search', 'search', 'search', 'search', 'night', 'night'].entries())
    await readings.put({ postmortem: 'pm-1', blinded: String(n).padStart(32, '0'), team: `team:${team}`, on: '2026-11-24', how: 'page' });
  await readings.put({ postmortem: 'pm-1', blinded: 'f'.repeat(32), team: 'team:payments', on: '2026-11-25', how: 'page' });
  return { table, ask: () => operator.ask('GET', path) };
}

it('answers in words until the end of yesterday, for teams of five and more', async () => {
  const { ask } = await aWorld();
  const { status, body } = await ask();
  expect(status).toBe(200);
  expect(body).toEqual({
    editions: [],
    readership: {
      until: '2026-11-24',
      countedAt: '2026-11-23T08:00:00Z',
      readers: 5,
      teams: [
        { name: 'Payments', word: 'nobody yet' },
        { name: 'Search', word: 'most' },
      ],
      others: 1,
    },
  });
  expect(JSON.stringify(body)).not.toMatch(/zq/i);
});

it('answers nothing of readers while nobody may be told of it, or before teams were counted', async () => {
  const hidden = await aWorld();
  await publish(hidden.table, { id: 'pm-1', title: 'Zqtitle', restricted: true });
  expect((await hidden.ask()).body).toEqual({ editions: [] });
  const uncounted = await aWorld({ isCounted: false });
  expect((await uncounted.ask()).body).toEqual({ editions: [], readership: { until: '2026-11-24', teams: [], others: 0 } });
});

it('answers 404 for a postmortem that there is not', async () => {
  const operator = await anOperator(await freshTable());
  expect(await operator.ask('GET', path)).toMatchObject({ status: 404 });
});
