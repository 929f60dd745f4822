import { expect, it } from 'vitest';
import { fromMarkdown } from '../../../support/reading.ts';

it('leaves out what a file begins with for programs, in HTML and in MDX', () => {
  const html =
    '<!DOCTYPE html>\n<html><head><title>Pool</title></head>\n<body>\n<h1>Pool ran dry</h1>\n<h2>Summary</h2>\n<p>It was dry.</p>\n</body></html>\n';
  expect(fromMarkdown(html).postmortem).toMatchObject({ title: 'Pool ran dry', summary: 'It was dry.' });
  expect(JSON.stringify(fromMarkdown(html).postmortem)).not.toContain('DOCTYPE');
  const mdx =
    '---\ntitle: Pool\n---\nimport Tabs from \'@theme/Tabs\';\nimport { A } from "./a";\n\nexport const x = 1;\n\nThe pool ran dry.\n';
  expect(fromMarkdown(mdx).postmortem).toMatchObject({ summary: 'The pool ran dry.', sections: [] });
});

it('keeps a sentence that begins like a module', () => {
  expect(fromMarkdown('import duties were not paid.\n').postmortem.summary).toBe('import duties were not paid.');
});
