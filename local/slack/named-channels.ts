import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';

const namedIn = ({ slack, teams }: Pick<Distribution, 'slack' | 'teams'>): string[] => [
  ...(slack?.channels ?? []).map(({ channel }) => channel),
  ...(slack?.drafts?.channels ?? []),
  ...(teams ?? []).flatMap(({ channels }) => channels?.slack ?? []),
];

/**
 * Each channel once that the distribution file in force names. So a workspace has whatever channels
 * somebody tries.
 */
export const channelsNamed = (table: Table | undefined) => async (): Promise<string[]> => {
  const applied = table === undefined ? undefined : await dynamoDistributionStore(table).read();
  return applied === undefined ? [] : [...new Set(namedIn(applied.distribution))];
};
