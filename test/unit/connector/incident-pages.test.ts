import { expect, it } from 'vitest';
import { toldMeanwhile } from '../../../core/connector/incident-pages.ts';
import { listedPostmortem } from '../../../core/content/listed-postmortem.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { aStored } from '../../support/connector/world.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const page = 'https://app.incident.io/example/incidents/7';

it('reads the latest five hundred that changed meanwhile, and not a whole archive', async () => {
  const start = Date.parse('2026-11-20T10:00:00Z');
  const changed = Array.from({ length: 600 }, (_, n): StoredPostmortem => {
    const links = n === 599 ? [{ title: 'The incident', url: page }] : [];
    const stored = aStored(aPostmortem({ id: `from-git-${n}`, links }), 1);
    return { ...stored, by: 'ci', updatedAt: new Date(start + n * 1000).toISOString() };
  });
  const read: string[] = [];
  const told = await toldMeanwhile(page, {
    changedLately: async () => changed.map(listedPostmortem),
    desk: {
      async readCurrent(id) {
        read.push(id);
        return changed.find(({ postmortem }) => postmortem.id === id);
      },
    },
  });
  expect(told).toBe('from-git-599');
  expect(read).toHaveLength(500);
});
