import { expect, it } from 'vitest';
import { checkedRecord, onlyMapped, onlyRecord, postmortemOf } from '../../support/exports/checked.ts';
import { adf, node, opsgeniePostmortem, paragraph, text } from '../../support/exports/records.ts';

it('reads an answer of the API', () => {
  expect(postmortemOf({ data: opsgeniePostmortem(), took: 0.1, requestId: 'x' })).toMatchObject({
    id: 'opsgenie-4e4b3a71-1fa4-47fb-9b27-23dcbde566a5',
    title: 'Cards were refused',
    severity: 'sev1',
    status: 'published',
    startedAt: '2024-02-26T04:13:21.075Z',
    mitigatedAt: '2024-02-26T05:00:00.757Z',
    resolvedAt: '2024-02-26T05:30:00.757Z',
    tags: ['tls'],
    summary: 'No card could be charged.',
    rootCauses: ['A certificate ran out.'],
    timeline: [{ event: 'Somebody responded.' }],
  });
});

const list = (...items: ReturnType<typeof node>[]) => node('bulletList', items);
const item = (...content: ReturnType<typeof node>[]) => node('listItem', content);
const cell = (words: string) => node('tableCell', [paragraph(text(words))]);
const deep = (levels: number): ReturnType<typeof node> =>
  list(item(paragraph(text(`level ${levels}`)), ...(levels > 1 ? [deep(levels - 1)] : [])));
/** The text that a document in Atlassian's format becomes. */
const bodyOf = (...content: ReturnType<typeof node>[]) => onlyMapped(opsgeniePostmortem({ content: adf(...content) })).document.body;

it.each([
  ['lists in lists', [deep(3)], '- level 3\n  - level 2\n    - level 1'],
  [
    'a table with a bar in a cell',
    [node('table', [node('tableRow', [cell('a'), cell('b|c')]), node('tableRow', [cell('d'), cell('e')])])],
    '| a | b\\|c |\n| --- | --- |\n| d | e |',
  ],
  [
    'a person and a sign',
    [paragraph({ type: 'mention', attrs: { id: '1', text: '@Jo' } }, { type: 'emoji', attrs: { shortName: ':fire:' } })],
    'Jo:fire:',
  ],
  ['a state', [paragraph({ type: 'status', attrs: { text: 'DONE', color: 'green' } })], 'DONE'],
  ['a panel', [node('panel', [paragraph(text('Take care.'))], { panelType: 'warning' })], 'Take care.'],
  [
    'a picture, of which nothing is left',
    [node('mediaSingle', [{ type: 'media', attrs: { id: 'x', type: 'file' } }]), paragraph(text('a'))],
    'a',
  ],
  ['a node that nobody knows, by its text', [node('rocket', [paragraph(text('kept'))])], 'kept'],
  ['what is no node', [{ type: 'paragraph', content: 'x' }, { content: [text('a')] }], 'a'],
])('%s', (_, content, expected) => {
  expect(bodyOf(...content)).toBe(expected);
});

it.each([
  ['a draft', { status: 'draft' }, { status: 'draft' }],
  ['no status', { status: undefined }, { status: 'draft' }],
  ['a severity of the incident alone', { severity: undefined }, { severity: 'sev2' }],
  ['an end without a resolution', { resolveTime: null }, { mitigatedAt: undefined, resolvedAt: '2024-02-26T05:00:00.757Z' }],
  ['a title of the incident alone', { title: '' }, { title: 'Payments fail' }],
  ['a text that is the source of its JSON', { content: JSON.stringify(adf(paragraph(text('Kept.')))) }, { sections: [{ body: 'Kept.' }] }],
  ['a text of plain words', { content: '## Root cause\n\nWords.' }, { rootCauses: ['Words.'] }],
  ['tags that are none', { rootIncident: { tags: ['a', 7, ''] } }, { tags: ['a'] }],
  ['a private incident', { rootIncident: { visibility: 'private' } }, { restricted: true }],
])('%s', (_, change, expected) => {
  expect({ mitigatedAt: undefined, ...postmortemOf(opsgeniePostmortem(change)) }).toMatchObject(expected);
});

it('leaves out what has no text, and refuses what no person nests', () => {
  expect(onlyRecord(opsgeniePostmortem({ executiveSummary: adf(), content: null }))).toMatchObject({
    outcome: 'left out',
    why: 'it has no text',
  });
  expect(onlyRecord(opsgeniePostmortem({ content: adf(deep(5000)) }))).toMatchObject({
    outcome: 'refused',
    problem: 'is nested more than 64 levels deep',
  });
  expect(onlyRecord({ data: opsgeniePostmortem({ postmortemId: '' }) })).toMatchObject({ outcome: 'refused', field: 'postmortemId' });
});

it('is told to nobody, however new it is, because Opsgenie does not say when it was published', async () => {
  const answer = await checkedRecord(
    opsgeniePostmortem({ startTime: '2026-11-29T08:00:00Z', endTime: '2026-11-29T09:00:00Z', resolveTime: null }),
  );
  expect(answer).toMatchObject({ severity: 'sev1', tells: [] });
});

it('shows tags of HTML as the text that they were', () => {
  const code = { type: 'text', text: '<i>', marks: [{ type: 'code' }] };
  expect(bodyOf(paragraph(text('<script>x</script> 1 < 2 '), code), node('codeBlock', [text('<b>')]))).toBe(
    '\\<script>x\\</script> 1 < 2 `<i>`\n\n```\n<b>\n```',
  );
});
