import type { Postmortem } from '../postmortem/postmortem.ts';

/** Whole texts by which authors say that customers noticed nothing. */
const saysNone =
  /^(?:none|nothing|n\/?a|not applicable|internal only|no (?:customer|user|external|customer-facing|user-facing) impact|no impact (?:on|to|for) (?:customers|users)|no (?:customers|users) (?:were|was) (?:affected|impacted)|customers (?:were not affected|noticed nothing))[.!]?$/i;

/**
 * Whether customers felt an incident, as its postmortem tells it: it says so, or it counts some, or
 * it has words about them and does not say that nobody was affected.
 */
export function hasCustomerImpact({ customerImpact, support }: Pick<Postmortem, 'customerImpact' | 'support'>): boolean {
  const { text, customersAffected, externallyVisible } = customerImpact ?? {};
  if (externallyVisible === true || (customersAffected ?? 0) > 0) return true;
  if (externallyVisible === false || customersAffected === 0) return false;
  return support !== undefined || (text !== undefined && !saysNone.test(text.trim()));
}
