import { expect, it } from 'vitest';
import { fromMarkdown } from '../../../support/reading.ts';

it.each([
  ['Google Docs', '# **Exports time out** {#exports-time-out}\n\n## **Root cause** {#root-cause}\n\nA driver.'],
  ['pandoc', '# []{#_Toc1 .anchor}Exports time out\n\n# []{#_Toc2 .anchor}2. Root Cause {.unnumbered}\n\nA driver.'],
])('an export of %s has anchors at its headings, which are no words', (_, text) => {
  const { postmortem } = fromMarkdown(text);

  expect(postmortem.title).toBe('Exports time out');
  expect(postmortem.rootCauses).toEqual(['A driver.']);
});
