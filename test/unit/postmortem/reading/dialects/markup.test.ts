import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inMarkdown } from '../../../../../core/postmortem/reading/dialects/in-markdown.ts';
import { headingReader } from '../../../../../core/postmortem/reading/headings/heading-map.ts';
import { fromMarkdown } from '../../../../support/reading.ts';

const document = (name: string) => readFileSync(new URL(`../../../../fixtures/reading/dialects/${name}`, import.meta.url), 'utf8');

describe.each(['seed-cache.rst', 'seed-cache.wiki', 'seed-cache.jira.txt', 'seed-cache.textile'])('%s', (name) => {
  const { postmortem, sections } = fromMarkdown(document(name));

  it('is read as the same incident', () => {
    expect(postmortem).toMatchObject({
      severity: 'sev2',
      startedAt: '2026-03-19T08:10:00Z',
      services: ['seed-cache', 'parcel-index'],
      timeline: [{ event: 'proxy upgraded' }, { event: 'cache purged' }],
      actionItems: [
        { title: 'Pin the settings', owner: 'Ines', due: '2026-04-02', status: 'open' },
        { title: 'Verify the length', owner: 'Rafe', status: 'done' },
      ],
    });
    expect(postmortem.summary).toMatch(
      /^Parcels were (?:\*\*|`)stale(?:\*\*|`) for a morning, see \[the board\]\(https:\/\/example\.com\/b\)\.$/,
    );
    expect(sections).toEqual(['summary', 'timeline', 'cause', 'actions']);
  });

  it('keeps its words', () => {
    const stored = JSON.stringify(postmortem);
    for (const word of ['A default changed', 'proxy_max', 'told to rafe', 'third shift', 'Only the morning'])
      expect(stored).toContain(word);
  });

  it('has a title, unless the page itself has none', () => {
    expect(postmortem.title).toBe(name.endsWith('.wiki') ? 'Parcels were stale for a morning, see the board' : 'Seed cache was stale');
  });
});

it('reads an issue that Jira printed', () => {
  const text = `[OPS-7] Import fills the disk, API read-only  Created: 17/Nov/25  Updated: 02/Dec/25  Resolved: 01/Dec/25

Status:              Closed
Component/s:         order-api
Type:                Post-Incident Review       Priority:     P2
Incident start:      16/Nov/25 10:25 PM UTC
Incident end:        17/Nov/25 1:10 AM UTC

Issue Links:
  Action:  is caused by  OPS-5  Import writes to the main disk
  Action:  relates to    OPS-8  Move the import   (To Do, Anselm Krug, due 15/Jan/26)

Description

h3. Root cause
A retry without a key.

Comments

Comment by Anselm Krug [ 17/Nov/25 8:05 AM ]
Writing this up today.
`;
  const { postmortem } = fromMarkdown(text);
  expect(postmortem).toMatchObject({
    title: '[OPS-7] Import fills the disk, API read-only',
    severity: 'sev2',
    services: ['order-api'],
    startedAt: '2025-11-16T22:25:00Z',
    resolvedAt: '2025-11-17T01:10:00Z',
    rootCauses: ['A retry without a key.'],
    actionItems: [{ owner: 'Anselm Krug', due: '2026-01-15', status: 'open' }],
  });
  for (const kept of ['OPS-5', 'Writing this up today', 'Post-Incident Review', '02 Dec 2025'])
    expect(JSON.stringify(postmortem)).toContain(kept);
});

describe('Markdown', () => {
  it.each([
    '# Cache\n\nText.\n\n## Cause\n\n```\nh2. one\nh2. two\n```\n\n{{< note >}}\n',
    'Cache was stale\n===============\n\nSummary\n-------\n\nStale.\n\nCause\n-----\n\n* one\n',
    '# Cache\n\nSee [[1]](#x), [[toc]] and == this ==.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n{panel}\n',
    '# Cache\n\n:Severity: SEV-2\n\n.. note:: x\n',
    '# Cache\n\nh2. no heading\n\n*bold* and `h3. code`\n',
    '## Cause\n\n= Title\n\n== one\n\n== two\n',
  ])('with a sign of something else stays as it is: %j', (text) => {
    expect(inMarkdown(text, headingReader())).toBe(text);
  });
});
