import { expect, it } from 'vitest';
import { keptLinks } from '../../../lambdas/web/kept-links.ts';
import { aLeaf, anEdition, aProfile, aSid, linkingCard, someFragments, someMade } from '../../support/delivery.ts';

const ada = aProfile();
const [edition, issuedAt] = ['engineering-digest_2026-W47', 1_800_000_000];

function aContainer() {
  const clock = { now: new Date('2026-11-23T10:00:00Z') };
  let reads = 0;
  let isBroken = false;
  const outcome = { kind: 'accepted', attempt: 1, messageId: 'm', made: someMade() } as const;
  const linksOf = keptLinks(
    {
      editions: {
        read: async () => {
          reads += 1;
          if (isBroken) throw new Error('throttled');
          return anEdition();
        },
      },
      fragments: { readFragments: async () => someFragments({ blocks: [linkingCard('pm-1')] }) },
      leaves: {
        find: async () => ({ range: { edition, slot: 'default', prefix: '' }, leaf: aLeaf({ outcomes: { [ada.sid]: outcome } }) }),
      },
    },
    () => clock.now,
  );
  const breaks = (broken: boolean) => {
    isBroken = broken;
  };
  return { linksOf, clock, breaks, reads: () => reads };
}

it('are read once a minute for all links of a mail, and for each mail of each reader', async () => {
  const { linksOf, clock, reads } = aContainer();
  const looks = await Promise.all(Array.from({ length: 12 }, () => linksOf(edition, ada, issuedAt)));
  expect(looks.map((links) => [...links])).toEqual(looks.map(() => ['pm-1']));
  expect(reads()).toBe(1);
  expect([...(await linksOf(edition, aProfile({ sid: aSid(2) }), issuedAt))]).toEqual([]);
  await linksOf(edition, ada, issuedAt + 1);
  await linksOf('engineering-digest_2026-W48', ada, issuedAt);
  expect(reads()).toBe(4);
  clock.now = new Date(clock.now.getTime() + 60_000);
  await linksOf(edition, ada, issuedAt);
  expect(reads()).toBe(5);
});

it('are read again after a read that failed', async () => {
  const { linksOf, breaks } = aContainer();
  breaks(true);
  await expect(linksOf(edition, ada, issuedAt)).rejects.toThrow('throttled');
  breaks(false);
  expect([...(await linksOf(edition, ada, issuedAt))]).toEqual(['pm-1']);
});
