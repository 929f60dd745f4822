import { describe, expect, it } from 'vitest';
import { fromJson, fromMarkdown, refusal } from '../../../support/reading.ts';

const frontMatter = (startedAt: string) => `---\ntitle: Pool ran dry\nseverity: sev3\nstartedAt: "${startedAt}"\n---\nNo orders.`;

describe('a time in front matter and JSON', () => {
  it.each([
    ['2026-09-17 16:37 PDT', '2026-09-17T23:37:00Z'],
    ['17. September 2026, 13:05 Uhr MESZ', '2026-09-17T11:05:00Z'],
    ['2026-09-17 13:05–13:31 UTC', '2026-09-17T13:05:00Z'],
    ['2026-09-17', '2026-09-17'],
  ])('may be written as %s', (written, startedAt) => {
    expect(fromMarkdown(frontMatter(written)).postmortem.startedAt).toBe(startedAt);
    expect(fromJson({ title: 'Pool ran dry', severity: 'sev3', startedAt: written }).postmortem.startedAt).toBe(startedAt);
  });

  it("is the organisation's if it has no zone", () => {
    expect(fromMarkdown(frontMatter('2026-09-17 13:05'), { zone: 'Europe/Berlin' }).postmortem.startedAt).toBe('2026-09-17T11:05:00Z');
  });

  it('is refused with what it may mean, if that is not one thing', () => {
    expect(refusal(() => fromMarkdown(frontMatter('09/08/2026'))).flaws).toEqual([
      expect.objectContaining({
        field: 'startedAt',
        problem: '"09/08/2026" may be 9 August 2026 or 8 September 2026. Write 2026-08-09 or 2026-09-08',
      }),
    ]);
  });

  it('is read in the order of other dates in the body', () => {
    const text = `${frontMatter('09/08/2026')}\n\n## Action items\n- [ ] Add an alert (Payments, 31/10/2026)\n`;

    expect(fromMarkdown(text).postmortem.startedAt).toBe('2026-08-09');
  });

  it('is taken with a warning, if its zone or its weekday is not right', () => {
    const { postmortem, warnings } = fromMarkdown(frontMatter('Monday, 17 September 2026 13:05 UTC'));

    expect(postmortem.startedAt).toBe('2026-09-17T13:05:00Z');
    expect(warnings).toContain('"Monday, 17 September 2026 13:05 UTC" is a Thursday: the day was taken as 2026-09-17.');
  });
});
