import { describe, expect, it } from 'vitest';
import { type ActionRow, readActionRow } from '../../../core/action/action.ts';
import { composeBrief } from '../../../core/compose/compose-brief.ts';
import { composeDigest } from '../../../core/compose/compose-digest.ts';
import { composePublished } from '../../../core/compose/compose-single.ts';
import { composeOneUpdate } from '../../../core/compose/update-composers.ts';
import { occurrenceDueAt } from '../../../core/edition/occurrence.ts';
import { aComposing } from '../../support/composing.ts';
import { someFragments } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';

const now = '2026-12-01T07:00:00Z';
const at = new Date(now);
const schedule = { every: 'month', on: 1, at: '08:00' } as const;
const distribution = aDistribution({ streams: { 'leadership-brief': { schedule }, 'engineering-digest': { schedule } } });
const action = { title: 'Make the key', owner: 'Priya Raman', due: '2026-11-20', status: 'open' } as const;
const done = { at: '2026-11-25T09:00:00Z', by: 's', kind: 'done' };
const row = (change: Record<string, unknown> = {}) =>
  readActionRow({
    postmortem: 'pm-1',
    postmortemTitle: 'Charged twice',
    aid: 'a1',
    reported: action,
    reportedAt: '2026-11-24T10:00:00Z',
    promisedAt: '2026-11-24T10:00:00Z',
    visible: true,
    revision: 1,
    events: [done],
    ...change,
  });

/** A published postmortem with one action, what became of it, and each mail that tells of it. */
function aWorld(rows: readonly ActionRow[] = [row()], change: Record<string, unknown> = {}) {
  const { deps: given, publish, stored } = aComposing({ now });
  publish({ id: 'pm-1', severity: 'sev1', status: 'published', publishedAt: '2026-11-24T10:00:00Z', actionItems: [action], ...change });
  const contents: unknown[] = [];
  const asked: string[] = [];
  const keep = (content: unknown) => {
    contents.push(content);
    return someFragments();
  };
  const deps = {
    ...given,
    renderBrief: keep,
    renderDigest: keep,
    renderAlert: keep,
    renderUpdate: keep,
    async actionRows(id: string) {
      asked.push(id);
      return [...rows];
    },
  };
  const one = () => {
    const found = stored.get('pm-1');
    if (!found) throw new Error('not there');
    return found;
  };
  const alert = (kind: 'first' | 'update') =>
    composeOneUpdate(
      { stream: 'sev1-alerts', incident: 'pm-1', n: 1, kind, isFinal: true, changes: [], stored: one() },
      distribution,
      deps,
    );
  const mails = {
    brief: () => composeBrief(occurrenceDueAt('leadership-brief', at, distribution), at, distribution, deps),
    digest: () => composeDigest(occurrenceDueAt('engineering-digest', at, distribution), at, distribution, deps),
    'mail of its own': () => composePublished('pm-1', distribution, deps),
    alert: () => alert('first'),
    update: () => alert('update'),
  };
  return { mails, contents, asked, stored };
}
const saidIn = (contents: readonly unknown[]) => /Its one action is [a-z]+|Make the key \([^)]*\)/.exec(JSON.stringify(contents))?.[0];

describe('a mail tells of an action what people did', () => {
  it.each([
    ['brief', 'Its one action is done'],
    ['digest', 'Make the key (done)'],
    ['mail of its own', 'Make the key (done)'],
    ['alert', 'Make the key (done)'],
    ['update', 'Make the key (done)'],
  ] as const)('%s: %s', async (name, said) => {
    const { mails, contents } = aWorld();
    await mails[name]();
    expect(saidIn(contents)).toBe(said);
  });

  it('says the same when it is made again', async () => {
    const { mails, contents } = aWorld([row({ aid: 'a0', reported: { ...action, title: 'Another' } }), row()]);
    await mails.digest();
    await mails.digest();
    expect(contents[1]).toEqual(contents[0]);
  });

  it('says what a newer document says that the rows do not know yet', async () => {
    const { mails, contents, stored } = aWorld([row({ events: [] })], { actionItems: [{ ...action, status: 'done' }] });
    const before = stored.get('pm-1');
    if (before) stored.set('pm-1', { ...before, revision: 2 });
    await mails.alert();
    expect(saidIn(contents)).toBe('Make the key (done)');
  });

  it('reads no row of what was restricted since an update was decided', async () => {
    const { mails, asked } = aWorld([row()], { restricted: true });
    await mails.alert();
    expect(asked).toEqual([]);
  });
});
