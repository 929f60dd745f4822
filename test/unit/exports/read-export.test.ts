import { expect, it } from 'vitest';
import { parseSeverities } from '../../../core/exports/parse-severities.ts';
import { readExport } from '../../../core/exports/read-export.ts';
import { dispatchIncident, opsgeniePostmortem, statuspageIncident, statuspagePage } from '../../support/exports/records.ts';

const none = new Map();

it.each([
  ['a page without incidents', statuspagePage(), 'statuspage', 0],
  ['answers in a list', [{ data: opsgeniePostmortem() }, { data: opsgeniePostmortem({ postmortemId: 'b' }) }], 'opsgenie', 2],
  ['a list in an answer', { data: [opsgeniePostmortem()] }, 'opsgenie', 1],
  ['the page after the last', { items: [], total: 2, page: 3, itemsPerPage: 50 }, 'dispatch', 0],
  ['a page of incidents', { items: [dispatchIncident(), dispatchIncident()], total: 2 }, 'dispatch', 2],
])('knows %s', (_, value, vendor, count) => {
  const read = readExport(value, none);
  expect([read?.vendor, read?.records.length]).toEqual([vendor, count]);
});

it.each([
  [{ title: 'a', severity: 'sev1' }],
  [[{ title: 'a' }]],
  [[]],
  [{ data: { id: 1 } }],
  [{ incidents: [] }],
  [{ message: 'It was down' }],
  [{ error: 'a', title: 'b' }],
  ['text'],
  [null],
  [7],
])('leaves %j to the reader of documents', (value) => {
  expect(readExport(value, none)).toBeUndefined();
});

it.each([
  [{ message: 'Postmortem not found', took: 0.1, requestId: 'x' }],
  [{ message: 'Not valid', errors: { id: 'is wrong' }, took: 0.1, requestId: 'x' }],
  [{ error: 'Could not authenticate' }],
  [{ detail: [{ msg: 'Not found' }] }],
])('refuses %j, by which an API says that there is no record', (value) => {
  expect(() => readExport(value, none)).toThrow('is what an API answers in the place of a record');
});

it('refuses a foreign record by its place and takes the others', () => {
  const records = readExport([statuspageIncident(), { title: 'a' }, null], none)?.records;
  expect(records).toMatchObject([
    { outcome: 'mapped' },
    { outcome: 'refused', ref: '2', problem: 'is no record of Statuspage' },
    { outcome: 'refused', ref: '3' },
  ]);
});

it('reads pairs of words and severities, and says what is none', () => {
  expect(parseSeverities('P1=sev1, Highest = SEV2,a=b=sev3')).toEqual(
    new Map([
      ['p1', 'sev1'],
      ['highest', 'sev2'],
      ['a=b', 'sev3'],
    ]),
  );
  for (const wrong of ['', 'P1', 'P1=', '=sev1', 'P1=urgent', 'P1=sev1,,P2=sev2', 'P1=sev1,p1=sev2'])
    expect(parseSeverities(wrong)).toEqual(expect.any(String));
});
