import { describe, expect, it } from 'vitest';
import { type ActionRow, readActionRow } from '../../../core/action/action.ts';
import { promiseFacts } from '../../../core/operator/promise-facts.ts';
import { storable } from '../../../core/runbook/finding.ts';
import { promiseFindings } from '../../../core/runbook/promise-findings.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';

const now = new Date('2026-11-30T08:00:00Z');
const aRow = (change: object = {}, reported: object = {}): ActionRow =>
  readActionRow({
    ...{ postmortem: 'pm-1', postmortemTitle: 'Out of disk', aid: 'title#1', promisedAt: '2026-11-02T10:00:00Z', visible: true },
    ...{ reportedAt: '2026-11-02T10:00:00Z', reported: { title: 'Lower the limit', status: 'open', ...reported }, ...change },
  });
const done = { at: '2026-11-20T10:00:00Z', by: aSid(1), kind: 'done' };
const rosa = aProfile({ name: 'Rosa Lind', address: 'rosa@example.com' });
const { sid, realm, address, revision } = rosa;

const facts = (rows: readonly ActionRow[], reminders: object | null = { at: '08:00' }) =>
  promiseFacts(aDistribution({ ...(reminders && { reminders }), teams: [{ name: 'Search' }] }), now, {
    actions: async () => [...rows],
    peopleList: { list: async () => ({ people: [{ sid, realm, address, revision, streams: [], isSuspended: false }] }) },
    people: { readProfiles: async () => [rosa] },
  });

describe('what is so of action items', () => {
  it('names the open ones of which nobody is reminded, and why', async () => {
    const rows = [
      aRow({ postmortem: 'pm-1' }, { owner: 'Rosa Lind' }),
      aRow({ postmortem: 'pm-2' }, { owner: 'the platform folks' }),
      aRow({ postmortem: 'pm-3' }, { owner: 'Search' }),
      aRow({ postmortem: 'pm-4' }),
      aRow({ postmortem: 'pm-5' }, { owner: 'Jo', status: 'done' }),
      aRow({ postmortem: 'pm-6', visible: false }, { owner: 'Jo' }),
      aRow({ postmortem: 'pm-7', withdrawnAt: '2026-11-20T10:00:00Z' }, { owner: 'Jo' }),
    ];
    expect((await facts(rows)).unowned).toEqual([
      { postmortem: 'pm-2', why: 'nobody', owner: 'the platform folks' },
      { postmortem: 'pm-3', why: 'no lead', owner: 'Search' },
      { postmortem: 'pm-4', why: 'no owner', owner: undefined },
    ]);
  });

  it('looks for nobody where there are no reminders', async () => {
    expect(await facts([aRow()], null)).toEqual({ lost: [] });
  });

  it('names those that a revision lost with what was done with them', async () => {
    const withdrawnAt = '2026-11-20T10:00:00Z';
    const rows = [
      aRow({ postmortem: 'pm-1', withdrawnAt, events: [done] }),
      aRow({ postmortem: 'pm-2', withdrawnAt }),
      aRow({ postmortem: 'pm-3', events: [done] }),
      aRow({ postmortem: 'pm-4', withdrawnAt, events: [done], visible: false }),
    ];
    expect((await facts(rows)).lost.map(({ postmortem }) => postmortem)).toEqual(['pm-1']);
  });
});

describe('a finding about promises', () => {
  const unowned = ['Jo', 'Ana', 'Jo'].map((owner, n) => ({ postmortem: `pm-${n}`, why: 'nobody', owner }) as const);

  it('says each reason once, the most frequent first, with the most frequent owners', () => {
    const found = promiseFindings({ unowned: [{ postmortem: 'pm-9', why: 'several', owner: 'Yui' }, ...unowned], lost: [] });
    expect(found).toMatchObject([
      {
        kind: 'owners-unknown',
        urgency: 'soon',
        what: expect.stringMatching(/^3 open action items have an owner/),
        owners: ['Jo', 'Ana'],
        why: 'nobody is reminded of them',
      },
      {
        kind: 'owners-ambiguous',
        what: expect.stringMatching(/^1 open action item has an owner/),
        postmortems: ['pm-9'],
        why: 'nobody is reminded of it',
      },
    ]);
  });

  it('keeps no text of an owner and no postmortem', () => {
    const drift = {
      at: '2026-11-30T08:00:00Z',
      findings: promiseFindings({ unowned, lost: [{ postmortem: 'pm-7' }] }),
      more: 0,
      notLookedAt: [],
    };
    const stored = JSON.stringify(storable(drift));
    expect(stored).toContain('is in no postmortem any more');
    expect(stored).not.toMatch(/Jo|Ana|pm-\d/);
  });
});
