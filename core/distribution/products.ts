import { foldedName } from '../shared/text.ts';
import type { Distribution } from './distribution.ts';

export type Products = NonNullable<Distribution['products']>;

/** A product with those of its services that are meant. */
export interface AffectedProduct {
  readonly name: string;
  readonly services: readonly string[];
}

/**
 * The products that services belong to, in the order of the file, and the services that belong to
 * none. Names are compared as follows and filters do.
 */
export function productsOf(
  services: readonly string[],
  products: Products = [],
): { readonly products: readonly AffectedProduct[]; readonly others: readonly string[] } {
  const ownerOf = new Map(products.flatMap(({ name, services: own }) => own.map((service) => [foldedName(service), name] as const)));
  const affected = products.map(({ name }) => ({
    name,
    services: services.filter((service) => ownerOf.get(foldedName(service)) === name),
  }));
  return {
    products: affected.filter(({ services: own }) => own.length > 0),
    others: services.filter((service) => !ownerOf.has(foldedName(service))),
  };
}

/** Which of these names no product of the file has, each once. */
export const unknownProducts = (names: readonly string[], products: Products = []): string[] =>
  [...new Set(names)].filter((name) => productsNamed([name], products).length === 0);

/** The products of the file that have these names, in its spelling. */
export const productsNamed = (names: readonly string[], products: Products = []): string[] => {
  const wanted = new Set(names.map(foldedName));
  return products.flatMap(({ name }) => (wanted.has(foldedName(name)) ? [name] : []));
};
