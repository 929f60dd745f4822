import { describe, expect, it } from 'vitest';
import { fromMarkdown } from '../../../support/reading.ts';

describe('headings that ask', () => {
  it('what broke, why, and who was hit', () => {
    const { postmortem, sections } = fromMarkdown(
      '# A\n\n## What broke?\n\nThe queue was full.\n\n## Why did it break?\n\nA disk.\n\n## Who was hit\n\nEveryone.\n',
    );
    expect(postmortem).toMatchObject({ rootCauses: ['A disk.'], customerImpact: { text: 'Everyone.' } });
    expect(JSON.stringify(postmortem.rootCauses)).not.toContain('queue');
    expect(JSON.stringify(postmortem)).toContain('The queue was full.');
    expect(sections).toContain('cause');
  });

  it('"Why it broke" is the cause', () =>
    expect(fromMarkdown('# A\n\n## What broke\n\nThe queue.\n\n## Why it broke\n\nA typo.\n').postmortem.rootCauses).toEqual(['A typo.']));

  it('five times why: the cause is not missing', () => {
    const body = '# A\n\nThe queue was full.\n\n## 5 Whys\n\n1. Why was it full? No disk.\n2. Why no disk? No budget.\n';
    expect(fromMarkdown(body).missing).not.toContain('cause');
  });
});

it('a paragraph below a label of the cause tells the times', () =>
  expect(
    fromMarkdown(
      '# Lessons only\n\nStatus: Final\nImpact: 300 users\nRoot cause: a bad deploy\n\nOn 2026-09-25 from 14:00 to 14:30 UTC the site was down. We rolled back.\n',
    ).postmortem,
  ).toMatchObject({ startedAt: '2026-09-25T14:00:00Z', resolvedAt: '2026-09-25T14:30:00Z' }));

it.each([
  ['Störungsbericht: Ausfall der Lagerverwaltung Köln\n\nSchweregrad: SEV-3\n', 'Ausfall der Lagerverwaltung Köln'],
  ['Postmortem - text file\nSeverity: SEV-4\nDate: 2026-09-21\n', 'text file'],
  ['Incident report: the queue was full\n\nSeverity: SEV-3\n', 'the queue was full'],
])('a first line says what the document is: %s', (lines, title) => {
  const { postmortem } = fromMarkdown(`${lines}\nSummary\n\nWrites were refused.\n`);
  expect(postmortem.title).toContain(title);
  expect(postmortem.summary ?? '').not.toContain(title);
});
