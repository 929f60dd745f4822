import { expect, it } from 'vitest';
import { fromMarkdown } from '../../../../support/reading.ts';

const document = `#+TITLE: Seed cache served stale parcels
#+AUTHOR: Ines Calloway
#+DATE: <2026-03-23 Mon>

* Key facts
:PROPERTIES:
:SEVERITY: SEV2
:START:    [2026-03-19 Thu 08:10]
:END_TIME: [2026-03-19 Thu 11:55]
:TZ:       UTC
:SERVICES: seed-cache
:END:
* Summary
Parcels of the day before were *served* for a morning.
* Timeline
- [2026-03-19 Thu 08:10] :: proxy upgraded
- [2026-03-19 Thu 11:55] :: =cache= purged
* Action items
** DONE Pin the settings                              :ines:
   CLOSED: [2026-03-20 Fri 09:00]
** TODO Verify the length                             :rafe:
   DEADLINE: <2026-04-17 Fri>
** STARTED Try upgrades on one host                   :ines:
** CANCELLED Replace the proxy                        :rafe:
`;

it('reads a document of Org mode', () => {
  expect(fromMarkdown(document).postmortem).toMatchObject({
    title: 'Seed cache served stale parcels',
    authors: ['Ines Calloway'],
    publishedAt: '2026-03-23T00:00:00Z',
    severity: 'sev2',
    startedAt: '2026-03-19T08:10:00Z',
    resolvedAt: '2026-03-19T11:55:00Z',
    services: ['seed-cache'],
    summary: 'Parcels of the day before were **served** for a morning.',
    timeline: [{ event: 'proxy upgraded' }, { event: '`cache` purged' }],
    actionItems: [
      { title: 'Pin the settings', owner: 'ines', status: 'done' },
      { title: 'Verify the length', owner: 'rafe', due: '2026-04-17', status: 'open' },
      { title: 'Try upgrades on one host', owner: 'ines', status: 'in-progress' },
      { title: 'Replace the proxy', owner: 'rafe', status: 'declined' },
    ],
  });
});

it('takes a tag for a topic where none is the name of an author', () => {
  const text = '#+TITLE: Cache\n* Summary\nStale.\n* Action items\n** TODO Pin the settings   :proxy:\n** TODO Verify   :cache:\n';
  const { actionItems } = fromMarkdown(text).postmortem;
  expect(actionItems.map(({ owner }) => owner)).toEqual([undefined, undefined]);
  expect(JSON.stringify(actionItems)).toContain('proxy');
});

it('hears that a document is confidential in its tags', () => {
  const text = '#+TITLE: Cache\n#+FILETAGS: :postmortem:confidential:\n* Summary\nStale.\n* Impact\nFew.\n';
  expect(fromMarkdown(text).postmortem.restricted).toBe(true);
});

it('leaves a list of Markdown as it is', () => {
  const { postmortem } = fromMarkdown('# Cache\n\n* Summary of *all*\n* TODO check\n\nSee [2026-03-19](https://example.com/=a=).\n');
  expect(JSON.stringify(postmortem)).toContain('* Summary of *all*');
});
