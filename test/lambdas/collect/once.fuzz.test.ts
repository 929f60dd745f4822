import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { aCollectWorld, finishedAt } from '../../support/connector/collect-world.ts';
import { tries } from '../../support/hostile/fuzz.ts';

const page = 'https://app.incident.io/example/incidents/7';
const isTold = (status: string | undefined): boolean => status === 'published';

/** What happens, and how many minutes after the one before. An event that is lost does not happen. */
const happenings = fc.array(fc.record({ what: fc.constantFrom('declared', 'finished', 'git', 'poll'), minutes: fc.nat(50) }), {
  maxLength: 10,
});
const withinTheHour = (['declared', 'git', 'finished'] as const).map((what) => ({ what, minutes: 10 }));

it('tells of an incident once, in any order of its events, polls and the postmortem in Git that links to it', async () => {
  await fc.assert(
    fc.asyncProperty(happenings, async (all) => {
      const world = aCollectWorld();
      const { '/v2/incidents/A1': found } = finishedAt['incident-io'];
      const incident = { ...(found as { incident: object }).incident, permalink: page };
      Object.assign(world.answers, { '/v2/incidents/A1': { incident }, '/v2/incidents': { incidents: [incident] } });
      const isToldByTool = () => isTold(world.stored.get('incident-io-a1')?.postmortem.status);
      let isToldByGit = false;
      const happen = async (what: string) => {
        const document = { id: 'D1', incident_id: 'A1', status: 'completed', updated_at: world.now.toISOString() };
        world.answers['/v1/postmortem_documents'] = { postmortem_documents: what === 'declared' ? [] : [document] };
        if (what === 'git') {
          isToldByGit ||= !isToldByTool();
          world.putByKey({ id: 'from-git', links: [{ url: page }] });
        } else await world.collect(what === 'poll' ? { poll: 'incident-io' } : { ask: { source: 'incident-io', ref: 'A1' } });
        expect(await world.drain()).toBe(true);
        if (isToldByGit) expect(isToldByTool()).toBe(false);
      };
      for (const { what, minutes } of all) {
        world.now = new Date(world.now.getTime() + minutes * 60_000);
        await happen(what);
      }
      await happen('poll');
      expect([isToldByGit, isToldByTool()].filter(Boolean)).toHaveLength(1);
      expect(world.revisions.filter(({ status }) => isTold(status)).length).toBeLessThanOrEqual(isToldByGit ? 0 : 1);
      if (isToldByGit) expect(world.rows.get('incident-io/A1')?.state).toBe('joined');
    }),
    { ...tries(0.2), examples: [[withinTheHour], [withinTheHour.slice(1)]] },
  );
});
