import { describe, expect, it } from 'vitest';
import { readActionRow } from '../../../core/action/action.ts';
import { asItStands } from '../../../core/action/as-it-stands.ts';

const now = new Date('2026-12-10T09:00:00Z');
const promised = { title: 'Make the key', owner: 'Priya Raman', team: 'Payments', due: '2026-12-04', status: 'open' } as const;
const row = (events: readonly unknown[], change: Record<string, unknown> = {}) =>
  readActionRow({
    postmortem: 'pm-1',
    postmortemTitle: 'Charged twice',
    aid: 'a1',
    reported: promised,
    reportedAt: '2026-12-01T09:00:00Z',
    promisedAt: '2026-12-01T09:00:00Z',
    visible: true,
    events,
    ...change,
  });
const did = (kind: string, more: Record<string, unknown> = {}) => ({ at: '2026-12-05T09:00:00Z', by: 's', kind, ...more });
const accepted = did('decided', {
  what: 'accept the risk',
  reason: 'rare',
  as: 'CTO',
  basis: 'b',
  effectiveAt: '2026-12-07T07:00:00Z',
});
const stands = (rows: readonly ReturnType<typeof row>[]) => asItStands([promised], rows, now)[0];

describe('an action item of a rendition', () => {
  it.each([
    ['done', did('done'), { status: 'done' }],
    ['declined, its risk accepted', accepted, { status: 'declined' }],
    ['due on another day', did('rescheduled', { due: '2026-12-20', reason: 'more' }), { due: '2026-12-20' }],
    ['handed over, without the team before', did('handed over', { to: 'Storefront' }), { owner: 'Storefront', team: undefined }],
  ])('is %s, as people left it', (_, event, change) => {
    expect(stands([row([event])])).toEqual({ ...promised, ...change });
  });

  it('is open until the decision takes effect', () => {
    expect(asItStands([promised], [row([accepted])], new Date('2026-12-06T09:00:00Z'))).toEqual([promised]);
  });

  it.each([
    ['no row is found', []],
    ['the row has another title', [row([did('done')], { reported: { ...promised, title: 'Make a key' } })]],
    ['the row has another owner', [row([did('done')], { reported: { ...promised, owner: 'Jonas' } })]],
    ['the document dropped it', [row([did('done')], { withdrawnAt: '2026-12-06T09:00:00Z' })]],
    ['it may not be told', [row([did('done')], { visible: false })]],
    ['two rows could be it', [row([did('done')]), row([], { aid: 'a2' })]],
  ])('stays as the document says it where %s', (_, rows) => {
    expect(stands(rows)).toEqual(promised);
  });

  it('is told from another of the same title and owner by its day', () => {
    const later = { ...promised, due: '2026-12-30' } as const;
    const rows = [row([], { aid: 'a2', reported: later }), row([did('done')])];
    expect(asItStands([later, promised], rows, now).map(({ status }) => status)).toEqual(['open', 'done']);
  });
});
