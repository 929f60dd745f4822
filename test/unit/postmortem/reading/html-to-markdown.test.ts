import { describe, expect, it } from 'vitest';
import { htmlToMarkdown } from '../../../../core/postmortem/reading/html-to-markdown.ts';
import { takesLongerThan } from '../../../support/processor-time.ts';
import { fromMarkdown } from '../../../support/reading.ts';

const read = (html: string) => htmlToMarkdown(html).trim();

it.each([
  ['<p>No <b>orders</b> &amp; <i>more</i></p>', 'No **orders** & *more*'],
  ['It broke.<br>It was mended.<br/>', 'It broke.  \nIt was mended.'],
  ['<h2 class="x">Root  \n cause</h2><p>A disk.</p>', '## Root cause\n\nA disk.'],
  ['<ul>\n  <li>One</li>\n  <li>Two\n    <ol><li>Deep<li>Deeper</ol></li>\n</ul>', '- One\n- Two\n  1. Deep\n  2. Deeper'],
  [
    '<table><tr><th>Time</th><th>Event</th></tr><tr><td>14:05</td><td><p>It broke | hard</p></td></tr></table>',
    '| Time | Event |\n| --- | --- |\n| 14:05 | It broke \\| hard |',
  ],
  [
    'See <a href="https://example.com/a b" title="x > y">the run</a> and <a href="#top">above</a>.',
    'See [the run](<https://example.com/ab>) and above.',
  ],
  ['<details>\n<summary>Impact</summary>\n\n- none\n\n</details>', '**Impact**\n\n- none'],
  ['<div class=subtitle><time datetime="2026-11-18">18 November 2026</time> · by Rosa Lind</div>', '18 November 2026 · by Rosa Lind'],
  ['<time datetime="2026-11-18">last week</time>', 'last week (2026-11-18)'],
  ['<pre><code>if (a &lt; b) {\n  stop\n}</code></pre>', '```\nif (a < b) {\n  stop\n}\n```'],
  ['<blockquote>First<br>second</blockquote>', '> First\n> second'],
  ['<dl><dt>Impact</dt><dd>None</dd></dl>', '**Impact**\n\nNone'],
  ['A <u>line</u>, a <s>wrong</s> word, <span style="color:red">red</span>', 'A line, a ~~wrong~~ word, red'],
  ['<img src="https://example.com/a.png" alt="A graph"><img src="data:," alt="A screen">', '![A graph](https://example.com/a.png)A screen'],
  ['<script>alert(1)</script><style>p {}</style>Text', 'Text'],
  ['<input type="checkbox" checked> Drain first', '[x]  Drain first'],
  ['| a | b<br>c |', '| a | b<br>c |'],
  ['{{< figure src="x.png" caption="The pool" >}} {% include a.html %}{{ incident.title }}', 'The pool {{ incident.title }}'],
])('%s is read', (html, markdown) => {
  expect(read(html)).toBe(markdown);
});

it.each([
  'Ask <your team> or <jo@example.com>, see <https://example.com>.',
  'If a < b and c > d',
  '`<b>` and `{{< x >}}`',
  '```html\n<p>code</p>\n```',
  'Escaped \\<b> tag',
  '<!-- a remark -->',
  'a &lt;b&gt; c',
])('%j stays as written', (text) => {
  expect(htmlToMarkdown(`${text}\n\n<b>bold</b>`)).toBe(`${text}\n\n**bold**`);
});

describe('a page of Confluence', () => {
  it('shows the words of its macros', () => {
    const page = `<ac:structured-macro ac:name="status"><ac:parameter ac:name="colour">Red</ac:parameter><ac:parameter ac:name="title">SEV-1</ac:parameter></ac:structured-macro>
<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">sh</ac:parameter><ac:plain-text-body><![CDATA[rm -rf <x>]]></ac:plain-text-body></ac:structured-macro>
<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>Drain first <time datetime="2026-12-01" /></ac:task-body></ac:task></ac:task-list>
<p>See <ac:link><ri:page ri:content-title="Runbook" /></ac:link>.</p>`;
    expect(read(page)).toBe('SEV-1\n\n```\nrm -rf <x>\n```\n\n- [x] Drain first 2026-12-01\n\nSee Runbook.');
  });
});

describe('a document in HTML', () => {
  it('has its sections, timeline and promises', () => {
    const { postmortem, sections } = fromMarkdown(
      '<h1>Pool ran dry</h1><p>No orders.</p><h2>Root cause</h2><p>A disk.</p><h2>Timeline</h2><table><tr><th>Time</th><th>Event</th></tr><tr><td>14:05</td><td>It broke</td></tr></table><h2>Action items</h2><ul><li>Alarm on the disk</li></ul>',
    );
    expect(sections).toEqual(['summary', 'cause', 'timeline', 'actions']);
    expect(postmortem).toMatchObject({
      title: 'Pool ran dry',
      summary: 'No orders.',
      rootCauses: ['A disk.'],
      timeline: [{ at: '14:05', event: 'It broke' }],
      actionItems: [{ title: 'Alarm on the disk' }],
    });
  });
});

it.each([
  '<div>',
  '<ul><li>',
  '<b>a',
  '<blockquote>a',
  '<table><tr><td>',
  '<p><a href="x">',
  '<!--',
  '<![CDATA[',
  '<pre>a',
  '<a x="',
  '{{< a "',
])('reads %j without end in time that grows with its length', (piece) => {
  const text = piece.repeat(240_000 / piece.length);

  expect(takesLongerThan(5000, () => htmlToMarkdown(text))).toBe(false);
});
