import { describe, expect, it } from 'vitest';
import { StoredDocument } from '../../../../core/postmortem/stored-postmortem.ts';
import { aPostmortem } from '../../../support/postmortem.ts';
import { fromJson, fromMarkdown, refusal } from '../../../support/reading.ts';

const whole = {
  title: 'Payments were slow',
  body: 'Some payments took minutes.',
  change: 'It was forty minutes.',
  products: ['Checkout', 'Search'],
  writtenBy: ['ada@example.com', 'jo@example.com'],
  ready: true,
};

describe('the external version', () => {
  it.each([
    ['our names', { external: whole }],
    ['snake case', { external: { ...whole, writtenBy: undefined, written_by: ['Ada@Example.com', 'Jo Park <jo@example.com>'] } }],
    [
      'names at the top',
      {
        external_title: whole.title,
        external_body: whole.body,
        external_change: whole.change,
        external_products: whole.products,
        external_written_by: whole.writtenBy,
        external_ready: 'yes',
      },
    ],
  ])('is read from JSON, with %s', (_, sent) => {
    const { postmortem, warnings } = fromJson({ title: 'T', severity: 'sev2', ...sent });

    expect(postmortem.external).toEqual(whole);
    expect(warnings).toEqual([]);
  });

  const text = `## External message\n\n${whole.body}\n`;
  it.each([
    [
      'front matter',
      `---\ntitle: T\nseverity: sev2\nexternal title: ${whole.title}\nexternal change: ${whole.change}\nexternal products: Checkout, Search\nexternal written by: [ada@example.com, jo@example.com]\nexternal ready: true\n---\n\n${text}`,
    ],
    [
      'a block in front matter',
      `---\ntitle: T\nseverity: sev2\nexternal ready: true\nexternal:\n  title: ${whole.title}\n  change: ${whole.change}\n  products: [Checkout, Search]\n  writtenBy:\n    - ada@example.com\n    - jo@example.com\n---\n\n${text}`,
    ],
    [
      'headings',
      `---\nseverity: sev2\nexternal ready: yes\n---\n\n# T\n\n## External title\n\n${whole.title}\n\n${text}\n## External change\n\n${whole.change}\n\n## External products\n\n- Checkout\n- Search\n\n## External written by\n\nada@example.com, jo@example.com\n`,
    ],
  ])('is read from a document, with %s', (_, document) => {
    const { postmortem, sections, warnings } = fromMarkdown(document);

    expect(postmortem.external).toEqual(whole);
    expect(postmortem.sections).toEqual([]);
    expect(sections).toContain('external');
    expect(warnings).toEqual([]);
  });

  it('of a template that says nothing else asks for nothing', () => {
    expect(fromMarkdown(`# T\n\n${text}`).postmortem.external).toEqual({ body: whole.body });
  });

  it.each(['External ready: true', '**External ready:** yes', '| External ready | true |\n|---|---|', '- External ready: yes'])(
    'is not asked for by a line of the text: %s',
    (line) => {
      expect(fromMarkdown(`# T\n\n${line}\n\n${text}`).postmortem.external).toEqual({ body: whole.body });
      expect(fromMarkdown(`# T\n\n${text}\n${line}\n`).postmortem.external?.ready).toBeUndefined();
    },
  );

  it.each([
    ['a writer who is no address', { ...whole, writtenBy: ['Ada Park'] }, 'external.writtenBy.0'],
    ['no text', { ...whole, body: undefined }, 'external.title'],
    ['no title where it is ready', { ...whole, title: undefined }, 'external.title'],
    ['a text that is too long where it is ready', { ...whole, body: 'x'.repeat(20_001) }, 'external.body'],
    ['a word that is neither yes nor no', { ...whole, ready: 'soon' }, 'external.ready'],
    ['a change that tells it all again', { ...whole, change: 'x'.repeat(2001) }, 'external.change'],
  ])('is refused with %s', (_, external, field) => {
    const { fields, flaws } = refusal(() => fromJson({ title: 'T', external }));

    expect(fields).toEqual([field]);
    expect(flaws[0]?.remedy).not.toBe('');
  });

  it('may be long and without a title as long as it is not ready', () => {
    const body = 'x'.repeat(20_001);

    expect(fromJson({ title: 'T', external: { body } }).postmortem.external).toEqual({ body });
  });

  it('of a later release is read without what this one does not know', () => {
    const external = { ...whole, ready: 'for some', products: 'all', regions: ['eu'] };

    expect(StoredDocument.parse({ ...aPostmortem(), external }).external).toEqual({ ...whole, ready: undefined, products: undefined });
  });
});
