import { expect, it } from 'vitest';
import { mandatoryFor } from '../../../core/subscriber/mandatory.ts';
import { aDistribution } from '../../support/distribution.ts';

const distribution = aDistribution({
  teams: [
    { name: 'Payments', leads: ['Ada@Example.com'], deputies: ['grace@example.com'] },
    { name: 'Identity', deputies: ['ada@example.com'] },
  ],
});

it('tells each who is named why, however their address is written', () => {
  expect(mandatoryFor(distribution, 'sev1-alerts', 'grace@EXAMPLE.com')).toBe('you are a deputy for Payments');
  expect(mandatoryFor(distribution, 'sev1-alerts', 'ada@example.com')).toBe('you are a lead of Payments and a deputy for Identity');
});

it('leaves everybody else, and every other stream, to choose', () => {
  expect(mandatoryFor(distribution, 'sev1-alerts', 'mary@example.com')).toBeUndefined();
  expect(mandatoryFor(distribution, 'engineering-digest', 'ada@example.com')).toBeUndefined();
});
