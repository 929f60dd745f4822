import { deliveryOf, type History, type Violation } from './history.ts';

const most = 20;

/** Each violation with everything known about its delivery, the first twenty in full. */
export function printed(violations: readonly Violation[], history: History): string {
  const told = violations
    .slice(0, most)
    .map((violation) => [headline(violation), ...historyOf(violation, history).map((line) => `    ${line}`)].join('\n'));
  const rest = violations.length - told.length;
  return [...told, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}

const headline = ({ invariant, edition, subscriber, what }: Violation) =>
  [invariant, edition, subscriber, what].filter((part) => part !== undefined).join('  ');

function historyOf({ edition, subscriber }: Violation, { editions, accepted, waits, calls, exclusions }: History): string[] {
  const facts = editions.find((one) => one.edition.id === edition);
  if (edition === undefined || subscriber === undefined || facts === undefined) return [];
  const key = deliveryOf({ edition, subscriber });
  const rows = facts.leaves.filter(({ leaf }) => leaf.outcomes[subscriber] ?? leaf.submitting[subscriber]);
  return [
    ...rows.map(({ prefix, leaf }) => {
      const { version, step, state } = leaf;
      return `row ${prefix || '-'}: ${JSON.stringify({ version, step, state, outcome: leaf.outcomes[subscriber], submitting: leaf.submitting[subscriber] })}`;
    }),
    `evidence: ${JSON.stringify(facts.evidence.get(subscriber) ?? null)}`,
    ...waits
      .filter((wait) => wait.edition === edition && wait.people.includes(subscriber))
      .map(({ at }) => `${iso(at)} the wait of their chunk ended`),
    ...calls.filter((call) => deliveryOf(call) === key).map(({ at, attempt }) => `${iso(at)} a call began, attempt ${attempt}`),
    ...accepted
      .filter((line) => deliveryOf(line) === key)
      .map((line) => `${line.acceptedAt} accepted, attempt ${line.attempt}, ${line.sha256.slice(0, 16)}`),
    ...exclusions.filter((one) => one.subscriber === subscriber).map(({ answeredAt }) => `${iso(answeredAt)} excluded`),
  ];
}

const iso = (ms: number) => new Date(ms).toISOString();
