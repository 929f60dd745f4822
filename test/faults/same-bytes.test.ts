/** How the checker judges bytes. F32 shows the other invariants, each without its safeguard. */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { mailMaker } from '../../core/delivery/make-mail.ts';
import type { Outcome } from '../../core/delivery/outcome.ts';
import { mimeBytes } from '../../core/mail/mail-text.ts';
import type { TruthLine } from '../../local/ses/mailbox.ts';
import { aLeaf, anEdition, aProfile, someFragments } from '../support/delivery.ts';
import { oneEngine } from '../support/one-engine.ts';
import { bytesAreReproduced } from './check/same-bytes.ts';

const edition = anEdition();
const fragments = someFragments();
const profile = aProfile();
const makeMail = mailMaker({
  publicUrl: 'https://mail.example.com',
  sender: { name: 'Lessons', address: 'lessons@example.com' },
  keys: { kid: 'k1', key: 'x'.repeat(32) },
});

/** An attempt as it was made, and as the server logged it. */
function submitted(attempt: number) {
  const mail = makeMail(edition, fragments, profile, { withheld: new Set(), attempt, issuedAt: 1_800_000_000 + 60 * attempt });
  if (mail.kind !== 'mail') throw new Error('there is nothing to send');
  const line: TruthLine = {
    edition: edition.id,
    slot: 'default',
    subscriber: profile.sid,
    attempt,
    to: mail.to,
    acceptedAt: '2026-11-23T08:05:00Z',
    sha256: createHash('sha256').update(mimeBytes(mail.mime)).digest('hex'),
  };
  return { made: mail.made, line };
}
const [first, second] = [submitted(1), submitted(2)];

describe('I5', () => {
  const freshTable = oneEngine();
  let table: Table;
  beforeEach(async () => {
    table = await freshTable();
    await dynamoPeopleStore(table).writeProfile(profile, 0);
  });

  const check = (outcome: Outcome, accepted: readonly TruthLine[]) => {
    const leaves = [{ slot: 'default', prefix: '', leaf: aLeaf({ state: 'done', outcomes: { [profile.sid]: outcome } }) }];
    const facts = { edition, fragments, audience: new Set<string>(), leaves, splits: [], evidence: new Map() };
    const history = {
      editions: [facts],
      promised: [],
      accepted,
      waits: [],
      exclusions: [],
      calls: [],
      incidents: [],
      pauses: [],
      maxSendRate: 10,
      overRate: 0,
    };
    return bytesAreReproduced(history, table, makeMail);
  };
  const accepted = (attempt: number, { made }: typeof first): Outcome => ({ kind: 'accepted', attempt, messageId: 'm', made });

  it('holds where the attempt that was accepted is made again, be it the first or the second', async () => {
    expect(await check(accepted(1, first), [first.line])).toEqual({ violations: [], compared: 1, leftOut: 0 });
    expect(await check(accepted(2, second), [second.line])).toEqual({ violations: [], compared: 1, leftOut: 0 });
  });

  it('compares a second copy with its own bytes, and says that what was made for the first is not kept', async () => {
    expect(await check(accepted(2, second), [first.line, second.line])).toEqual({ violations: [], compared: 1, leftOut: 1 });
    const { violations } = await check(accepted(2, first), [first.line, second.line]);
    expect(violations).toMatchObject([{ invariant: 'I5', what: 'attempt 2 makes other bytes than were accepted' }]);
  });

  it('compares each copy of an attempt that the server accepted twice', async () => {
    const { compared, violations } = await check(accepted(1, first), [first.line, { ...first.line, sha256: 'other' }]);
    expect([compared, violations.length]).toEqual([2, 1]);
  });

  it.each([
    ['of nothing', [], 'none'],
    ['of another attempt', [first.line], '1'],
  ])('is broken where the ledger says accepted and the server knows %s', async (_what, lines, known) => {
    const { violations } = await check(accepted(2, second), lines);
    expect(violations).toMatchObject([
      {
        invariant: 'I5',
        subscriber: profile.sid,
        what: `the ledger says that attempt 2 was accepted, the server knows attempts: ${known}`,
      },
    ]);
  });

  it('has nothing to say of a doubt that the server never accepted', async () => {
    expect(await check({ kind: 'unconfirmed', attempt: 1, made: first.made }, [])).toEqual({ violations: [], compared: 0, leftOut: 0 });
  });
});
