import { describe, expect, it } from 'vitest';
import { holdPostmortem } from '../../../core/intake/hold-postmortem.ts';
import type { PostOutbox } from '../../../core/intake/ports.ts';
import { type OutboxDeps, runOutbox } from '../../../core/intake/run-outbox.ts';
import { takePostmortem } from '../../../core/intake/take-postmortem.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { wantedPostOf } from '../../../core/slack/wanted-post.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';
import { noReviews } from '../../support/reviews-in-memory.ts';

const aStored = (change: Record<string, unknown> = {}, more: Partial<StoredPostmortem> = {}): StoredPostmortem => ({
  postmortem: aPostmortem({ publishedAt: '2026-11-19T10:00:00Z', ...change }),
  revision: 3,
  hash: 'h',
  updatedAt: '2026-11-19T12:00:00Z',
  owed: [],
  editions: [],
  namedIn: [],
  ...more,
});

describe('what Slack should show', () => {
  it('is where it goes and whether it is news, of one that may be told', () => {
    const stored = aStored({ severity: 'sev1', services: ['cart'], owningTeam: 'Payments' });
    expect(wantedPostOf(stored)).toEqual({
      postmortem: 'pm-1',
      revision: 3,
      updatedAt: '2026-11-19T12:00:00Z',
      standing: 'told',
      told: { severity: 'sev1', services: ['cart'], team: 'Payments', newsDate: '2026-11-19T10:00:00Z' },
    });
    expect(wantedPostOf({ ...stored, publication: 'history' }).told).not.toHaveProperty('newsDate');
  });

  it.each([
    ['retracted', { status: 'retracted' }],
    ['hidden', { status: 'retracted', restricted: true }],
    ['hidden', { restricted: true }],
    ['hidden', { status: 'draft' }],
  ])('is %s of one with %o, and nothing of what it says', (standing, change) => {
    expect(wantedPostOf(aStored(change))).toEqual({ postmortem: 'pm-1', revision: 3, updatedAt: '2026-11-19T12:00:00Z', standing });
  });
});

/** Keeps one postmortem, and notes in which order its outbox is run. */
function aStage({ hasSlack = true } = {}) {
  let current: StoredPostmortem | undefined;
  const done: string[] = [];
  const note = (what: string) => async () => void done.push(what);
  const postmortems: OutboxDeps['postmortems'] = {
    readCurrent: async () => current,
    putRevision: async () => {},
    putCurrent: async (stored) => {
      current = stored;
      return true;
    },
    clearOwed: async (stored, left = []) => {
      current = { ...stored, owed: left };
    },
    noteMissed: async () => {},
  };
  const posts: PostOutbox = { want: async (stored) => void done.push(`want ${wantedPostOf(stored).standing}`), look: note('look') };
  const deps: OutboxDeps = {
    postmortems,
    revisions: { note: note('line') },
    actions: { list: async () => [], put: async () => true },
    reviews: noReviews,
    renditions: { put: async (audience) => void done.push(`rendition ${audience}`) },
    search: { put: async () => {}, hide: note('hide') } as unknown as OutboxDeps['search'],
    editions: { withhold: note('withhold'), release: note('release'), correct: note('correct') } as unknown as OutboxDeps['editions'],
    queue: { alert: note('alert'), published: note('published') },
    ...(hasSlack && { posts }),
  };
  const now = () => new Date('2026-11-19T12:00:00Z');
  const run = async (other: OutboxDeps = deps) => {
    done.length = 0;
    await runOutbox('pm-1', other);
    return done.filter((what) => !what.startsWith('rendition') && what !== 'line');
  };
  return {
    deps,
    done,
    run,
    owed: () => current?.owed,
    take: async (change: Record<string, unknown> = {}) => {
      const postmortem = aPostmortem({ severity: 'sev3', ...change });
      const read = { postmortem, sections: [], recognised: [], missing: [], warnings: [] };
      await takePostmortem(read, { ...deps, distribution: aDistribution(), now });
    },
    hold: (act: 'restrict' | 'retract' | 'release') =>
      holdPostmortem('pm-1', act, {
        ...deps,
        distribution: aDistribution(),
        now,
        sources: { readSource: async () => undefined },
        by: 'key',
      }),
  };
}

describe('the outbox of a stage with Slack', () => {
  it('has posts follow each revision, after its renditions', async () => {
    const stage = aStage();
    await stage.take();
    await stage.run();
    expect(stage.done.slice(-2)).toEqual(['want told', 'look']);
    expect(stage.done.indexOf('rendition engineering')).toBeLessThan(stage.done.indexOf('want told'));
    expect(stage.owed()).toEqual([]);
  });

  it('has them follow what hides it and what tells it again, by its document or by an operator', async () => {
    const stage = aStage();
    await stage.take();
    await stage.run();
    await stage.take({ restricted: true });
    expect(await stage.run()).toEqual(expect.arrayContaining(['want hidden', 'look']));
    await stage.take({ status: 'retracted' });
    expect(await stage.run()).toEqual(expect.arrayContaining(['want retracted', 'look']));
    await stage.hold('restrict');
    expect(await stage.run()).toEqual(expect.arrayContaining(['want hidden', 'look']));
    await stage.hold('release');
    expect(await stage.run()).toEqual(expect.arrayContaining(['want retracted', 'look']));
  });

  it('is not done before Slack’s queue has the message', async () => {
    const stage = aStage();
    await stage.take();
    const broken = { ...stage.deps, posts: { want: async () => {}, look: () => Promise.reject(new Error('no queue')) } };
    await expect(stage.run(broken)).rejects.toThrow('no queue');
    expect(stage.owed()).toContain('slack');
    expect(await stage.run()).toEqual(expect.arrayContaining(['want told', 'look']));
  });
});

describe('the outbox of a stage without Slack', () => {
  it('owes nothing to Slack', async () => {
    const stage = aStage({ hasSlack: false });
    await stage.take();
    expect(stage.owed()).not.toContain('slack');
    await stage.run();
    expect(stage.owed()).toEqual([]);
  });

  it('leaves what is owed to it for functions that have it', async () => {
    const stage = aStage();
    await stage.take();
    const { posts: _, ...without } = stage.deps;
    await stage.run(without);
    expect(stage.owed()).toEqual(['slack']);
    expect(await stage.run()).toEqual(['want told', 'look']);
  });
});
