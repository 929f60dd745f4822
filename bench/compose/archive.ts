import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoPostmortemIndex, dynamoPostmortemStore } from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoPeopleStore, dynamoSuppressionList } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoRenditionStore } from '../../adapters/dynamodb/rendition-store.ts';
import { dynamoReviewStore } from '../../adapters/dynamodb/review-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { weekOf } from '../../core/calendar/week.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import { scheduledEditionId } from '../../core/edition/edition-id.ts';
import { runOutbox } from '../../core/intake/run-outbox.ts';
import { takePostmortem } from '../../core/intake/take-postmortem.ts';
import { importPeople } from '../../core/people/import-people.ts';
import type { Postmortem } from '../../core/postmortem/postmortem.ts';
import type { SearchIndexWriter } from '../../core/search/ports.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { anEdition } from '../../test/support/delivery.ts';

const abreast = 16;

/** Works through a list, a few at a time. */
async function each<T>(list: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const rest = list.values();
  await Promise.all(
    Array.from({ length: abreast }, async () => {
      for (const one of rest) await work(one);
    }),
  );
}

/**
 * Takes postmortems in as intake does, at the instant that `changedAt` says, and pays what they
 * owe; the archive's index only where one is given.
 */
export const takeAll = (
  table: Table,
  all: readonly Postmortem[],
  distribution: Distribution,
  changedAt: (one: Postmortem) => Date,
  search: SearchIndexWriter = { put: async () => {}, hide: async () => {} },
) =>
  each(all, async (postmortem) => {
    const now = () => changedAt(postmortem);
    const postmortems = dynamoPostmortemStore(table);
    await takePostmortem(
      { postmortem, sections: [], recognised: [], missing: [], warnings: [] },
      { postmortems, revisions: { note: async () => {} }, distribution, now },
    );
    await runOutbox(postmortem.id, {
      postmortems,
      revisions: { note: async () => {} },
      actions: dynamoActionLedger(table),
      reviews: { store: dynamoReviewStore(table), distribution: async () => distribution, now },
      renditions: dynamoRenditionStore(table),
      search,
      editions: dynamoEditionStore(table, now),
      queue: { alert: async () => {}, published: async () => {} },
    });
  });

/**
 * The digests of earlier weeks, complete, each noted with what it carried. Rows of editions expire
 * after thirteen months, so older ones are gone.
 */
export async function tellAll(table: Table, all: readonly Postmortem[], zone: string, until: Date): Promise<number> {
  const oldest = until.getTime() - 400 * 24 * 3600 * 1000;
  const told = all.filter(({ publishedAt = '' }) => Date.parse(publishedAt) >= oldest);
  const weekIdOf = ({ publishedAt = '' }: Postmortem) => weekOf(new Date(publishedAt), zone);
  const weeks = new Map(told.map((one) => [weekIdOf(one).id, weekIdOf(one)]));
  await each([...weeks.values()], async ({ id, end }) => {
    const edition = anEdition({
      id: scheduledEditionId('engineering-digest', id),
      scheduledFor: end,
      composedAt: end,
      cutoff: end,
      completedAt: end,
      carries: [],
    });
    await dynamoEditionStore(table, () => until).create(edition);
  });
  await each(told, (one) =>
    dynamoPostmortemIndex(table).recordEdition(one.id, scheduledEditionId('engineering-digest', weekIdOf(one).id), 'carried'),
  );
  return weeks.size;
}

export const importAll = (table: Table, count: number, distribution: Distribution, now: Date) =>
  each(
    Array.from({ length: Math.ceil(count / 100) }, (_, n) => n),
    (batch) =>
      importPeople(
        Array.from({ length: 100 }, (_, n) => ({ line: n + 2, address: `reader${batch * 100 + n}@example.com`, role: 'engineering' })),
        distribution,
        {
          people: dynamoPeopleStore(table),
          suppressed: dynamoSuppressionList(table),
          secrets: { identity: 'identity', suppression: 'suppression' },
          now: () => toInstant(now),
        },
      ),
  );
