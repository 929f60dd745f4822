import { describe, expect, it } from 'vitest';
import { validApprovals } from '../../../core/approval/valid-approvals.ts';
import { afterPress, afterWithdrawal, type NoticePress, publicVersionOf } from '../../../core/notice/after-press.ts';
import type { External } from '../../../core/notice/external.ts';
import {
  aHash,
  anApprovalFile,
  anApprover,
  anExternal,
  anOpenRequest,
  aSid,
  legal,
  noWriters,
  pressFacts,
  ruth,
  tom,
} from '../../support/notice.ts';

const approve = (more: Partial<Extract<NoticePress, { act: 'approve' }>> = {}): NoticePress => ({
  act: 'approve',
  n: 1,
  content: aHash('1'),
  ticked: [],
  ...more,
});
const by = (letter: string, name?: string) => ({ sid: aSid(letter), name });

const stored = (after: ReturnType<typeof afterPress>): External => {
  if ('refused' in after) throw new Error(after.refused);
  return after;
};

describe('approving', () => {
  it('counts the first of two, and asks on', () => {
    const after = stored(afterPress(anExternal(), approve(), by('a'), pressFacts()));

    expect(after.request).toMatchObject({ state: 'open', approvals: [{ person: aSid('a'), sid: aSid('a'), content: aHash('1') }] });
  });

  it('begins the hold with the approval that completes the number, and tells everybody', () => {
    const first = stored(afterPress(anExternal(), approve(), by('a'), pressFacts()));

    const after = stored(afterPress(first, approve(), by('b'), pressFacts()));

    expect(after.request).toMatchObject({ state: 'approved', releaseAt: '2026-11-17T15:10:00Z' });
    expect(after.mails).toEqual([{ kind: 'review-hold', n: 1, at: '2026-11-17T15:00:00Z' }]);
  });

  it.each([
    ['of another text', approve({ content: aHash('f') }), by('a'), 'other content'],
    ['of another request', approve({ n: 2 }), by('a'), 'other request'],
    ['by somebody whom the file does not name', approve(), by('9'), 'not an approver'],
  ] as const)('is refused %s', (_what, press, who, refused) => {
    expect(afterPress(anExternal(), press, who, pressFacts())).toEqual({ refused });
  });

  it('is refused to whoever wrote it, by address, by author and by profile', () => {
    const writing = (addresses: string[], names: string[] = []) => pressFacts({ writers: { addresses, names } });

    expect(afterPress(anExternal(), approve(), by('a'), writing(['ruth.abara+x@example.com']))).toEqual({ refused: 'writer' });
    expect(afterPress(anExternal(), approve(), by('a'), writing([], ['Ruth Abara']))).toEqual({ refused: 'writer' });
    expect(afterPress(anExternal(), approve(), by('c', 'Kim Park'), writing([], ['Kim Park']))).toEqual({ refused: 'writer' });
  });

  it('is refused to the same person by entry, by tag and by profile name', () => {
    const twoAddresses = anApprover('a', 'ruth.abara@example.com', { sids: [aSid('a'), aSid('d')] });
    const tagged = anApprover('e', 'ruth.abara+2@example.com');
    const file = anApprovalFile({ approvers: [twoAddresses, tagged, tom, legal] });
    const first = stored(afterPress(anExternal(), approve(), by('a', 'R. Abara'), pressFacts({ file })));
    const again = (who: { sid: string; name?: string | undefined }) => afterPress(first, approve(), who, pressFacts({ file }));

    expect([again(by('a')), again(by('d')), again(by('e')), again(by('c', 'Ruth Abara'))]).toEqual(
      Array.from({ length: 4 }, () => ({ refused: 'same person' })),
    );
  });

  it('is refused until every remark is ticked, and keeps what was ticked', () => {
    const facts = pressFacts({ remarks: ['ip 192.0.2.1', 'outage'] });

    expect(afterPress(anExternal(), approve({ ticked: ['outage', 'another'] }), by('a'), facts)).toEqual({
      refused: 'not ticked',
      left: ['ip 192.0.2.1'],
    });
    const after = stored(afterPress(anExternal(), approve({ ticked: ['outage', 'ip 192.0.2.1', 'another'] }), by('a'), facts));
    expect(after.request).toMatchObject({ approvals: [{ ticked: ['ip 192.0.2.1', 'outage'] }] });
  });

  it('does not count the approval of somebody whom the file names no more', () => {
    const first = stored(afterPress(anExternal(), approve(), by('c'), pressFacts()));
    const file = anApprovalFile({ approvers: [ruth, tom] });

    const after = stored(afterPress(first, approve(), by('a'), pressFacts({ file })));

    expect(after.request?.state).toBe('open');
  });

  it.each([
    ['over', { state: 'void', n: 1, content: aHash('1'), artefact: aHash('2'), because: 'changed', at: '2026-11-17T14:30:00Z' }],
    ['over', { state: 'lapsed', n: 1, content: aHash('1'), artefact: aHash('2'), at: '2026-11-17T14:30:00Z' }],
    ['over', { state: 'held', why: 'lint', at: '2026-11-17T14:30:00Z' }],
    [
      'enough',
      {
        state: 'approved',
        n: 1,
        content: aHash('1'),
        artefact: aHash('2'),
        approvals: [],
        at: '2026-11-17T14:30:00Z',
        releaseAt: '2026-11-17T14:40:00Z',
      },
    ],
    ['too late', { state: 'released', n: 1, content: aHash('1'), artefact: aHash('2'), approvals: [], at: '2026-11-17T14:30:00Z' }],
  ] as const)('is refused as %s', (refused, request) => {
    expect(afterPress(anExternal({ request: { ...request } as never }), approve(), by('a'), pressFacts())).toEqual({ refused });
  });
});

