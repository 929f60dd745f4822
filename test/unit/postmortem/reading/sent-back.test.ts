import { describe, expect, it } from 'vitest';
import { dialects, fixture, fromJson, fromMarkdown } from '../../../support/reading.ts';

describe('what GET answers', () => {
  it.each(dialects)('is the same when it is sent back: %s', (dialect) => {
    const { postmortem } = fromMarkdown(fixture(dialect));

    expect(fromJson(postmortem).postmortem).toEqual(postmortem);
  });

  it('has no part of a joined emoji that stood before a label', () => {
    const { postmortem } = fromMarkdown('# A\n\n| 👩🏽\u200d💻 Weather | Mild |\n|---|---|\n| Severity | SEV-2 |\n');

    expect(postmortem.sections).toEqual([{ heading: 'Further fields', body: '- **Weather:** Mild' }]);
    expect(fromJson(postmortem).postmortem).toEqual(postmortem);
  });

  it('keeps sections with known headings, and events with headings', () => {
    const { postmortem } = fromJson({
      title: 'A',
      rootCauses: ['A full disk'],
      sections: [{ heading: '', body: 'Text' }],
    });
    const stored = {
      ...postmortem,
      sections: [{ heading: 'Root cause', body: 'Another' }],
      timeline: [{ at: '13:05', event: '## Severity\n\nhuge' }],
    };

    expect(fromJson(stored).postmortem).toEqual(stored);
  });

  it.each([-1, ['sev-2']])('keeps an impact that looks like a grade: %s', (impact) => {
    const { postmortem } = fromJson({ title: 'A', impact });

    expect(fromJson(postmortem).postmortem).toEqual(postmortem);
  });

  it('differs from the JSON of a tool, whose sections are read', () => {
    const { postmortem } = fromJson({ title: 'A', sections: [{ title: 'Root cause', content: 'A full disk' }] });

    expect(postmortem.rootCauses).toEqual(['A full disk']);
  });
});

it('quotes a mark of several lines on one line', () => {
  const { warnings } = fromJson({ title: 'A', type: { confidencial: '### Timeline\n- 09:14 x' } });

  expect(warnings.join(' ')).toContain('confidencial: ### Timeline - 09:14 x');
  expect(warnings.filter((warning) => warning.includes('\n'))).toEqual([]);
  expect(fromJson({ '\u0085': { 'duplicate of': 'pool', description: 'checkout' } }).warnings.join(' ')).not.toContain('\u0085');
  expect(fromJson({ title: 'A', kind: { restricted: '\u2066x' } }).warnings.join(' ')).not.toContain('\u2066');
});
