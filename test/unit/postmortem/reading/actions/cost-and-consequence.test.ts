import { describe, expect, it } from 'vitest';
import { fromJson, fromMarkdown } from '../../../../support/reading.ts';

const read = (markdown: string) => fromMarkdown(`# A title\n\nThe lead.\n\n## Action items\n\n${markdown}\n`);
const promises = (markdown: string) => read(markdown).postmortem.actionItems;
const text = (markdown: string) => read(markdown).postmortem.sections;
const fromObject = (action: object) => fromJson({ title: 'A title', actionItems: [{ title: 'Drain first', ...action }] }).postmortem;

const cost = '€ 9,000 a month, 6 weeks of work';
const consequence = 'A region that fails takes checkout with it, for about four hours';
const whole = { title: 'Drain first', owner: 'Rosa Lind', due: '2026-12-05', status: 'open', cost, consequence };

describe('what an action costs, and what happens without it', () => {
  it.each([
    ['below its item', `- Drain first\n  - Owner: Rosa Lind\n  - Due: 2026-12-05\n  - Cost: ${cost}\n  - If not done: ${consequence}`],
    ['in bold below its item', `- **Drain first** (Rosa Lind, 2026-12-05)\n  - **Cost:** ${cost}\n  - **Risk:** ${consequence}.`],
    ['in its line', `- Drain first. Owner: Rosa Lind. Due: 2026-12-05. Cost: ${cost}. Risk: ${consequence}.`],
    ['in its line before the owner and the day', `- Drain first. Effort: ${cost}. If not done: ${consequence} (Rosa Lind, 2026-12-05)`],
    ['in brackets', `- Drain first (estimate: ${cost}) (risk: ${consequence}) (Rosa Lind, 2026-12-05)`],
    ['as a block of labels', `Action: Drain first\nOwner: Rosa Lind\nDue: 2026-12-05\nPrice: ${cost}\nConsequence: ${consequence}`],
    [
      'in a table',
      `| Action | Owner | Due | Estimated cost | Risk if not done |\n|---|---|---|---|---|\n| Drain first | Rosa Lind | 2026-12-05 | ${cost} | ${consequence} |`,
    ],
    [
      'in a German table',
      `| Maßnahme | Verantwortlich | Frist | Aufwand | Risiko |\n|---|---|---|---|---|\n| Drain first | Rosa Lind | 2026-12-05 | ${cost} | ${consequence} |`,
    ],
    [
      'in a table on its side',
      `| Action | Drain first |\n|---|---|\n| Owner | Rosa Lind |\n| Due | 2026-12-05 |\n| Effort | ${cost} |\n| Risk | ${consequence} |`,
    ],
  ])('is read %s', (_, markdown) => {
    expect(promises(markdown)).toEqual([whole]);
    expect(text(markdown)).toEqual([]);
  });

  it.each(['cost', 'effort', 'estimate', 'price', 'estimated_cost', 'Budget'])('is read of JSON, by the name %s', (name) => {
    expect(fromObject({ [name]: cost, risk: consequence }).actionItems).toEqual([
      { title: 'Drain first', status: 'open', cost, consequence },
    ]);
  });

  it.each(['consequence', 'risk', 'ifNotDone', 'risk if not done'])('is read of JSON without it, by the name %s', (name) => {
    expect(fromObject({ [name]: consequence }).actionItems).toMatchObject([{ consequence }]);
  });

  it('is read of front matter', () => {
    const { postmortem } = fromMarkdown(
      `---\nactions:\n  - title: Drain first\n    effort: ${cost}\n    risk: ${consequence}\n---\n\n# A title\n\nText.\n`,
    );
    expect(postmortem.actionItems).toEqual([{ title: 'Drain first', status: 'open', cost, consequence }]);
  });

  it('may have several sentences, brackets and dashes', () => {
    const risk = 'The queue fills again (as in May) – and then nobody can pay; it took four hours. We lose orders';
    expect(promises(`- Drain first\n  - Risk: ${risk}.`)).toEqual([{ title: 'Drain first', status: 'open', consequence: risk }]);
    expect(promises(`- Drain first. Risk: ${risk}. Cost: two weeks`)).toEqual([
      { title: 'Drain first', status: 'open', cost: 'two weeks', consequence: risk },
    ]);
  });

  it('keeps what a bare number counts', () => {
    const table = (name: string, value: string) =>
      promises(`| Action | Owner | ${name} |\n|---|---|---|\n| Drain first | Jo | ${value} |`)[0]?.cost;
    expect([table('Effort (days)', '3'), table('Estimate (in weeks)', '2-3'), table('Effort', '3'), table('Effort (days)', 'two')]).toEqual(
      ['3 days', '2-3 weeks', '3 (Effort)', 'two'],
    );
    expect([table('Cost', '5'), table('**Cost**', '5'), table('Cost (days)', '5')]).toEqual(['5', '5', '5 days']);
    expect([fromObject({ cost: 4000 }), fromObject({ estimate: 3 })].map(({ actionItems }) => actionItems[0]?.cost)).toEqual([
      '4000',
      '3 (estimate)',
    ]);
  });

  it.each(['-', 'n/a', 'TBD', 'none', '<cost>'])('is not known where only %s stands', (filler) => {
    expect(promises(`| Action | Owner | Cost | Risk |\n|---|---|---|---|\n| Drain first | Jo | ${filler} | ${filler} |`)).toEqual([
      { title: 'Drain first', owner: 'Jo', status: 'open' },
    ]);
  });

  it('stays text where it is too long, or is only a level', () => {
    const long = `It ${'fails and '.repeat(40)}ends`;
    expect(promises(`- Drain first\n  - Risk: ${long}`)).toEqual([{ title: 'Drain first', status: 'open' }]);
    expect(text(`- Drain first\n  - Risk: ${long}`)[0]?.body).toContain(long);
    expect(promises('| Action | Owner | Risk |\n|---|---|---|\n| Drain first | Jo | High |')[0]).toEqual({
      title: 'Drain first (Risk: High)',
      owner: 'Jo',
      status: 'open',
    });
    for (const risk of [long, 'high', { level: 'high' }, ['one', 'two']])
      expect(fromObject({ risk })).toMatchObject({ actionItems: [{ title: 'Drain first' }], sections: [{ heading: 'Further fields' }] });
  });

  it.each([
    '- Reduce the risk: drain first',
    '- Write down what replicas cost: drain first',
    '- Cost center: drain first',
    '- Say in the runbook that Risk: high is no alarm',
  ])('is no part of a title: %s', (markdown) => {
    expect(promises(markdown)).toEqual([{ title: markdown.slice(2), status: 'open' }]);
  });

  it.each([
    ['Action | Owner | Cost center', 'Drain first | Jo | 4711', { title: 'Drain first (Cost center: 4711)', owner: 'Jo' }],
    ['Action | Risk owner', 'Drain first | Jo', { title: 'Drain first', owner: 'Jo' }],
    ['Risk | Owner', 'The queue fills again | Jo', { title: 'The queue fills again', owner: 'Jo' }],
    [
      'Risk | Mitigation | Owner',
      'The queue fills again | Drain first | Jo',
      { title: 'Drain first', owner: 'Jo', consequence: 'The queue fills again' },
    ],
  ])('is known by its column: %s', (heading, row, action) => {
    const markdown = `| ${heading} |\n|${'---|'.repeat(heading.split('|').length)}\n| ${row} |`;
    expect(promises(markdown)).toEqual([{ ...action, status: 'open' }]);
  });

  it('is the same when what is stored is sent back', () => {
    const { postmortem } = read(`- Drain first\n  - Cost: ${cost}\n  - Risk: ${consequence}`);
    expect(fromJson(postmortem).postmortem).toEqual(postmortem);
  });
});
