import { describe, expect, it } from 'vitest';
import { fromMarkdown } from '../../../../support/reading.ts';

describe('a box with a title', () => {
  it.each([
    [':::danger SEV-1\nStarted **2026-09-20 12:00 UTC**, resolved **2026-09-20 12:24 UTC**. Service: flags\n:::'],
    [':::danger[SEV-1]\nStarted 2026-09-20 12:00 UTC, ended 2026-09-20 12:24 UTC. Service: flags\n:::'],
    ['!!! danger "SEV-1"\n    Started 2026-09-20 14:00 CEST, ended 2026-09-20 14:24 CEST. Service: flags'],
    ['> [!danger] SEV-1\n> Started 2026-09-20 12:00 UTC, ended 2026-09-20 12:24 UTC. Service: flags'],
  ])('tells the severity and the times: %j', (box) => {
    const { postmortem, warnings } = fromMarkdown(`# Flags were off\n\n${box}\n\n## Summary\n\nAll flags were off.\n`);
    expect(postmortem).toMatchObject({
      severity: 'sev1',
      startedAt: '2026-09-20T12:00:00Z',
      resolvedAt: '2026-09-20T12:24:00Z',
      services: ['flags'],
      summary: 'All flags were off.',
    });
    expect(warnings).toEqual([]);
  });

  it.each([
    ['> [!summary] Summary\n> One message stopped all mail.'],
    ['> [!abstract]\n> One message stopped all mail.'],
    ['!!! abstract\n    One message stopped all mail.'],
    ['::: tip Summary\nOne message stopped all mail.\n:::'],
  ])('is a section if it names one: %j', (box) => {
    const { postmortem } = fromMarkdown(`# Mail queue stuck\n\n${box}\n\n## Root cause\n\nA broken header.\n`);
    expect(postmortem).toMatchObject({ summary: 'One message stopped all mail.', rootCauses: ['A broken header.'] });
  });

  it('of another kind stays a text, with its title', () => {
    const { postmortem } = fromMarkdown('# Mail queue stuck\n\n## Root cause\n\nA header.\n\n!!! note "For later"\n    Ask the vendor.\n');
    expect(postmortem.rootCauses).toEqual(['A header.\n\n**For later**\n\nAsk the vendor.']);
  });

  it('in code is code', () => {
    const { postmortem } = fromMarkdown('# Mail queue stuck\n\n## Root cause\n\n```\n:::danger SEV-1\n:::\n```\n');
    expect(postmortem).toMatchObject({ severity: 'unclassified', rootCauses: ['```\n:::danger SEV-1\n:::\n```'] });
  });
});

describe('a table with one column', () => {
  it('is a section if it names one', () => {
    const { postmortem } = fromMarkdown(
      '# Uploads fail\n\n| **Executive summary** |\n| --- |\n| PDFs were refused. |\n\n| Root cause |\n|---|\n| A wide signature.<br>And no test. |\n',
    );
    expect(postmortem).toMatchObject({ summary: 'PDFs were refused.', rootCauses: ['A wide signature.\n\nAnd no test.'] });
  });

  it('with another name stays a table', () => {
    const table = '| Host |\n| --- |\n| web-1 |';
    expect(fromMarkdown(`# Uploads fail\n\n## Root cause\n\n${table}\n`).postmortem.rootCauses).toEqual([table]);
  });
});
