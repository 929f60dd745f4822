import type { ReachAnswer } from '../../../core/operator/api.ts';
import { columns, printableLine } from '../printable.ts';
import { countsLine } from './counts-line.ts';

type Estimate = ReachAnswer['teams'][number]['opens'];

/** What SES told of an edition's mails, by team and never by person. */
export function reachLines({ mails, states, opens, teams }: ReachAnswer): string[] {
  if (mails === 0) return [];
  const total = opens
    ? `opened (estimate): ${opens['likely human']} likely human, ${opens.machine} machine, ${opens.unknown} unknown`
    : 'opened (estimate): not told, because so few got it that it would tell who';
  const row = ({ team, mails: sent, opens: some }: ReachAnswer['teams'][number]) => [printableLine(team), String(sent), ...numbers(some)];
  const table =
    teams.length > 0 ? ['', ...columns(['OPENED (ESTIMATE)', 'MAILS', 'LIKELY HUMAN', 'MACHINE', 'UNKNOWN'], teams.map(row))] : [];
  return [`told by SES: ${countsLine(states)}`, total, ...table];
}

const numbers = (opens: Estimate) => [opens['likely human'], opens.machine, opens.unknown].map(String);
