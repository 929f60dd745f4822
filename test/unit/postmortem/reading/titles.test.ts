import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lostWords } from '../../../eval/lost-words.ts';
import { fromMarkdown } from '../../../support/reading.ts';

const read = (name: string) =>
  fromMarkdown(readFileSync(new URL(`../../../fixtures/reading/cases/${name}.md`, import.meta.url), 'utf8')).postmortem;
const titleOf = (text: string) => fromMarkdown(text).postmortem.title;

describe('the title', () => {
  it.each([
    ['title-abbreviation', 'In the morning of Sept. 18th, 2026, a couple of our sites went down for some hours'],
    ['title-byline', '2026-11-02 Pool outage'],
    ['title-metadata', 'The pool ran dry because of a missing migration'],
    ['only-heading-is-h2', '2026-11-17 sign-in outage'],
    ['first-line-is-a-link', 'On 17 November sign-in was down for three hours, because a database had stalled'],
    ['lost-title-below-placeholder', 'Nightly builds fail since the image was upgraded'],
  ])('of %s is "%s"', (name, title) => {
    expect(read(name).title).toBe(title);
  });

  it.each([
    ['Draft of Tuesday.\n\n# Pool ran dry\n\nNo orders.', 'Pool ran dry'],
    ['# Title: Pool ran dry\n\nNo orders.', 'Pool ran dry'],
    ['# Postmortem: Pool ran dry\n\nNo orders.', 'Postmortem: Pool ran dry'],
    ['# Incident summary: Pool ran dry\n\nNo orders.', 'Incident summary: Pool ran dry'],
    ['# Root cause analysis\n\n## Pool ran dry\n\nNo orders.', 'Pool ran dry'],
    ['# <b>Pool</b> ran `dry`\n\nNo orders.', 'Pool ran dry'],
    ['## Pool ran dry\n\nNo orders.\n\n## Impact\n\nNone.', 'Pool ran dry'],
    ['No orders at all.\n\n## Weather\n\nMild.', 'No orders at all'],
    ['# Timeline (UTC)\n\n- 14:05 The pool ran dry', 'The pool ran dry'],
    ['**Pool ran dry**\n\n**Datum:** 19.01.2026\n\nNo orders.', 'Pool ran dry'],
    ['Title: Pool ran dry\nSeverity: 4\nImpact: none', 'Pool ran dry'],
    ['Title: Pool ran dry | Severity: SEV-1\n\nNo orders.', 'Pool ran dry'],
    ['*Pool ran dry*\n*Severity:* `SEV-1`\n\n*Summary:* No orders.', 'Pool ran dry'],
    ['# **Pool ran dry** {#pool-ran-dry}\n\nNo orders.', 'Pool ran dry'],
    ['Acme Inc. Was down for an hour. It rained.', 'Acme Inc. Was down for an hour'],
    ['The queue, e.g. Mail, was slow! It rained.', 'The queue, e.g. Mail, was slow!'],
    ['版本发布后服务中断。随后恢复。', '版本发布后服务中断'],
  ])('of %j is "%s"', (text, title) => {
    expect(titleOf(text)).toBe(title);
  });

  it('loses no word of a line that is longer than a title may be', () => {
    const text = `Title: Pool ran dry ${'again and '.repeat(20)}orders stopped\n\n## Impact\n\nNone.`;
    expect(lostWords({ name: 'long.md', text }, fromMarkdown(text).postmortem)).toEqual([]);
  });

  it('in the text is kept where another stands in front matter', () => {
    const { postmortem } = fromMarkdown('---\ntitle: PM-001\n---\n# Pool ran dry\n\nNo orders.\n\n## Weather\n\nMild.');
    expect(postmortem).toMatchObject({
      title: 'PM-001',
      summary: 'No orders.',
      sections: [{ heading: '', body: 'Pool ran dry' }, { heading: 'Weather' }],
    });
    expect(fromMarkdown('---\ntitle: Pool ran dry\n---\n# Pool ran dry\n\nNo orders.').postmortem.sections).toEqual([]);
  });
});

describe('the summary below the title', () => {
  it.each([
    ['only-heading-is-h2', 'Between 21:27 UTC and 07:27 UTC nobody could sign in, because a certificate had expired.'],
    ['title-byline', 'Between 14:05 and 15:05 UTC the pool ran dry.'],
    ['first-line-is-a-link', 'On 17 November sign-in was down for three hours, because a database had stalled.'],
  ])('of %s is its first paragraph', (name, summary) => {
    expect(read(name).summary).toBe(summary);
  });

  it('is no notice, which is kept', () => {
    const { summary, sections } = read('summary-notice');
    expect(summary).toBeUndefined();
    expect(sections[0]?.body).toContain('This document is open to feedback until Friday');
  });

  it.each([
    'This document is a draft.',
    '⚠️ Note: more to come.',
    '*This post-mortem is blameless.*',
    'Posted on 18 November 2026 by Rosa Lind',
    '18 November 2026 · by Rosa Lind',
    '[Dashboard](https://example.com/d)',
    'Dashboard: https://example.com/d',
    '![A graph](https://example.com/g.png)',
    'All times are in UTC.',
    'Room: 5',
  ])('is not %j', (line) => {
    const { postmortem } = fromMarkdown(`# Pool ran dry\n\n${line}\n\nNo orders for an hour.\n`);
    expect(postmortem.summary).toBe('No orders for an hour.');
  });

  it.each([
    'This outage was caused by Friday’s draft of a rule.',
    'On 17 November 2026 the pool ran dry, as seen by Tim.',
    'Note that nobody was paged.',
  ])('is %j', (line) => {
    expect(fromMarkdown(`# Pool ran dry\n\n${line}\n\nMore.\n`).postmortem.summary).toBe(line);
  });
});
