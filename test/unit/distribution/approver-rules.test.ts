import { describe, expect, it } from 'vitest';
import { contentWarnings } from '../../../core/distribution/content-warnings.ts';
import { parseDistribution } from '../../../core/distribution/parse-distribution.ts';
import { readApplied } from '../../../core/distribution/read-applied.ts';
import { aDistribution, distributionYaml } from '../../support/distribution.ts';

const sender = '  customers: { name: Example status, address: status@notices.example.com }\nseverities:';
/** A file with these settings of notices, each a line. */
const fileWith = (...settings: string[]) =>
  distributionYaml
    .replace('severities:', sender)
    .replace('teams:', `  customer-notices:\n${settings.map((line) => `    ${line}\n`).join('')}teams:`);
const flawsOf = (text: string) => {
  const read = parseDistribution(text);
  return 'flaws' in read ? read.flaws : [];
};
const flawsWith = (...settings: string[]) => flawsOf(fileWith(...settings));
const [ruth, tom, mia] = ['ruth.abara@example.com', 'tom.lind@example.com', 'mia.okafor@example.com'].map(
  (address) => `{ address: ${address} }`,
);

describe('a file that names approvers', () => {
  it('is taken with as many people as have to approve, and with one more', () => {
    expect(flawsWith(`approvers: [${ruth}, ${tom}]`)).toEqual([]);
    expect(flawsWith(`approvers: [${ruth}, ${tom}, ${mia}]`, 'approvals: 3')).toEqual([]);
    expect(flawsWith(`approvers: [${ruth}]`, 'approvals: 1')).toEqual([]);
  });

  it('needs as many people as have to approve', () => {
    expect(flawsWith('holdMinutes: 10', `approvers: [${ruth}]`)).toEqual([
      {
        field: 'streams.customer-notices.approvers',
        problem: 'is one person, and 2 have to approve',
        remedy: 'Name 3 people, because whoever wrote a text does not approve it, or write approvals: 1.',
        line: 19,
        column: 16,
      },
    ]);
    expect(flawsWith(`approvers: [${ruth}, ${tom}, ${mia}]`, 'approvals: 5')).toMatchObject([
      { problem: 'are 3 people, and 5 have to approve' },
    ]);
  });

  it.each([
    ['a tag', 'ruth.abara+legal@example.com'],
    ['initials', 'r.abara@example.com'],
    ['a login', 'rabara@example.com'],
    ['a name', 'legal@example.com, name: Ruth Abara'],
    ['another address', 'legal@example.com, also: [ruth.abara+x@example.com]'],
  ])('counts who may be the same by %s as one, as a press does', (_, second) => {
    const [flaw, ...more] = flawsWith(`approvers: [${ruth}, { address: ${second} }]`);

    expect(more).toEqual([]);
    expect(flaw).toMatchObject({
      field: 'streams.customer-notices.approvers',
      problem: expect.stringContaining('may be the same person as ruth.abara@example.com'),
      remedy: expect.stringContaining('write the name of each'),
    });
  });

  it.each([
    ['approvers: [{ address: ruth.abara@elsewhere.example }, { address: tom.lind@example.com }]', 'approvers.0.address'],
    [
      'approvers: [{ address: ruth.abara@example.com, also: [r@elsewhere.example] }, { address: tom.lind@example.com }]',
      'approvers.0.also.0',
    ],
    [`escalate: [cto@elsewhere.example]`, 'escalate.0'],
  ])('names nobody outside the organisation: %s', (line, field) => {
    expect(flawsWith(line)).toMatchObject([
      { field: `streams.customer-notices.${field}`, problem: 'is not in a domain of the organisation', line: 18 },
    ]);
  });

  it.each([
    [`approvers: [${ruth}, ${tom}, { address: Ruth.Abara@example.com }]`, 'approvers.2.address'],
    [`approvers: [${ruth}, { address: tom.lind@example.com, also: [ruth.abara@example.com] }, ${mia}]`, 'approvers.1.also.0'],
    [`approvers: [{ address: ruth.abara@example.com, also: [ruth.abara@example.com] }, ${tom}]`, 'approvers.0.also.0'],
  ])('has each address once: %s', (line, field) => {
    expect(flawsWith(line)).toContainEqual(
      expect.objectContaining({ field: `streams.customer-notices.${field}`, problem: 'stands among the approvers twice' }),
    );
  });

  it('needs a sender for customers, and says so once', () => {
    const without = (...settings: string[]) => flawsOf(fileWith(...settings).replace(sender, 'severities:'));

    expect(without(`approvers: [${ruth}, ${tom}]`)).toMatchObject([
      { field: 'streams.customer-notices.approvers', line: 17, remedy: expect.stringContaining('Add senders.customers') },
    ]);
    expect(without('signUp: open', `approvers: [${ruth}, ${tom}]`)).toMatchObject([{ field: 'streams.customer-notices.signUp' }]);
    expect(without('contact: https://example.com/support')).toEqual([]);
  });

  it('with a flaw of its own is told that flaw alone', () => {
    expect(flawsWith('approvers: [{ address: ruth }]')).toMatchObject([{ field: 'streams.customer-notices.approvers.0.address' }]);
    expect(flawsWith(`approvers: [${ruth}]`, 'approvals: many')).toMatchObject([{ field: 'streams.customer-notices.approvals' }]);
    expect(flawsWith('approvers: everybody')).toMatchObject([{ field: 'streams.customer-notices.approvers' }]);
    expect(flawsWith(`approvers: [${Array.from({ length: 21 }, () => ruth).join(', ')}]`)).toContainEqual(
      expect.objectContaining({ field: 'streams.customer-notices.approvers' }),
    );
  });

  it('is read as it is once it is in force, whatever a later rule says of it', () => {
    const inForce = aDistribution({
      streams: { 'customer-notices': { approvers: [{ address: 'ruth.abara@elsewhere.example', also: ['ruth.abara@elsewhere.example'] }] } },
    });

    expect(readApplied(structuredClone(inForce))).toEqual(inForce);
  });
});

describe('approvers without a spare one', () => {
  const warned = (approvers: object[], approvals?: number) =>
    contentWarnings(aDistribution({ streams: { 'customer-notices': { approvers, approvals } } })).filter(({ field }) =>
      field.endsWith('approvers'),
    );
  const people = ['ruth.abara', 'tom.lind', 'mia.okafor'].map((name) => ({ address: `${name}@example.com` }));

  it('are warned of: a text by one of them is held', () => {
    expect(warned(people.slice(0, 2))).toEqual([
      {
        field: 'streams.customer-notices.approvers',
        problem: 'have no spare one: a text that one of them wrote is held, because too few approvers are left',
        remedy: 'Name one more person.',
      },
    ]);
    expect(warned(people.slice(0, 1), 1)).toHaveLength(1);
    expect(warned(people, 3)).toHaveLength(1);
  });

  it('are warned of by name, where it is about some of them alone', () => {
    const ruths = ['ruth.abara@example.com', 'ruth.lind@example.com', 'mia.okafor@example.com'].map((address) => ({ address }));

    expect(warned([...ruths, { address: 'legal@example.com', name: 'Ruth' }])).toMatchObject([
      { problem: expect.stringContaining('a text that legal@example.com wrote is held') },
    ]);
  });

  it('are not warned of with one more, and without approvers', () => {
    expect(warned(people)).toEqual([]);
    expect(warned(people.slice(0, 2), 1)).toEqual([]);
    expect(contentWarnings(aDistribution({ streams: { 'customer-notices': {} } }))).toEqual([]);
  });
});
