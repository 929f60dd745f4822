import { describe, expect, it } from 'vitest';
import { unkeptOf, unkeptPromises } from '../../../core/relevance/unkept.ts';
import { taxonomyOf } from '../../../core/taxonomy/taxonomy-of.ts';
import { actionsAsOf } from '../../support/actions-as-of.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const now = new Date('2026-09-01T00:00:00Z');
const began = '2026-06-01T10:00:00Z';
type As = Parameters<typeof actionsAsOf>[1][number];
const rowOf = (state: As['state'], more: Partial<As> = {}, item: Record<string, unknown> = {}) => {
  const postmortem = aPostmortem({ publishedAt: '2026-01-10T10:00:00Z', actionItems: [{ title: 'Renew it', status: 'open', ...item }] });
  const [row] = actionsAsOf(postmortem, [{ title: String(item.title ?? 'Renew it'), state, ...more }]);
  return row ?? expect.unreachable();
};

describe('what became of a promise when a later incident began', () => {
  it.each([
    ['open', rowOf('open'), 'open'],
    ['declined', rowOf('declined'), 'declined'],
    ['done in the document', rowOf('done'), undefined],
    ['done a day before', rowOf('done late', { doneOn: '2026-05-31' }), undefined],
    ['done a day after', rowOf('done late', { doneOn: '2026-06-02' }), 'done late'],
    ['withdrawn', { ...rowOf('open'), withdrawnAt: '2026-02-01T00:00:00Z' }, undefined],
    ['of a hidden postmortem', { ...rowOf('open'), visible: false }, undefined],
    ['promised after it', { ...rowOf('open'), promisedAt: '2026-06-02T00:00:00Z' }, undefined],
  ])('%s', (_, row, is) => {
    expect(unkeptOf(row, began, now)).toBe(is);
  });
});

describe('the promises that are named', () => {
  const promises = (item: Record<string, unknown>, { terms = ['expired-certificate'], things = ['web'] } = {}) =>
    unkeptPromises([rowOf('open', {}, item)], { terms, began }, { things }, { taxonomy: taxonomyOf({}), now }).map(({ caught }) => caught);

  it('would have caught it if their own words say the failure, and the place is the same', () => {
    expect(promises({ title: 'Alarm before a certificate expires' })).toEqual([true]);
    expect(promises({ title: 'Renew it', consequence: 'The certificate expires again.' })).toEqual([true]);
    expect(promises({ title: 'Renew it' })).toEqual([false]);
    expect(promises({ title: 'A runbook for an expired certificate' })).toEqual([false]);
    expect(promises({ title: 'Alarm before a certificate expires' }, { terms: ['out-of-memory'], things: ['web'] })).toEqual([false]);
  });

  it('have only been made where the place is another one', () => {
    expect(promises({ title: 'Alarm before a certificate expires' }, { terms: ['expired-certificate'], things: [] })).toEqual([false]);
    expect(promises({ title: 'Renew it' }, { terms: ['expired-certificate'], things: [] })).toEqual([]);
  });
});
