import { describe, expect, it } from 'vitest';
import { approvalFileOf } from '../../../core/approval/approval-file.ts';
import { ableApprovers } from '../../../core/approval/valid-approvals.ts';
import { mayBeOne, mayHaveWritten } from '../../../core/shared/persons.ts';
import { aSid } from '../../support/notice.ts';

const known = (addresses: string[], names: string[] = []) => ({ addresses, names });

describe('two who may be one', () => {
  it.each([
    ['the same mailbox', known(['ruth@example.com']), known(['Ruth@Example.com'])],
    ['a tag', known(['ruth@example.com']), known(['ruth+notices@example.com'])],
    ["Gmail's full stops", known(['r.abara@gmail.com']), known(['rabara@googlemail.com'])],
    ['another address of the entry', known(['ruth.abara@example.com', 'ra@example.com']), known(['ra@example.com'])],
    ['one name in two profiles', known(['ra@example.com'], ['Ruth Abara']), known(['ruth7@example.com'], ['ruth  ABARA'])],
    ['accents', known(['x@example.com'], ['Zoë Müller']), known(['y@example.com'], ['Zoe Muller'])],
    ['a name in another order', known(['x@example.com'], ['Abara, Ruth']), known(['y@example.com'], ['Ruth Abara'])],
    ['an initial', known(['x@example.com'], ['R. Abara']), known(['y@example.com'], ['Ruth Abara'])],
    ['one of two first names', known(['x@example.com'], ['Ruth Abara']), known(['y@example.com'], ['Ruth Mary Abara'])],
    ['a name that stands in an address', known(['ruth.abara@example.com']), known(['y@example.com'], ['Ruth Abara'])],
    ['one name in two addresses', known(['ruth.abara@example.com']), known(['ruth_abara@example.org'])],
    ['a number behind the name', known(['ruth.abara2@example.com']), known(['ruth.abara@example.com'])],
    ['a login of initial and family name', known(['rabara@example.com']), known(['y@example.com'], ['Ruth Abara'])],
    ['a login of both names', known(['ruthabara@example.com']), known(['ruth.abara@example.com'])],
    ['a login of the first name', known(['ruth@example.com']), known(['y@example.com'], ['Ruth Abara'])],
    ['a login beside a title', known(['rabara2@example.com']), known(['y@example.com'], ['Dr. Ruth Abara, SRE'])],
    ['full stops elsewhere', known(['ruth.abara@example.com']), known(['rutha.bara@example.com'])],
    ['a letter without a decomposition', known(['lars.sorensen@example.com']), known(['y@example.com'], ['Lars Sørensen'])],
    ['oe for ø', known(['lars.soerensen@example.com']), known(['y@example.com'], ['Lars Sørensen'])],
    ['ue for ü', known(['tom.mueller@example.com']), known(['y@example.com'], ['Tom Müller'])],
    ['l for ł', known(['lukasz.wal@example.com']), known(['y@example.com'], ['Łukasz Wal'])],
    ['a Cyrillic letter', known(['ruth.abara@example.com']), known(['y@example.com'], ['Ruth \u0410bara'])],
    ['something invisible', known(['ruth.abara@example.com']), known(['y@example.com'], ['Ruth\u200d Aba\u200dra'])],
    ['a short form', known(['alexander.berg@example.com']), known(['y@example.com'], ['Alex Berg'])],
    ['a name of one sign a word', known(['x@example.com'], ['王 伟']), known(['y@example.com'], ['王 伟'])],
  ])('%s', (_what, one, other) => {
    expect(mayBeOne(one, other)).toBe(true);
    expect(mayBeOne(other, one)).toBe(true);
  });

  it.each([
    ['two mailboxes', known(['ruth.abara@example.com']), known(['tom.lindqvist@example.com'])],
    ['one family name', known(['x@example.com'], ['Ruth Abara']), known(['y@example.com'], ['Tom Abara'])],
    ['another initial', known(['x@example.com'], ['R. Abara']), known(['y@example.com'], ['Tom Abara'])],
    ['duties of one word', known(['legal@example.com']), known(['legal@example.org'])],
    ['a login of another name', known(['rabara@example.com']), known(['y@example.com'], ['Tom Lindqvist'])],
    ['one first name and one initial', known(['x@example.com'], ['Anna Berg']), known(['y@example.com'], ['Anna Bauer'])],
    ['a login of another of the family', known(['rabara@example.com']), known(['tom.abara@example.com'])],
    ['nothing known of either', known([]), known([])],
    ['initials alone', known(['x@example.com'], ['R. A.']), known(['y@example.com'], ['Ruth Abara'])],
  ])('not: %s', (_what, one, other) => {
    expect(mayBeOne(one, other)).toBe(false);
    expect(mayBeOne(other, one)).toBe(false);
  });
});

describe('who may have written a text', () => {
  const ruth = known(['ruth.abara@example.com']);

  it.each([
    ['by an address', { addresses: ['ruth.abara+ops@example.com'], names: [] }],
    ['by an address of the same name', { addresses: ['ruth.abara@mail.example.org'], names: [] }],
    ['by a name of the authors', { addresses: [], names: ['Ruth Abara'] }],
    ['by a handle', { addresses: [], names: ['@rabara'] }],
    ['by a first name alone', { addresses: [], names: ['Ruth'] }],
    ['by an address among the authors', { addresses: [], names: ['<ruth.abara@example.com>'] }],
    ['by a name with an address', { addresses: [], names: ['Somebody (ruth.abara@example.com)'] }],
  ])('%s', (_what, writers) => {
    expect(mayHaveWritten(ruth, writers)).toBe(true);
  });

  it.each(['rabara', '@rabara'])('has a login for a name: %s', (author) => {
    expect(mayHaveWritten(known(['rabara@example.com']), { addresses: [], names: [author] })).toBe(true);
  });

  it('is nobody whom nothing names', () => {
    expect(mayHaveWritten(ruth, { addresses: ['ana.silva@example.com'], names: ['Ana Silva', 'Payments team'] })).toBe(false);
  });
});

it('knows an approver by the name in the file', () => {
  const approvers = [{ address: 'legal@example.com', name: 'Ruth Abara' }];
  const sids = { 'legal@example.com': aSid('a') };
  const file = approvalFileOf({ approvers, approvals: 1, holdMs: 0 }, sids);
  expect(ableApprovers(file, { addresses: [], names: ['Ruth Abara'] })).toEqual([]);
  expect(ableApprovers(file, { addresses: [], names: ['Ana Silva'] })).toHaveLength(1);
});
