import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RelevantTeam } from '../../../core/relevance/relevance.ts';
import { rankedTeams } from '../../../core/relevance/relevant-teams.ts';
import { isOneLine } from '../../../core/shared/text.ts';
import { tries } from '../../support/hostile/fuzz.ts';
import { hostilePostmortem } from '../../support/hostile/incidents.ts';
import { aComparison, anEntry, aService, refOf } from '../../support/relevance-world.ts';

const services = [
  aService('cart', 'Storefront', { tech: ['redis'], dependsOn: [refOf('resource:cache')] }),
  aService('resource:cache', 'Storefront', { tech: ['redis'] }),
  aService('risk', 'Fraud', { tech: ['redis'], dependsOn: [refOf('cart'), refOf('resource:cache')] }),
];

describe('hostile texts', () => {
  it('become what can be stored and told in one line', () => {
    fc.assert(
      fc.property(hostilePostmortem(fc.constant('hostile')), (hostile) => {
        const named = hostile.services.map((name, n) => aService(`s${n}`, `T${n}`, { name: name.slice(0, 80) || 'x', tech: ['redis'] }));
        const actionItems = hostile.actionItems.map((item) => ({ ...item, owner: 'Fraud' }));
        const earlier = [anEntry({ ...hostile, id: 'before', owningTeam: 'Fraud' })];
        const given = aComparison(
          { ...hostile, services: [...hostile.services, 'cart'], actionItems, owningTeam: 'Storefront' },
          { services: [...named, ...services], earlier },
        );
        const found = rankedTeams(given);
        expect(found.map(({ team }) => team)).toContain('team:fraud');
        for (const team of found) {
          expect(RelevantTeam.safeParse(team).error).toBeUndefined();
          for (const { sentence, instead = '' } of team.reasons) expect(isOneLine(sentence + instead)).toBe(true);
        }
      }),
      tries(),
    );
  });
});
