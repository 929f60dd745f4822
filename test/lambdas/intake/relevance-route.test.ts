import { describe, expect, it } from 'vitest';
import type { SimilarStore } from '../../../core/relevance/ports.ts';
import type { Relevance } from '../../../core/relevance/relevance.ts';
import { relevanceRoute } from '../../../lambdas/intake/relevance-route.ts';
import { httpHandler } from '../../../lambdas/shared/http-routes.ts';
import { actionsAsOf } from '../../support/actions-as-of.ts';
import { aDistribution } from '../../support/distribution.ts';
import { anHttpEvent } from '../../support/http-event.ts';
import { aPostmortem } from '../../support/postmortem.ts';
import { aSimilar, similarInMemory } from '../../support/similar-in-memory.ts';

const reason = { kind: 'runs', service: 'ledger' } as const;
const row: Relevance = {
  postmortem: 'a',
  revision: 1,
  at: '2026-11-20T09:00:00Z',
  terms: [],
  teams: [{ team: 'team:payments', name: 'Payments', score: 1, reasons: [{ reason, key: 'runs ledger', sentence: 'You run ledger.' }] }],
  similar: [],
};

const earlier = aPostmortem({
  id: 'earlier',
  title: 'The ledger stopped',
  publishedAt: '2025-03-01T09:00:00Z',
  actionItems: [{ title: 'Limit it' }],
});
const rows = actionsAsOf(earlier, []);

async function asked(
  id: string,
  status: 'published' | 'retracted' = 'published',
  found: Relevance | null = row,
  { similar = similarInMemory(), ofEarlier = {} }: { similar?: SimilarStore; ofEarlier?: Partial<typeof earlier> } = {},
) {
  const postmortem = aPostmortem({ id: 'a', status });
  const stored = { postmortem, revision: 2, hash: '', updatedAt: '2026-11-20T09:00:00.000Z', owed: [], editions: [], namedIn: [] };
  const told = new Map([
    ['a', stored],
    ['earlier', { ...stored, postmortem: { ...earlier, ...ofEarlier } }],
  ]);
  const readCurrent = async (one: string) => told.get(one);
  const now = () => new Date('2026-11-30T12:00:00Z');
  const deps = { similar, actions: { list: async () => rows, put: async () => true }, distribution: async () => aDistribution(), now };
  const answer = httpHandler([relevanceRoute({ ...deps, postmortems: { readCurrent }, relevance: async () => found ?? undefined })], {
    authenticate: async (id) => ({ id, label: id, scopes: ['read'] }),
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
  const headers = { authorization: 'Bearer key' };
  const { statusCode, body = '{}' } = await answer(anHttpEvent('GET', { url: `/postmortems/${id}/relevance`, headers }));
  return { http: statusCode, ...JSON.parse(body) };
}

it('answers the teams with the sentences that they are told, and of which revision', async () => {
  expect(await asked('a')).toEqual({
    http: 200,
    revision: 2,
    relevance: { revision: 1, at: row.at, teams: [{ name: 'Payments', reasons: ['You run ledger.'] }] },
    similar: [],
  });
});

it('names an earlier postmortem by the title that it has now, and none that nobody may be told of', async () => {
  const reason = { kind: 'had it before', mode: 'failover', postmortem: 'earlier' } as const;
  const sentence = 'You had it before, in “The ledger stopped”.';
  const why = { reason, key: 'had-it-before failover', sentence, instead: 'You had it before.' };
  const found = { ...row, teams: [{ team: 'team:payments', name: 'Payments', score: 1, reasons: [why] }] };
  const reasonsBeside = async (ofEarlier: object) => (await asked('a', 'published', found, { ofEarlier })).relevance.teams[0].reasons;
  expect(await reasonsBeside({})).toEqual([sentence]);
  expect(await reasonsBeside({ restricted: true })).toEqual([why.instead]);
  expect(await reasonsBeside({ title: 'A clean title' })).toEqual([why.instead]);
});

it('answers nothing of what was taken back since, and nothing where nobody looked', async () => {
  expect(await asked('a', 'retracted')).toEqual({ http: 200, revision: 2, similar: [] });
  expect(await asked('a', 'published', null)).toEqual({ http: 200, revision: 2, similar: [] });
});

it('answers 404 for a postmortem that there is not', async () => {
  expect(await asked('b')).toMatchObject({ http: 404 });
});

describe('earlier incidents of the same failure', () => {
  const similar = similarInMemory(aSimilar({ postmortem: 'a', promises: [{ aid: rows[0]?.aid ?? '', caught: true }] }));

  it('are answered with what they promised and nobody did', async () => {
    expect(await asked('a', 'published', row, { similar })).toMatchObject({
      similar: [
        {
          id: 'earlier',
          state: 'found',
          says: 'Looks like “The ledger stopped” of March 2025; its promise “Limit it” is still open. It would have caught this.',
          promises: ['“Limit it” is still open, 639 days after it was promised. It would have caught this.'],
        },
      ],
    });
  });

  it('are not named once nobody may be told of them, or of this one', async () => {
    const hidden = { restricted: { restricted: true }, retracted: { status: 'retracted' }, draft: { status: 'draft' } } as const;
    for (const ofEarlier of Object.values(hidden))
      expect(await asked('a', 'published', row, { similar, ofEarlier })).toMatchObject({ similar: [] });
    expect(await asked('a', 'retracted', row, { similar })).toMatchObject({ similar: [] });
  });
});
