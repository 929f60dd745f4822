import type { Flaw } from '../shared/errors.ts';
import type { Distribution } from './distribution.ts';
import { publicPageRulesOf } from './notice-rules.ts';
import { unknownProducts } from './products.ts';

/**
 * Warns of products that the file in force has and this one has not, where customers choose by
 * them: a choice is kept by its name. `inForce` undefined: no file was applied yet.
 */
export function productWarnings(inForce: Distribution | undefined, next: Distribution): Flaw[] {
  if (!inForce || !publicPageRulesOf(next)) return [];
  const before = (inForce.products ?? []).map(({ name }) => name);
  return unknownProducts(before, next.products).map((name) => ({
    field: 'products',
    problem: `have no ${JSON.stringify(name)} any more: customers who chose it get no other notice by that choice`,
    remedy: 'If it has another name now, ask them to choose that one, or keep its name.',
  }));
}
