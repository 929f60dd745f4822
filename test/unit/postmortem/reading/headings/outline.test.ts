import { describe, expect, it } from 'vitest';
import { fromMarkdown } from '../../../../support/reading.ts';

describe('a document that is one list', () => {
  it.each(['  ', '    ', '\t'])('is read by its items, with %j before those below them', (margin) => {
    const { postmortem } = fromMarkdown(
      [
        '- **Redis flushed**',
        '- What happened',
        `${margin}- a script ran against production`,
        '- What went well',
        `${margin}- we said so at once`,
        '- What we will do',
        `${margin}- colour the prompt (Nadia)`,
        `${margin}- close the tunnels (Sol) - done`,
      ].join('\n'),
    );
    expect(postmortem).toMatchObject({
      title: 'Redis flushed',
      summary: expect.stringContaining('a script ran against production'),
      lessons: { wentWell: ['we said so at once'] },
      actionItems: [
        { title: 'colour the prompt', owner: 'Nadia', status: 'open' },
        { title: 'close the tunnels', owner: 'Sol', status: 'done' },
      ],
    });
  });

  it('stays a list if it names no sections', () => {
    const { postmortem } = fromMarkdown('- The disk was full\n  - for an hour\n- We emptied it\n  - by hand\n');
    expect(postmortem.sections.map(({ body }) => body).join('\n')).toContain('- We emptied it\n  - by hand');
  });
});
