import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as remind from '../../lambdas/remind/env.ts';
import { aStage, the } from '../support/stage-under-test.ts';

const samples = fileURLToPath(new URL('../../samples/distribution.yaml', import.meta.url));
const stage = aStage('production', { distribution: samples });
const without = aStage('production');
const schedules = stage.all('AWS::Scheduler::Schedule');

describe('a stage whose file has reminders', () => {
  it('runs every day at their hour, in the organisation’s zone', () => {
    const one = the(schedules.filter(({ properties }) => properties.Name === 'remind-afterword-production'));
    expect(one.properties).toMatchObject({
      ScheduleExpression: 'cron(0 8 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      Target: { Arn: { 'Fn::GetAtt': [stage.fn('remind').id, 'Arn'] } },
    });
  });

  it('gives the function the variables that it reads, no more and no fewer', () => {
    const { POWERTOOLS_SERVICE_NAME: _, ...variables } = stage.fn('remind').properties.Environment.Variables;
    expect(Object.keys(variables).toSorted()).toEqual(Object.keys(remind.Env.shape).toSorted());
  });

  it('lets it read staff and no customer, and write actions, its memory and the sizes of teams alone', () => {
    const statements = stage.statements('remind');
    const reached = (action: string) =>
      statements
        .filter(({ Action }) => [Action].flat().includes(action))
        .flatMap(({ Condition }) => Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? []);
    expect(reached('dynamodb:PutItem').toSorted()).toEqual(['ACT#*', 'REMINDERS', 'TEAMS']);
    expect(JSON.stringify(statements)).not.toMatch(/SUB#\*|customers|"PM#|REND#|secretsmanager/);
  });

  it('has an alarm for a day without a run, and one for a run that fails, each with its heading', () => {
    const runbook = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const alarms = stage.all('AWS::CloudWatch::Alarm').filter(({ properties }) => properties.AlarmName.includes('reminders-'));
    const told = alarms.map(({ properties }) => [
      properties.AlarmName.replace('afterword-production-', ''),
      properties.AlarmDescription.split(' See ')[0],
    ]);
    expect(told.map(([heading]) => heading).toSorted()).toEqual(['reminders-failing', 'reminders-late']);
    for (const [heading, impact] of told) expect(runbook).toContain(`\n### ${heading}\n\n**Meaning.** ${impact}`);
  });
});

it('is not there in a stage whose file has none', () => {
  expect(without.text).not.toMatch(/afterword-production-(remind|reminders)/);
  expect(without.functionNames()).not.toContain('remind');
});