describe('the approvals that count at a release', () => {
  const approval = (letter: string, more = {}) => ({
    person: aSid(letter),
    sid: aSid(letter),
    at: '2026-11-17T14:30:00Z',
    content: aHash('1'),
    ticked: [],
    ...more,
  });
  const count = (approvals: ReturnType<typeof approval>[], facts = {}) =>
    validApprovals(anOpenRequest({ approvals }), { file: anApprovalFile(), writers: noWriters, remarks: [], ...facts }).length;

  it('are those of different persons', () => {
    expect(count([approval('a'), approval('b')])).toBe(2);
    expect(count([approval('a'), approval('a')])).toBe(1);
    expect(count([approval('a', { name: 'Kim Park' }), approval('b', { name: 'Park, Kim' })])).toBe(1);
  });

  it('are not those of another text, of writers, of strangers, or without a tick', () => {
    expect(count([approval('a', { content: aHash('f') }), approval('b')])).toBe(1);
    expect(count([approval('a'), approval('b')], { writers: { addresses: [], names: ['Tom Lindqvist'] } })).toBe(1);
    expect(count([approval('9'), approval('b')])).toBe(1);
    expect(count([approval('a'), approval('b', { ticked: ['outage'] })], { remarks: ['outage'] })).toBe(1);
  });
});

describe('taking away', () => {
  const approved = anExternal({
    request: {
      state: 'approved',
      n: 1,
      content: aHash('1'),
      artefact: aHash('2'),
      approvals: [],
      at: '2026-11-17T14:30:00Z',
      releaseAt: '2026-11-17T14:40:00Z',
    },
  });
  const shown = { n: 1, content: aHash('1'), artefact: aHash('2'), at: '2026-11-17T14:30:00Z' };

  it.each(['send back', 'stop'] as const)('%s ends a request, also in its hold, with a reason', (act) => {
    const after = stored(afterPress(approved, { act, n: 1, reason: 'names a customer' }, by('a'), pressFacts()));

    expect(after.request).toMatchObject({ n: 1, reason: 'names a customer', by: aSid('a') });
    expect(after.mails).toMatchObject([{ kind: 'review-void', n: 1 }]);
  });

  it('may be done by whoever wrote it', () => {
    const facts = pressFacts({ writers: { addresses: ['ruth.abara@example.com'], names: [] } });

    expect(afterPress(anExternal(), { act: 'stop', n: 1, reason: 'not yet' }, by('a'), facts)).not.toHaveProperty('refused');
  });

  it('withdraws what is public, under a higher number', () => {
    const after = stored(
      afterPress(anExternal({ shown }), { act: 'withdraw', version: 1, reason: 'wrong product' }, by('b'), pressFacts()),
    );

    expect(after).toMatchObject({ n: 2, withdrawn: { n: 2, reason: 'wrong product' }, request: { state: 'stopped' } });
    expect(publicVersionOf(after)).toBeUndefined();
  });

  it('counts what is leaving as shown', () => {
    const request = {
      state: 'releasing',
      n: 1,
      content: aHash('1'),
      artefact: aHash('2'),
      approvals: [],
      at: '2026-11-17T14:40:00Z',
    } as const;
    const acting = { by: 'a key', at: '2026-11-17T15:00:00Z' };

    const after = afterWithdrawal(anExternal({ request: { ...request, approvals: [] } }), { version: 1, reason: 'wrong' }, acting);

    expect(after).toMatchObject({ shown: { n: 1 }, withdrawn: { n: 2 }, request: { state: 'stopped', by: 'a key' } });
  });

  it('is refused where nothing is public, and for another version', () => {
    const press: NoticePress = { act: 'withdraw', version: 1, reason: 'wrong' };

    expect(afterPress(anExternal(), press, by('a'), pressFacts())).toEqual({ refused: 'not public' });
    expect(afterPress(anExternal({ shown: { ...shown, n: 3 } }), press, by('a'), pressFacts())).toEqual({ refused: 'other request' });
  });
});
