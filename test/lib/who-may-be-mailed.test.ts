import { describe, expect, it } from 'vitest';
import { addresseesOf } from '../../core/delivery/addressees.ts';
import { lanes } from '../../core/stream/stream.ts';
import { aStage, stageNames, the } from '../support/stage-under-test.ts';

const policyOf = (stage: ReturnType<typeof aStage>, lane: string): string[] =>
  the(stage.statements(`deliver-${lane}`).filter(({ Action, Condition }) => Action === 'ses:SendRawEmail' && Condition)).Condition[
    'ForAllValues:StringLike'
  ]['ses:Recipients'];
const toldTo = (stage: ReturnType<typeof aStage>, lane: string): string =>
  stage.fn(`deliver-${lane}`).properties.Environment.Variables.MAY_MAIL;

describe.each(stageNames)('whom %s may mail', (name) => {
  const stage = aStage(name, { mayMail: ['Ada@Example.org', ' *@Pilot.example.com'] });

  it.each(lanes)('is told to the %s lane as its policy says it, in lower case', (lane) => {
    const policy = policyOf(stage, lane);

    expect(toldTo(stage, lane).split(',')).toEqual(policy);
    expect(policy).toEqual(policy.map((pattern) => pattern.trim().toLowerCase()));
  });
});

it('is its allow-list on staging, whatever the case of either side', () => {
  const stage = aStage('staging', { mayMail: ['Ada@Example.org', '*@pilot.example.com'] });
  const addressees = addresseesOf(toldTo(stage, 'bulk').split(','));

  expect(['ADA@example.org', 'lin@pilot.example.com', 'success@simulator.amazonses.com'].map(addressees.of)).toEqual([
    'ada@example.org',
    'lin@pilot.example.com',
    'success@simulator.amazonses.com',
  ]);
  expect(['lin@example.org', 'ada@fabrikam.example'].map(addressees.of)).toEqual([undefined, undefined]);
});

it('has to fit into the variables of a function', () => {
  const many = Array.from({ length: 100 }, (_, n) => `somebody-with-a-long-name-${n}@example.org`);

  expect(() => aStage('staging', { mayMail: many })).toThrow(/mayMail.*name domains/);
});
