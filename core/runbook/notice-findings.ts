import type { Distribution } from '../distribution/distribution.ts';
import { unknownProducts } from '../distribution/products.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Finding } from './finding.ts';
import { shown } from './words.ts';

/** What customers can read. */
export interface NoticeFacts {
  /** Postmortems that are hidden from staff, and have a notice that is public. */
  readonly hidden: readonly PostmortemId[];
  /** The products of each public notice. */
  readonly products: readonly (readonly string[])[];
  /** Postmortems of which customers read another version than their row at rest knows. */
  readonly astray: readonly PostmortemId[];
}

const mostNamed = 5;

/**
 * Public notices whose postmortem was restricted or made a draft since, and products that the file
 * does not name any more: whoever chose such a product gets no later notice by that choice.
 */
export const noticeFindings = ({ products: named }: Distribution, { hidden, products, astray }: NoticeFacts): Finding[] => [
  ...astrayFindings(astray),
  ...hiddenFindings(hidden),
  ...unknownProducts(products.flat(), named).map((name): Finding => {
    const count = products.filter((all) => all.includes(name)).length;
    return {
      kind: 'product-unknown',
      area: 'notices',
      urgency: 'soon',
      what: `The product ${shown(name)} is not in the file, and ${count === 1 ? '1 public notice is' : `${count} public notices are`} about it`,
      why: 'customers who chose it get no other notice by that choice',
      remedy: 'If it has another name now, ask them to choose that one, or give the product its old name back and apply the file.',
    };
  }),
];

function astrayFindings(astray: readonly PostmortemId[]): Finding[] {
  const count = astray.length;
  if (count === 0) return [];
  return [
    {
      kind: 'notice-astray',
      area: 'notices',
      urgency: 'now',
      what: `Of ${count === 1 ? '1 notice' : `${count} notices`} customers read a version that nobody let go, or that was withdrawn`,
      why: 'no function of ours leaves the public version and its row apart, so somebody else wrote one of them',
      remedy:
        'See who may write the table. To take it away: delete its row CURRENT below REND#customers#ID; docs/data-model.md has the keys.',
      postmortems: astray.slice(0, mostNamed),
    },
  ];
}

function hiddenFindings(hidden: readonly PostmortemId[]): Finding[] {
  const count = hidden.length;
  if (count === 0) return [];
  return [
    {
      kind: 'notice-of-hidden',
      area: 'notices',
      urgency: 'later',
      what: `${count === 1 ? '1 public notice is about a postmortem that is' : `${count} public notices are about postmortems that are`} restricted or a draft now`,
      why: 'customers can still read it',
      remedy: 'Where they should not: afterword notices withdraw POSTMORTEM --reason TEXT. Otherwise nothing is to be done.',
      postmortems: hidden.slice(0, mostNamed),
    },
  ];
}
