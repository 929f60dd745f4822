import type { SourceChange } from './changed-sources.ts';

const ledger = 'adapters/dynamodb/range-ledger.ts';
const ownedAndUnchanged = "'#version = :version AND #owner = :owner'";

/**
 * The safeguards that keep mail from being lost or doubled, each as the change that removes it. The
 * checker must notice.
 */
export const safeguards = {
  /**
   * A leaf is claimed by a conditional write: only if nobody has changed it, and no lease is
   * running.
   */
  'claim-condition': [
    {
      file: 'core/delivery/leaf.ts',
      from: "if (seen.leaseEndsAt > claim.now) return { answer: 'held', until: seen.leaseEndsAt };",
      to: '',
    },
    { file: ledger, from: 'stillAs(expected)),', to: 'leaf.step === 0 && leaf.leaseEndsAt > 0 ? undefined : stillAs(expected)),' },
  ],
  /** A row is replaced only if it is unchanged since it was read, whoever owns it. */
  'row-version': [{ file: ledger, from: ownedAndUnchanged, to: "'#owner = :owner AND (#version = :version OR #version <> :version)'" }],
  /** SES is called once for a mail. */
  'one-attempt': [{ file: 'adapters/ses/ses-mailer.ts', from: 'await call(form);', to: 'await call(form).catch(() => call(form));' }],
  /** Every SES event names the delivery that it is about. */
  tags: [
    {
      file: 'adapters/ses/raw-email-form.ts',
      from: 'Object.entries(tags).flatMap(',
      to: 'Object.entries(tags).slice(0, 0).flatMap(',
    },
  ],
  /** Mails leave at booked places. */
  pacer: [
    {
      file: 'adapters/dynamodb/pacer.ts',
      from: 'const span = exact(places * interval);',
      to: "const span = exact(places * interval);\n    if (span > 0) return { kind: 'booked', at: now() };",
    },
  ],
  /** A doubt is settled by what events proved. */
  evidence: [{ file: 'core/delivery/prove-doubts.ts', from: 'const proof = proofs.get(sid);', to: 'const proof = undefined;' }],
  /** Whether a reader gets a mail is read after the wait for the place, not before. */
  'read-after-wait': [
    {
      file: 'core/delivery/send-chunk.ts',
      from: '  await deps.waitUntil(work.places.at);\n  const facts = await deps.reader.read(work.edition, work.people);',
      to: '  const facts = await deps.reader.read(work.edition, work.people);\n  await deps.waitUntil(work.places.at);',
    },
  ],
  /** The shape of a range is decided once, by a write on condition that there is none yet. */
  'shape-once': [{ file: ledger, from: '...expiry() }, nobodyDecided),', to: '...expiry() }),' }],
  /** Whether an edition is superseded is read with each chunk. */
  'superseded-read': [
    {
      file: 'adapters/dynamodb/chunk-reader.ts',
      from: 'superseded: brakes.superseded !== undefined,',
      to: 'superseded: superseded.has(edition.id),',
    },
  ],
  /** A mail of reminders is named by its person and day, so that each run asks for the same one. */
  'reminders-named': [
    {
      file: 'core/edition/service-mail.ts',
      from: "if (kind === 'reminders') return remindersId(subscriber, about);",
      // A day of the month by the moment of the run: another one ten times a second.
      to: "if (kind === 'reminders') return remindersId(subscriber, `${about.slice(0, 6)}${10 + (Math.floor(at.getTime() / 100) % 19)}`);",
    },
  ],
} as const satisfies Record<string, readonly SourceChange[]>;

export type Safeguard = keyof typeof safeguards;
