import type { Reason } from '../../core/relevance/reason.ts';
import { reasonKeyOf } from '../../core/relevance/reason.ts';
import type { Relevance, RelevantTeam, ToldReason } from '../../core/relevance/relevance.ts';
import { quoted } from '../../core/relevance/sentence.ts';
import { topicOf } from '../../core/subscriber/topic.ts';
import { seeded } from './incidents.ts';

const words =
  'invoice ledger basket session payout courier replica shard broker token refund catalogue pricing search metric alert gateway worker cache index'.split(
    ' ',
  );

export const teamNamed = (n: number): string => `${words[n % words.length]} team ${n}`;

interface Company {
  readonly teams: number;
  /** To how many of them a postmortem matters. */
  readonly each: number;
  /** What was published before. */
  readonly earlier: readonly { readonly id: string; readonly title: string }[];
}

/**
 * To which of so many teams the n-th postmortem of a week matters: `each` of them, with three
 * reasons of 200 to 300 characters. Every third reason names an earlier postmortem by its title.
 */
export function aRelevance(postmortem: string, n: number, { teams, each, earlier }: Company): Relevance {
  const titles = new Map(earlier.map(({ id, title }) => [id, title]));
  const random = seeded(n + 1);
  const upTo = (most: number) => Math.floor(random() * most);
  const name = () => `${words[upTo(words.length)]}-${words[upTo(words.length)]}-${upTo(5000)}`;
  const reasonOf = (kind: number): Reason => {
    const before = kind === 0 && earlier[upTo(earlier.length)];
    if (before) return { kind: 'had it before', mode: 'failover-failed', postmortem: before.id };
    if (kind === 1) return { kind: 'depends', service: name(), on: name(), path: [name(), name(), name()] };
    return { kind: 'same failure', service: name(), technology: 'redis-sentinel', mode: 'failover-failed' };
  };
  const filler = () => Array.from({ length: 16 }, () => words[upTo(words.length)]).join(' ');
  const told = (kind: number): ToldReason => {
    const reason = reasonOf(kind);
    const about =
      reason.kind === 'had it before'
        ? `You had a failover that failed before, in ${quoted(titles.get(reason.postmortem) ?? '')}: `
        : `Your ${reasonKeyOf(reason)} `;
    const sentence = `${about}${filler()} ${filler()}`.slice(0, 200 + upTo(100));
    const instead = reason.kind === 'had it before' && { instead: `You had a failover that failed before: ${filler()}.` };
    return { reason, key: reasonKeyOf(reason), sentence, ...instead };
  };
  const first = Math.floor((n * each) % teams);
  const found = Array.from({ length: each }, (_, at): RelevantTeam[] => {
    const team = topicOf('team', teamNamed((first + at) % teams));
    const kind = upTo(3);
    const reasons = [0, 1, 2].map((more) => told((kind + more) % 3));
    return team ? [{ team, name: teamNamed((first + at) % teams), score: 3 + upTo(600) / 100, reasons }] : [];
  });
  const sorted = found.flat().toSorted((a, b) => b.score - a.score);
  return { postmortem, revision: 1, at: '2026-11-20T09:00:00Z', terms: ['failover-failed'], teams: sorted, similar: [] };
}
