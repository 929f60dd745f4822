import { expect, it } from 'vitest';
import type { Relevance } from '../../../core/relevance/relevance.ts';
import { relevanceRoute } from '../../../lambdas/intake/relevance-route.ts';
import { httpHandler } from '../../../lambdas/shared/http-routes.ts';
import { anHttpEvent } from '../../support/http-event.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const reason = { kind: 'runs', service: 'ledger' } as const;
const row: Relevance = {
  postmortem: 'a',
  revision: 1,
  at: '2026-11-20T09:00:00Z',
  terms: [],
  teams: [{ team: 'team:payments', name: 'Payments', score: 1, reasons: [{ reason, key: 'runs ledger', sentence: 'You run ledger.' }] }],
  similar: [],
};

async function asked(id: string, status: 'published' | 'retracted' = 'published', found: Relevance | null = row) {
  const postmortem = aPostmortem({ id: 'a', status });
  const stored = { postmortem, revision: 2, hash: '', updatedAt: '2026-11-20T09:00:00.000Z', owed: [], editions: [], namedIn: [] };
  const readCurrent = async (one: string) => (one === 'a' ? stored : undefined);
  const answer = httpHandler([relevanceRoute({ postmortems: { readCurrent }, relevance: async () => found ?? undefined })], {
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
  });
});

it('answers nothing of what was taken back since, and nothing where nobody looked', async () => {
  expect(await asked('a', 'retracted')).toEqual({ http: 200, revision: 2 });
  expect(await asked('a', 'published', null)).toEqual({ http: 200, revision: 2 });
});

it('answers 404 for a postmortem that there is not', async () => {
  expect(await asked('b')).toMatchObject({ http: 404 });
});
