import { canonicalHash } from '../shared/canonical-hash.ts';
import { type FactName, type Facts, factNames, type InboundIncident, witnesses } from './inbound-incident.ts';

/**
 * Joins what was known with what is said now. Of each fact the one with the later instant of the
 * vendor stays. So the order in which events come, and how often, makes no difference: the function
 * is commutative, associative and idempotent.
 */
export function mergeFacts(known: Facts, said: Facts): Facts {
  const merged: Facts = { ...said, ...known };
  for (const name of factNames) Object.assign(merged, { [name]: later(name, known[name], said[name]) });
  return Object.fromEntries(Object.entries(merged).filter(([, fact]) => fact !== undefined));
}

export const merge = (incident: InboundIncident, said: Facts): InboundIncident => ({
  ...incident,
  facts: withoutSecrets(mergeFacts(incident.facts, said)),
});

type AnyFact = Facts[FactName];

function later(name: FactName, a: AnyFact, b: AnyFact): AnyFact {
  if (a === undefined || b === undefined) return a ?? b;
  const difference = Date.parse(a.at) - Date.parse(b.at) || rank(name, a) - rank(name, b) || (canonicalHash(a) < canonicalHash(b) ? -1 : 1);
  return difference < 0 ? b : a;
}

/**
 * Which of two of one instant counts: what proves more. Private counts against everything but an
 * operator, because a replica of the vendor's may answer late.
 */
function rank(name: FactName, { value, seen }: NonNullable<AnyFact>): number {
  const proof = witnesses.indexOf(seen);
  return name === 'private' && value === true && seen !== 'operator'
    ? witnesses.length + proof
    : proof + (seen === 'operator' ? 2 * witnesses.length : 0);
}

/** Of a private incident not even a title is kept. The API tells it again, should it be opened. */
function withoutSecrets(facts: Facts): Facts {
  if (facts.private?.value !== true) return facts;
  const { title: _, permalink: __, ...rest } = facts;
  return rest;
}
