import { beforeEach, expect, it } from 'vitest';
import { dynamoDriftStore } from '../../../adapters/dynamodb/drift-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import type { FoundDrift } from '../../../core/operator/find-drift.ts';
import { type Finding, storable } from '../../../core/runbook/finding.ts';
import { aHomeWorld } from '../../support/home.ts';
import { oneEngine } from '../../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const finding: Finding = {
  kind: 'named-suspended',
  area: 'people',
  urgency: 'now',
  what: 'A lead of <Payments> is suspended',
  why: 'no alert reaches them',
  remedy: 'Name somebody else.',
  subscriber: 'a'.repeat(32),
  address: 'lea@example.com',
};
const shown = async (findings: readonly Finding[], change: Partial<FoundDrift['drift']> = {}) => {
  const drift = { at: '2026-11-23T10:00:00Z', findings, more: 0, notLookedAt: [], ...change };
  const { open } = await aHomeWorld(table, { operator: { drift: async () => ({ drift, zone: 'Europe/Berlin', operators: [] }) } });
  const { statusCode, body = '' } = await open('/home/drift');
  expect(statusCode).toBe(200);
  return body;
};

it('shows each finding with whom it is about and where to mend it', async () => {
  const lost: Finding = {
    kind: 'posts-lost',
    area: 'slack',
    urgency: 'later',
    what: '1 post',
    why: 'w',
    remedy: 'r',
    postmortems: ['pm-1'],
  };
  const body = await shown([lost, finding], { more: 3, notLookedAt: ['Posts: too many.'] });

  expect(body).toContain('<strong>A lead of &lt;Payments&gt; is suspended</strong> (lea@example.com): no alert reaches them.');
  expect(body).toContain(`href="/home/people/${finding.subscriber}"`);
  expect(body).toContain('href="/home/postmortems/pm-1"');
  expect(body.indexOf('People whom the file names')).toBeLessThan(body.indexOf('>Slack<'));
  expect(body).toMatch(/And 3 findings more.*Posts: too many\./s);
});

it('is one line where operators begin, while the last check found something', async () => {
  const { open } = await aHomeWorld(table);
  const line = async (findings: readonly Finding[], more: number) => {
    await dynamoDriftStore(table).put(storable({ at: '2026-11-23T06:30:00Z', findings, more, notLookedAt: [] }));
    const { body = '' } = await open('/home');
    return /<li><span class="pill">Drift<\/span>.*?<\/li>/s.exec(body)?.[0];
  };

  const many = await line([finding], 2);
  expect(many).toMatch(/<strong>3 findings<\/strong> of the last check for drift\..*<time datetime="2026-11-23T06:30:00Z">/s);
  expect(many).toContain('href="/home/drift"');
  expect(many).not.toContain('lea@example.com');
  expect(await line([finding], 0)).toContain('<strong>1 finding</strong>');
  expect(await line([], 0)).toBeUndefined();
});

it('says that nothing differs', async () => {
  expect(await shown([])).toContain('Nothing differs');
});
