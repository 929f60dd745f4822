import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withInlineLinks } from '../../../../core/postmortem/reading/reference-links.ts';
import { fromMarkdown } from '../../../support/reading.ts';

const definitions = '\n\n[1]: https://example.com/1\n[Ops 12]: <https://example.com/12> "The ticket"\n[^a]: It had\n    no rows.\n';

describe('a reference', () => {
  it.each([
    ['See [the run][1].', 'See [the run](https://example.com/1).'],
    ['See [the\nrun][1].', 'See [the\nrun](https://example.com/1).'],
    ['See [ops  12][].', 'See [ops  12](https://example.com/12 "The ticket").'],
    ['See [OPS 12]: it fell.', 'See [OPS 12](https://example.com/12 "The ticket"): it fell.'],
    ['![A graph][1]', '![A graph](https://example.com/1)'],
    ['[![A graph][1]][ops 12]', '[![A graph](https://example.com/1)](https://example.com/12 "The ticket")'],
    ['It was empty[^a], so it fell.', 'It was empty (It had no rows.), so it fell.'],
  ])('%j becomes %j', (text, expected) => {
    expect(withInlineLinks(text + definitions).split('\n\n')[0]).toBe(expected);
  });

  it.each(['`[1]`', '\\[1]', '[2]', '- [x] Done', '[a link](https://example.com)', '[^b]', '~~~\n[1]\n~~~'])('%j stays', (text) => {
    expect(withInlineLinks(`${text}\n\n[1]: https://example.com/1\n[x]: https://example.com/x\n`)).toContain(text);
  });
});

describe('a definition', () => {
  it('goes if it is used, and stays if not', () => {
    expect(withInlineLinks('See [1].\n\n[1]: https://example.com/1\n[2]: https://example.com/2\n[^c]: Nobody asked.')).toBe(
      'See [1](https://example.com/1).\n\n\n[2]: https://example.com/2\n[^c]: Nobody asked.',
    );
  });

  it('in code is none', () => {
    const text = 'See [1].\n\n```\n[1]: https://example.com/1\n```';
    expect(withInlineLinks(text)).toBe(text);
  });

  it('of a picture inside the document leaves its description', () => {
    expect(withInlineLinks('Before ![][image1] and ![a graph][image1] after.\n\n[image1]: <data:image/png;base64,AAAA>')).toBe(
      'Before  and a graph after.\n\n',
    );
    expect(withInlineLinks('A ![graph](data:,) here.')).toBe('A graph here.');
  });

  it('that is long and used often adds little', () => {
    const text = `${'[1] '.repeat(4000)}\n\n[1]: https://example.com/${'a'.repeat(1900)}`;
    expect(withInlineLinks(text).length).toBeLessThan(text.length + 110_000);
  });
});

describe('a document with references', () => {
  const read = (name: string) => fromMarkdown(readFileSync(new URL(`../../../fixtures/reading/cases/${name}.md`, import.meta.url), 'utf8'));

  it('has them in each section that uses them', () => {
    const { postmortem } = read('reference-links');
    expect(postmortem).toMatchObject({
      rootCauses: ['The export was empty (It had no rows.), because [a job](https://docs.example.com/export) had failed.'],
      actionItems: [{ link: 'https://tracker.example.com/OPS-12' }, { link: 'https://docs.example.com/export' }],
      links: [{ title: 'Export', url: 'https://docs.example.com/export' }],
      sections: [],
    });
  });

  it('says the words of a link on its card', () => {
    expect(read('summary-reference-links').postmortem).toMatchObject({
      summary: 'The [pool](https://example.com/pool) ran dry.',
      rootCauses: ['Nobody watched.'],
      sections: [],
    });
  });
});
