import { expect, it } from 'vitest';
import { slackMarkdown } from '../../../core/slack-draft/slack-markdown.ts';

it.each([
  ['bold, struck out and italic', '*bold* and ~gone~ and _so_', '**bold** and ~~gone~~ and _so_'],
  ['signs that mark nothing', '2 * 3 * 4 ~ 24, a*b*c', '2 * 3 * 4 ~ 24, a*b*c'],
  ['a link', 'see <https://example.com/a?x=1&amp;y=(2)|the [graph]>', 'see [the \\[graph\\]](https://example.com/a?x=1&y=%282%29)'],
  ['a link without a label', '<https://example.com/a>', 'https://example.com/a'],
  ['bold around a link', '*see <https://example.com|it>*', '**see [it](https://example.com)**'],
  ['people and channels', '<@U1|ada>, <@U2> in <#C1|news>, <!here>, <!subteam^S1|@sre>', '@ada, @U2 in #news, @here, @sre'],
  ['a date', '<!date^1392734382^{date}|18 February>', '18 February'],
  ['an address', '<mailto:ada@example.com|ada@example.com>', 'ada@example.com'],
  ['no address of another kind', '<javascript:alert(1)|press>', 'press'],
  ['the three characters', 'R&amp;D, 1 &lt; 2 &gt; 0', 'R&D, 1 < 2 > 0'],
  ['no HTML', '&lt;img src=x&gt;', '\\<img src=x>'],
  ['no character reference', '&amp;lt;b&amp;gt; &amp;copy;', '&amp;lt;b&amp;gt; &amp;copy;'],
  ['code as it was written', '`a &lt;b&gt; *c*`', '`a <b> *c*`'],
  ['a block of code', 'so:\n```x &amp;&amp; *y*\nz```', 'so:\n\n````\nx && *y*\nz\n````'],
  ['a quotation', '&gt; said', '> said'],
  ['a list', '• one\n    ◦ two', '- one\n    - two'],
  ['a heading in bold', 'before\n*Impact*\nafter', 'before\n\n**Impact**\n\nafter'],
  ['lines of Windows', 'a\r\nb', 'a\nb'],
  ['nothing', ' \n ', ''],
])('writes %s in Markdown', (_, slack, markdown) => {
  expect(slackMarkdown(slack)).toBe(markdown);
});

it('ends soon on a long hostile text', () => {
  for (const sign of ['*', '~', '`', '```', '<', '&lt;', ' *a', '<a|', '•'])
    expect(slackMarkdown(sign.repeat(20_000)).length, sign).toBeGreaterThan(0);
});
