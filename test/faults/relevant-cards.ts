import { dynamoRelevance } from '../../adapters/dynamodb/relevance-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { type Reason, reasonKeyOf } from '../../core/relevance/reason.ts';
import type { RelevantTeam } from '../../core/relevance/relevance.ts';
import { topicOf } from '../../core/subscriber/topic.ts';

/** Of a reader's number. Every fourth is in none. */
export const teamOfReader = (n: number): { readonly team?: string } => {
  const team = ['Storefront', 'Payments', 'Data'][n % 4];
  return team === undefined ? {} : { team };
};

/** Of each postmortem as the run publishes it first. Beside another revision its row would not count. */
const revision = 1;
/** No run of `relevance` began later, so what it finds out by itself takes no row's place. */
const at = '9000-01-01T00:00:00.000Z';

/**
 * Makes a week's postmortems matter to teams, each in its own way: one that is restricted while its
 * mails leave, one whose reason names that one, and one whose reason some readers called not
 * relevant (reader-choices.ts).
 */
export async function tellTeams(table: Table, week: string): Promise<void> {
  const named = `${week}-1`;
  const before = { kind: 'had it before', mode: 'failover-failed', postmortem: named } as const;
  const runs = (n: number) => ({ kind: 'runs', service: `service-${n}` }) as const;
  const teams: Readonly<Record<number, readonly RelevantTeam[]>> = {
    1: [teamWith('Storefront', 6, runs(1)), teamWith('Payments', 3, runs(1))],
    2: [teamWith('Payments', 5, before), teamWith('Data', 4, before)],
    3: [teamWith('Storefront', 7, runs(3)), teamWith('Payments', 4, runs(3))],
  };
  for (const [n, told] of Object.entries(teams)) {
    const row = { postmortem: `${week}-${n}`, revision, at, terms: [], teams: told, similar: [] };
    await dynamoRelevance(table).put(row);
  }
}

function teamWith(name: string, score: number, reason: Reason): RelevantTeam {
  const team = topicOf('team', name);
  if (team === undefined) throw new Error(`no topic is about ${name}`);
  const told = { reason, key: reasonKeyOf(reason), sentence: `Why it matters to ${name}: ${reason.kind}.` };
  const instead = reason.kind === 'had it before' && { instead: `Why it matters to ${name}.` };
  return { team, name, score, reasons: [{ ...told, ...instead }] };
}
