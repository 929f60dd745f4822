import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { aFolder, afterword } from '../support/command-line.ts';
import { fromMarkdown } from '../support/reading.ts';

const now = new Date('2026-12-01T12:00:00Z');

it('writes a blank postmortem that nobody gets, and never over another file', async () => {
  await using folder = await aFolder({});
  const file = `${folder.path}/redis.md`;

  expect(await afterword(['new', file])).toMatchObject({ code: 0, stdout: expect.stringContaining(`afterword publish --check ${file}`) });
  const text = await readFile(file, 'utf8');
  expect(fromMarkdown(text, { now }).postmortem).toMatchObject({ status: 'draft', restricted: false, sections: [] });
  expect(await afterword(['new', file])).toMatchObject({ code: 2, stderr: expect.stringContaining('already') });
  expect((await afterword(['new'])).stdout).toBe(text);
});

it('has headings that are all read once it is filled in', async () => {
  const blank = await readFile(new URL('../../docs/template.md', import.meta.url), 'utf8');
  const filled = blank
    .replace('status: draft', 'status: published')
    .replace('What broke, in one line', 'Sessions were lost')
    .replace(/(## Timeline\s+)<!--.*-->/, '$1- 13:05 The primary is patched\n- 13:31 Sessions are back')
    .replace(/(## Action items\s+)<!--[\s\S]*?-->/, '$1- [ ] Watch replication lag (Jo Park, 2026-12-04)')
    .replace(/## (What went \w+|Where .*)\n\n<!--.*-->/g, '## $1\n\n- One of $1')
    .replace(/## (.*)\n\n<!--.*-->/g, '## $1\n\nText of $1.');
  const { postmortem, sections, warnings } = fromMarkdown(filled, { now });

  expect(warnings).toEqual([]);
  expect(sections).toEqual([
    'summary',
    'impact',
    'support',
    'external',
    'cause',
    'detection',
    'resolution',
    'timeline',
    'lessons',
    'actions',
  ]);
  expect(postmortem).toMatchObject({
    ...{ severity: 'sev2', services: ['checkout'], owningTeam: 'Payments', startedAt: '2026-11-17T12:05:00Z' },
    summary: 'Text of Summary.',
    customerImpact: { text: 'Text of Impact.' },
    support: { say: ['Text of What to say.'], doNotSay: ['Text of What not to say.'], workaround: 'Text of Workaround.' },
    external: { body: 'Text of External message.' },
    rootCauses: ['Text of Root cause.'],
    detection: 'Text of Detection.',
    resolution: 'Text of Resolution.',
    timeline: [{ event: 'The primary is patched' }, { event: 'Sessions are back' }],
    lessons: { wentWell: ['One of What went well'], wentWrong: ['One of What went wrong'], gotLucky: ['One of Where we got lucky'] },
    actionItems: [{ title: 'Watch replication lag', owner: 'Jo Park', due: '2026-12-04', status: 'open' }],
    sections: [],
  });
});
