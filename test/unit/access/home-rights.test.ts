import { describe, expect, it } from 'vitest';
import { homeRights } from '../../../core/access/home-rights.ts';
import { aProfile } from '../../support/delivery.ts';

const file = {
  operators: { people: ['Ada@Example.com'], roles: ['Platform'] },
  authors: { people: [], roles: ['everyone'] },
};

describe('who may use the pages of operators and authors', () => {
  it.each([
    ['by address, in any case', { address: 'ada@example.com' }],
    ['by role, in any case', { role: 'platform' }],
  ])('lets operators in %s', (_, change) => {
    expect(homeRights({ ...aProfile(), ...change }, file)).toMatchObject({ isOperator: true, isAuthor: true });
  });

  it('lets everybody write if the file says everyone', () => {
    expect(homeRights(aProfile(), file)).toMatchObject({ isOperator: false, isAuthor: true });
  });

  it.each([
    ['is suspended', { suspended: { at: '2026-11-01T00:00:00Z' } }],
    ['has not confirmed', { unconfirmed: { at: '2026-11-01T00:00:00Z' } }],
    ['is a customer', { realm: 'customers' as const }],
  ])('lets nobody in who %s', (_, change) => {
    expect(homeRights({ ...aProfile(), address: 'ada@example.com', ...change }, file)).toEqual({
      isStaff: false,
      isOperator: false,
      isAuthor: false,
    });
  });

  it('lets nobody in without the blocks', () => {
    expect(homeRights({ ...aProfile(), role: 'everyone' }, {})).toEqual({ isStaff: true, isOperator: false, isAuthor: false });
  });
});
