import { describe, expect, it } from 'vitest';
import { fromJson, fromMarkdown } from '../../../support/reading.ts';

const summary = '\n\n## Summary\n\nWrites were refused.\n';
const frontMatter = (fields: string, body: string) => `---\ntitle: Writes refused\nseverity: SEV-3\n${fields}\n---\n${body}${summary}`;
const told = ({ postmortem, warnings }: ReturnType<typeof fromMarkdown>) => ({
  startedAt: postmortem.startedAt,
  warnings,
  stored: JSON.stringify(postmortem.sections),
});

describe('two starts that differ', () => {
  it('of front matter and of the body are one warning, and the line is kept', () => {
    const { startedAt, warnings, stored } = told(
      fromMarkdown(frontMatter('startedAt: 2026-10-05T10:00:00Z', '**Start:** 2026-03-10 10:05 UTC')),
    );
    expect(startedAt).toBe('2026-10-05T10:00:00Z');
    expect(warnings).toEqual([
      'The start is "2026-10-05T10:00:00Z" in the field "startedAt" and "2026-03-10 10:05 UTC" in the line at the top: the first one counts, also for alerts, although it is 1 day ago by the first and 210 days ago by the second. Remove the other if it is wrong.',
    ]);
    expect(stored).toContain('2026-03-10 10:05 UTC');
  });

  it('of a table beside front matter', () => {
    const { warnings, stored } = told(
      fromMarkdown(
        frontMatter(
          'startedAt: 2026-09-10T08:00:00Z\nresolvedAt: 2026-09-17T08:00:00Z',
          '| Start | 2026-09-03 08:00 UTC |\n|---|---|\n| Severity | SEV-3 |',
        ),
      ),
    );
    expect(warnings.join()).toMatch(
      /^The start is "2026-09-10T08:00:00Z" in the field "startedAt" and "2026-09-03 08:00 UTC" in the table/,
    );
    expect(stored).toContain('2026-09-03 08:00 UTC');
  });

  it('of two places of a body', () => {
    const body = '# A\n\nSeverity: SEV-1\nStart: 2026-10-05 10:00\n\n| Field | Value |\n|---|---|\n| Start | 2024-10-05 10:00 |\n';
    const { startedAt, warnings, stored } = told(fromMarkdown(`${body}${summary}`));
    expect(startedAt).toBe('2026-10-05T10:00:00Z');
    expect(warnings.filter((one) => one.startsWith('The start is'))).toHaveLength(1);
    expect(stored).toContain('2024-10-05 10:00');
  });

  it('of JSON', () =>
    expect(
      fromJson({ title: 'A', summary: 'B.', startedAt: '2026-10-05T10:00:00Z', started_at: '2026-10-04T10:00:00Z' }).warnings.join(),
    ).toMatch(/^The start is "2026-10-05T10:00:00Z" in the field "startedAt" and "2026-10-04T10:00:00Z" in the field "started_at"/));

  it('are told of ends too', () =>
    expect(
      fromMarkdown(frontMatter('startedAt: 2026-10-05T10:00:00Z\nresolvedAt: 2026-10-05T11:00:00Z', '**End:** 2026-10-05 12:00 UTC'))
        .warnings,
    ).toEqual([
      'The end is "2026-10-05T11:00:00Z" in the field "resolvedAt" and "2026-10-05 12:00 UTC" in the line at the top: the first one counts. Remove the other if it is wrong.',
    ]));
});

it.each([
  ['a day and an instant of it', 'startedAt: 2026-10-05', '**Start:** 2026-10-05 10:00 UTC'],
  ['one instant in two zones', 'startedAt: 2026-10-05T10:00:00Z', '**Start:** 2026-10-05 12:00 CEST'],
  ['a bare date of the document', 'startedAt: 2026-10-04T10:00:00Z', '**Date:** 2026-10-05'],
])('%s is no contradiction', (_, fields, body) => expect(fromMarkdown(frontMatter(fields, body)).warnings).toEqual([]));
