import { expect, it } from 'vitest';
import { Actions } from '../../../lambdas/shared/postmortem/actions.tsx';

const now = new Date('2026-11-19T10:00:00Z');
const pageOf = (action: Partial<Parameters<typeof Actions>[0]['actions'][number]>) =>
  String(Actions({ actions: [{ title: 'Move the sessions', status: 'open', ...action }], now, zone: 'UTC' }));

it('says of a promise what it costs and what happens without it, as the author wrote it', () => {
  const page = pageOf({ owner: 'Identity', cost: '€ 9,000 <a month>', consequence: 'The next failover logs everyone out' });

  expect(page).toContain('<div><span class="m">Cost:</span> <span dir="auto">€ 9,000 &lt;a month&gt;</span></div>');
  expect(page).toContain('<span class="m">If not done:</span> <span dir="auto">The next failover logs everyone out</span>');
});

it('says nothing of what the document does not tell', () => {
  expect(pageOf({})).not.toMatch(/Cost|If not done/);
});
