import { describe, expect, it } from 'vitest';
import { composeService } from '../../../core/compose/compose-single.ts';
import { readReceipt, receiptAbout } from '../../../core/review/receipt.ts';
import { renderService } from '../../../emails/render-service.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const details = {
  of: { fund: 1, 'accept the risk': 0, defer: 1, 'need more': 0 },
  undecided: 1,
  effectiveAt: '2026-11-27T07:00:00Z',
};
const receipt = { postmortem: 'redis-failover', press: '2026-11-26T10:00:00.123Z', decisions: 2, isSigned: true, details };

describe('what a receipt is about', () => {
  it('names the press and what it stored, in letters that a link may have', () => {
    for (const one of [
      receipt,
      { ...receipt, isSigned: false },
      { ...receipt, decisions: 0 },
      { postmortem: 'redis-failover', press: receipt.press, decisions: 2, isSigned: true },
      { ...receipt, postmortem: 'a'.repeat(64), decisions: 200 },
    ]) {
      expect(receiptAbout(one)).toMatch(/^[A-Za-z0-9_-]{1,120}$/);
      expect(readReceipt(receiptAbout(one))).toEqual(one);
    }
  });

  it.each(['', 'redis-failover', '_mhzx2k1c_2s', 'redis-failover_mhzx2k1c', 'Redis_mhzx2k1c_2', 'redis-failover_mhzx2k1c_2x'])(
    'is no press: "%s"',
    (about) => {
      expect(readReceipt(about)).toBeUndefined();
    },
  );
});

describe('the mail of a receipt', () => {
  const noNotices = { externals: { read: () => expect.unreachable() }, sids: () => expect.unreachable() };
  const compose = (change: Record<string, unknown> | undefined) => {
    const stored = change && {
      postmortem: aPostmortem({ id: receipt.postmortem, ...change }),
      revision: 1,
      updatedAt: '2026-11-20T10:00:00Z',
    };
    const wanted = {
      kind: 'receipt',
      about: receiptAbout(receipt),
      realm: 'staff',
      subscriber: 'a'.repeat(32),
      at: new Date(receipt.press),
    } as const;
    const deps = {
      renderService,
      ...noNotices,
      drift: { read: async () => undefined },
      heldMail: { read: async () => undefined },
      postmortems: { read: async () => stored as never },
    };
    return composeService(wanted, aDistribution(), deps);
  };

  it('says how much was sent on which postmortem, and leaves the title out once that is withheld', async () => {
    const composed = await compose({ title: 'Retries took checkout down' });
    const [block] = composed?.fragments?.blocks ?? [];
    expect(composed?.subject).toBe('Receipt: 2 decisions and a sign-off');
    expect(block).toMatchObject({ kind: 'fixed', names: { postmortems: [receipt.postmortem] } });
    const { fragment, names } = block?.kind === 'fixed' ? block : expect.unreachable();
    expect(fragment.html).toContain('Retries took checkout down');
    for (const says of [
      'Decided: 1 funded, 1 deferred. They count from Friday 27 November at 08:00, Berlin time.',
      'The sign-off ended the review at once, and 1 action stays undecided.',
    ])
      expect(fragment.text.replace(/\s+/g, ' ')).toContain(says);
    expect(JSON.stringify(names?.instead)).not.toContain('Retries');
    expect(JSON.stringify(names?.instead)).toContain('2 decisions and a sign-off');
  });

  it.each([{ restricted: true }, { status: 'draft' }, undefined])('has no title of what may not be told: %j', async (change) => {
    const composed = await compose(change && { title: 'Retries took checkout down', ...change });
    expect(JSON.stringify(composed)).not.toContain('Retries');
    expect(JSON.stringify(composed)).toContain('2 decisions and a sign-off');
  });
});
