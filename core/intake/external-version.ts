import { named } from '../content/prose.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { noticeRulesOf } from '../distribution/notice-rules.ts';
import { unknownProducts } from '../distribution/products.ts';
import { lintAtOnce } from '../notice/lint/lint.ts';
import { lintContextOf } from '../notice/lint/lint-context.ts';
import { noticeContentOf } from '../notice/notice-content.ts';
import type { Remark } from '../notice/ports.ts';
import type { Postmortem } from '../postmortem/postmortem.ts';
import { type Flaw, Refused } from '../shared/errors.ts';

/**
 * Throws `Refused` if the external version names a product that the distribution file does not
 * have, or a writer outside the organisation. Without a file nothing is known, so nothing is
 * refused.
 */
export function checkExternal({ external }: Postmortem, distribution: Distribution | undefined): void {
  if (!external || !distribution) return;
  const { products = [], organisation } = distribution;
  const known = products.map(({ name }) => name);
  const unknown = unknownProducts(external.products ?? [], products).map(
    (name): Flaw => ({
      field: 'external.products',
      problem: `"${name}" is no product of the distribution file`,
      remedy: known.length === 0 ? 'Leave it out: the file has no products.' : `Use one of ${named(known, mostNamed)}, or leave it out.`,
    }),
  );
  const outside = (external.writtenBy ?? [])
    .filter((address) => !organisation.domains.includes(address.slice(address.lastIndexOf('@') + 1)))
    .map(
      (address): Flaw => ({
        field: 'external.writtenBy',
        problem: `${address} is not in a domain of the organisation`,
        remedy: `Name who wrote it, with an address in ${organisation.domains.join(' or ')}.`,
      }),
    );
  if (unknown.length + outside.length > 0) throw new Refused('content', [...unknown, ...outside]);
}
const mostNamed = 20;

/**
 * Sentences for the author of an external version that is ready: who would be asked to approve it,
 * or why nobody, and what the lint finds. They quote the text, so nobody else is told.
 */
export function externalOutlook(postmortem: Postmortem, distribution: Distribution | undefined): string[] {
  const rules = distribution && noticeRulesOf(distribution);
  if (!postmortem.external?.ready) return [];
  if (!distribution || !rules) return ['external: nobody is asked to approve it, because the distribution file names no approvers.'];
  const content = noticeContentOf({ postmortem }, nobody, distribution);
  if (!content) return ['external: nobody is asked to approve it while the postmortem may not be told.'];
  const remarks = lintAtOnce(content, lintContextOf({ postmortem }, distribution));
  return [
    askedLine(postmortem, content.products, rules, remarks),
    ...remarks.slice(0, mostTold).map(remarkLine),
    ...moreLine(remarks.length - mostTold),
  ];
}
/** Stands for the id that the notice will have. */
const nobody = 'bcdfghjkmn';
const mostTold = 20;

function askedLine(
  { external }: Postmortem,
  products: readonly string[],
  { approvers, approvals }: NonNullable<ReturnType<typeof noticeRulesOf>>,
  remarks: readonly Remark[],
): string {
  const writers = external?.writtenBy ?? [];
  const held = (why: string) => `external: nobody is asked to approve it: ${why}.`;
  if (writers.length === 0) return held('writtenBy does not say who wrote it');
  if (products.length === 0) return held('it concerns no product of the distribution file; name one in external.products');
  if (remarks.some(({ level }) => level === 'refuse')) return held('it has what must not leave, as told below');
  const able = approvers.filter(({ address, also = [] }) => ![address, ...also].some((one) => writers.includes(one.toLowerCase())));
  if (able.length < approvals) return held(`${approvals} approvals are needed, and ${able.length} of the approvers did not write it`);
  const asked = named(
    able.map(({ address }) => address),
    mostNamed,
  );
  return `external: ${asked} would be asked to approve it for customers of ${named(products, mostNamed)}; ${approvals === 1 ? 'one of them has to' : `${approvals} of them have to`}.`;
}

const remarkLine = ({ level, rule, part, found, remedy }: Remark): string =>
  `external.${part}: "${found.replace(/\s+/g, ' ').slice(0, 120)}" ${level === 'refuse' ? 'must not leave' : 'is to be looked at'} (${rule}). ${remedy}`;
const moreLine = (more: number): string[] => (more > 0 ? [`external: and ${more} more such remarks.`] : []);
