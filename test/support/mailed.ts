import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import type { Outcome } from '../../core/delivery/outcome.ts';
import type { Edition, EditionId } from '../../core/edition/edition.ts';
import { parseEditionId } from '../../core/edition/edition-id.ts';
import type { EditionFragments } from '../../core/mail/fragments.ts';
import type { PostmortemId } from '../../core/postmortem/postmortem.ts';
import type { SubscriberId } from '../../core/subscriber/subscriber.ts';
import { aLeaf, anEdition, linkingCard, someFragments, someMade } from './delivery.ts';

const now = () => new Date('2026-11-23T10:00:00Z');

interface Mailed {
  readonly edition?: EditionId;
  readonly to: readonly SubscriberId[];
  /** Its cards, in this order. */
  readonly cards: readonly PostmortemId[];
  /** The signs of the cards that these people got. @default all in full */
  readonly signs?: string;
  readonly outcome?: Outcome;
  readonly content?: Partial<EditionFragments>;
  readonly change?: Partial<Edition>;
}

/** Stores an edition that these people got, as compose and the lanes leave it. */
export async function mailed(
  table: Table,
  { edition: id = 'engineering-digest_2026-W47', to, cards, signs = '2'.repeat(cards.length), outcome, content, change }: Mailed,
): Promise<void> {
  const editions = dynamoEditionStore(table, now);
  const { stream = change?.stream, isTest } = parseEditionId(id);
  if (!stream) throw new Error(`${id} is of no stream`);
  const stored = await editions.putContent(id, someFragments({ blocks: cards.map(linkingCard), ...content }));
  const of = isTest && stream !== 'service' ? ({ stream: 'service', test: { stream } } as const) : { stream };
  await editions.create(anEdition({ id, ...of, carries: [], names: [...cards], content: stored, ...change }));
  const got: Outcome = outcome ?? { kind: 'accepted', attempt: 1, messageId: 'm', made: someMade({ cards: signs }) };
  const leaf = aLeaf({ state: 'done', outcomes: Object.fromEntries(to.map((sid) => [sid, got])) });
  await dynamoRangeLedger(table, now).create({ edition: id, slot: 'default', prefix: '' }, leaf);
}
