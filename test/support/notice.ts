import type { ApprovalRequest } from '../../core/approval/approval-request.ts';
import type { ApprovalFile, Approver } from '../../core/approval/valid-approvals.ts';
import type { PressFacts } from '../../core/notice/after-press.ts';
import type { External } from '../../core/notice/external.ts';
import type { Writers } from '../../core/shared/persons.ts';

/** 64 hex digits that stand for a text. */
export const aHash = (letter: string): string => letter.repeat(64);
export const aSid = (letter: string): string => letter.repeat(32);

export const anApprover = (letter: string, address: string, more: Partial<Approver> = {}): Approver => ({
  person: aSid(letter),
  sids: [aSid(letter)],
  addresses: [address],
  names: [],
  ...more,
});

export const [ruth, tom, legal] = [
  anApprover('a', 'ruth.abara@example.com'),
  anApprover('b', 'tom.lindqvist@example.com'),
  anApprover('c', 'legal.duty@example.com'),
] as const;

export const anApprovalFile = (more: Partial<ApprovalFile> = {}): ApprovalFile => ({
  approvers: [ruth, tom, legal],
  approvals: 2,
  holdMs: 600_000,
  ...more,
});

export const noWriters: Writers = { addresses: ['ana.silva@example.com'], names: [] };

export const anExternal = (more: Partial<External> = {}): External => ({
  postmortem: 'checkout-down',
  version: 3,
  publicId: 'bcdfghjkmn',
  n: 1,
  seen: { content: aHash('1'), at: '2026-11-17T14:00:00Z' },
  writers: noWriters,
  request: anOpenRequest(),
  mails: [],
  ...more,
});

type Open = Extract<ApprovalRequest, { state: 'open' }>;
export const anOpenRequest = (more: Partial<Open> = {}): Open => ({
  state: 'open',
  n: 1,
  content: aHash('1'),
  artefact: aHash('2'),
  askedAt: '2026-11-17T14:10:00Z',
  reminded: 0,
  approvals: [],
  ...more,
});

export const pressFacts = (more: Partial<PressFacts> = {}): PressFacts => ({
  file: anApprovalFile(),
  writers: noWriters,
  remarks: [],
  now: new Date('2026-11-17T15:00:00Z'),
  ...more,
});
