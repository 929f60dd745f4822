import type { Flaw } from '../shared/errors.ts';
import { correctionsOf } from './corrections.ts';
import type { Distribution } from './distribution.ts';
import { unknownServices } from './known-names.ts';

/**
 * Warns of what a file may say and hardly means: a product with a service that no team runs, and
 * corrections that tell nothing.
 */
export function contentWarnings(distribution: Distribution): Flaw[] {
  return [
    ...(distribution.products ?? []).flatMap((product, p) => serviceWarnings(product, p, distribution)),
    ...silenceWarnings(distribution),
  ];
}

const serviceWarnings = (
  { name, services }: NonNullable<Distribution['products']>[number],
  index: number,
  distribution: Distribution,
): Flaw[] =>
  unknownServices(services, distribution).map((unknown) => ({
    field: `products.${index}.services.${services.indexOf(unknown.name)}`,
    problem: `"${unknown.name}" of ${name} is in no team of the file`,
    remedy: unknown.meant === undefined ? 'Correct it, or name it in the team that runs it.' : `Did you mean ${unknown.meant}?`,
  }));

function silenceWarnings({ corrections }: Distribution): Flaw[] {
  if (corrections?.tell?.length !== 0) return [];
  return [
    {
      field: 'corrections.tell',
      problem: 'is empty: no later edition tells what was corrected, only that a preliminary account became final',
      remedy: `Name what is told, or leave it out for the usual: ${correctionsOf(undefined).tell.join(', ')}.`,
    },
  ];
}
