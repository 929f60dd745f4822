import { describe, expect, it } from 'vitest';
import type { ApprovalFile } from '../../../core/approval/valid-approvals.ts';
import { afterPress } from '../../../core/notice/after-press.ts';
import { usualPace } from '../../../core/notice/due.ts';
import type { External } from '../../../core/notice/external.ts';
import { afterLookStep, beginLook, type LookStep, nextLookStep } from '../../../core/notice/look-step.ts';
import { aHash, anApprovalFile, anExternal, anOpenRequest, legal, noWriters, pressFacts, ruth, tom } from '../../support/notice.ts';

const minuteMs = 60_000;
const pressedAt = '2026-11-17T15:00:00.000Z';
const oldEnd = '2026-11-17T15:10:00.000Z';
const approval = (who: typeof ruth) => ({ person: who.person, sid: who.person, at: pressedAt, content: aHash('1'), ticked: [] });
const held = (): External =>
  anExternal({
    request: { ...asked, state: 'approved', approvals: [approval(ruth), approval(tom)], at: pressedAt, releaseAt: oldEnd },
  });
const asked = { n: 1, content: aHash('1'), artefact: aHash('2') };

/** The first step of a look at this row, with the file as it is now. */
function lookAt(row: External, file: ApprovalFile | undefined, now = '2026-11-17T15:05:00.000Z'): LookStep {
  const facts = { now: new Date(now), pace: usualPace };
  const standing = { is: 'tellable', content: aHash('1'), writers: noWriters, hasProducts: true, hasChange: false } as const;
  const read = afterLookStep(beginLook('bcdfghjkmn'), { kind: 'row read', row }, facts, row.postmortem);
  return nextLookStep(afterLookStep(read, { kind: 'document read', standing, file }, facts, row.postmortem), facts);
}
const written = (step: LookStep): External | undefined => (step.do === 'write' ? step.row : undefined);

describe('a hold', () => {
  it('lasts longer once the file says so, and approvers are told until when', () => {
    const row = written(lookAt(held(), anApprovalFile({ holdMs: 60 * minuteMs })));

    expect(row?.request).toMatchObject({ state: 'approved', releaseAt: '2026-11-17T16:00:00Z', approvals: [{}, {}] });
    expect(row?.mails).toEqual([{ kind: 'review-hold', n: 1, at: '2026-11-17T15:05:00Z' }]);
  });

  it('lasts longer where the file is looked at only when it would have ended, and then once', () => {
    const file = anApprovalFile({ holdMs: 60 * minuteMs });
    const row = written(lookAt(held(), file, oldEnd));

    expect(row?.request).toMatchObject({ releaseAt: '2026-11-17T16:00:00Z' });
    expect(lookAt({ ...(row as External), mails: [] }, file, oldEnd)).toMatchObject({ do: 'end', how: 'rests' });
  });

  it('never ends sooner than it was told', () => {
    expect(lookAt(held(), anApprovalFile({ holdMs: 5 * minuteMs }), '2026-11-17T15:06:00.000Z')).toMatchObject({ do: 'end', how: 'rests' });
    expect(lookAt(held(), anApprovalFile({ holdMs: 5 * minuteMs }), oldEnd)).toMatchObject({ do: 'check' });
  });
});

describe('an open request', () => {
  const open = (...approved: (typeof ruth)[]) => anExternal({ request: anOpenRequest({ approvals: approved.map(approval) }) });

  it('ends where too few approvers are left, and they are told', () => {
    const row = written(lookAt(open(ruth), anApprovalFile({ approvers: [tom] })));

    expect(row?.request).toMatchObject({ state: 'void', because: 'approver left' });
    expect(row?.mails).toMatchObject([{ kind: 'review-void' }]);
  });

  it('ends where more have to approve than there are', () => {
    expect(written(lookAt(open(), anApprovalFile({ approvals: 4 })))?.request).toMatchObject({ state: 'void', because: 'approver left' });
  });

  it('goes on with those who are left, where they are enough', () => {
    expect(lookAt(open(), anApprovalFile({ approvers: [tom, legal] }))).toMatchObject({ do: 'end', how: 'rests' });
  });

  it('is not approved by a lower number, but by the next press', () => {
    const file = anApprovalFile({ approvals: 1 });

    expect(lookAt(open(ruth), file)).toMatchObject({ do: 'end', how: 'rests' });
    const press = { act: 'approve', n: 1, content: aHash('1'), ticked: [] } as const;
    expect(afterPress(open(ruth), press, { sid: tom.person }, pressFacts({ file }))).toMatchObject({ request: { state: 'approved' } });
  });

  it('needs as many presses as a higher number says', () => {
    const press = { act: 'approve', n: 1, content: aHash('1'), ticked: [] } as const;
    const after = afterPress(open(ruth), press, { sid: tom.person }, pressFacts({ file: anApprovalFile({ approvals: 3 }) }));

    expect(after).toMatchObject({ request: { state: 'open', approvals: [{}, {}] } });
  });
});

describe('a release', () => {
  /** The last step of a release in which the check and the artefact are in order. */
  function releaseOf(row: External, file: ApprovalFile): LookStep {
    const facts = { now: new Date(oldEnd), pace: usualPace };
    const standing = { is: 'tellable', content: aHash('1'), writers: noWriters, hasProducts: true, hasChange: false } as const;
    let state = beginLook('bcdfghjkmn');
    for (const event of [
      { kind: 'row read', row },
      { kind: 'document read', standing, file },
      { kind: 'checked', check: { refuse: [], look: [] } },
      { kind: 'artefact read', stored: { content: aHash('1'), look: [] } },
    ] as const)
      state = afterLookStep(state, event, facts, row.postmortem);
    return nextLookStep(state, facts);
  }

  it.each([
    ['more have to approve by now', anApprovalFile({ approvals: 3 })],
    ['an approver was taken out', anApprovalFile({ approvers: [ruth, legal] })],
  ])('is none where %s', (_, file) => {
    expect(written(releaseOf(held(), file))?.request).toMatchObject({ state: 'void', because: 'approver left' });
  });

  it('is one where fewer have to', () => {
    expect(written(releaseOf(held(), anApprovalFile({ approvals: 1 })))?.request).toMatchObject({ state: 'releasing' });
  });
});
