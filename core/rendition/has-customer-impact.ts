import type { Postmortem } from '../postmortem/postmortem.ts';

const one = '(?:(?:our|the|any|external) )?(?:end[- ])?(?:customers?|users?|clients?)';
const people = `${one}(?:(?: and| or| nor|,(?: and| or)?) ${one})*`;
const it = '(?:anything|it|this|that|any of it|the (?:incident|outage|failure|problem|error))';
const was = '(?:was|were|is|are|has been|have been)';
const there = `(?:there ${was} |(?:it|this|the (?:incident|outage|failure|problem|error)) (?:had|has) )?`;
const seen = '(?:seen|noticed|felt|visible|noticeable) (?:by|to|for)';

/** Sentences by which authors say that customers noticed nothing, without their full stop. */
const saysNone = new RegExp(
  `^(?:${[
    'none(?: at all| whatsoever)?',
    'nothing',
    'n\\/?a',
    'not applicable',
    'internal(?: only)?',
    `${there}no (?:visible |noticeable )?(?:customer|user|client|external)(?:[- ](?:facing|visible))? (?:impact|effect)s?`,
    `${there}no (?:visible |noticeable )?(?:impact|effect)s? (?:on|to|for) ${people}`,
    `(?:no ${people}|nobody|no[ -]one) (?:${was} )?(?:affected|impacted|harmed)`,
    `(?:no ${people}|nobody|no[ -]one) (?:noticed|felt)(?: ${it})?`,
    `${people} (?:${was} (?:not|never)|wasn['’]t|weren['’]t|aren['’]t) (?:affected|impacted|harmed)`,
    `${people} ${was} unaffected`,
    `${people} (?:did not|didn['’]t|could not|couldn['’]t) (?:notice|feel)(?: ${it})?`,
    `${people} (?:never|have not|haven['’]t) (?:noticed|felt)(?: ${it})?`,
    `${people} (?:noticed|felt|saw) nothing of ${it}`,
    `${people} (?:noticed|felt) nothing`,
    `nothing (?:${was} )?${seen} ${people}`,
    `(?:(?:it|this|the (?:incident|outage|failure|problem|error)) ${was} )?(?:not ${seen}|invisible (?:to|for)) ${people}`,
  ].join('|')})$`,
  'i',
);

/** Longer texts tell of something. */
const longestNone = 300;

/** Whether each sentence of a text says so. A text that tells anything else as well does not. */
function saysNothingWasFelt(text: string): boolean {
  if (text.length > longestNone) return false;
  const sentences = text
    .split(/(?<=[.!;])\s+|\s+[-–—]+\s+|\n/)
    .map((sentence) => sentence.replace(/^[\s>*_•-]+|[\s*_.!;]+$/g, ''))
    .filter(Boolean);
  return sentences.length > 0 && sentences.every((sentence) => saysNone.test(sentence.replace(/\s+/g, ' ')));
}

/**
 * Whether customers felt an incident, as its postmortem tells it: it says so, or it counts some, or
 * it has words about them and does not say that nobody was affected.
 */
export function hasCustomerImpact({ customerImpact, support }: Pick<Postmortem, 'customerImpact' | 'support'>): boolean {
  const { text, customersAffected, externallyVisible } = customerImpact ?? {};
  if (externallyVisible === true || (customersAffected ?? 0) > 0) return true;
  if (externallyVisible === false || customersAffected === 0) return false;
  return support !== undefined || (text !== undefined && !saysNothingWasFelt(text));
}

/**
 * How many customers an incident affected. 0 where the document says that nobody was. Undefined if
 * it does not say.
 */
export function customersHarmed({ text, customersAffected, externallyVisible }: Impact): number | undefined {
  if (customersAffected !== undefined) return customersAffected;
  if (externallyVisible !== undefined) return externallyVisible ? undefined : 0;
  return text !== undefined && saysNothingWasFelt(text) ? 0 : undefined;
}
type Impact = {
  readonly [K in 'text' | 'customersAffected' | 'externallyVisible']?: NonNullable<Postmortem['customerImpact']>[K] | undefined;
};
