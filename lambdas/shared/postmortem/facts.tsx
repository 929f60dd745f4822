/** @jsxImportSource hono/jsx */
import { printDayOf, printLength, printMoment } from '../../../core/calendar/print.ts';
import { roughLengthOf } from '../../../core/content/incident-time.ts';
import { type Products, productsOf } from '../../../core/distribution/products.ts';
import type { EngineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { asGiven } from '../../../core/shared/instant.ts';

/** Facts of any rendition. A fact that an audience may not see has no line. */
type Known = Pick<EngineeringRendition, 'services' | 'startedAt' | 'mitigatedAt' | 'resolvedAt'> &
  Partial<Pick<EngineeringRendition, 'regions' | 'owningTeam' | 'customersAffected' | 'publishedAt' | 'authors' | 'tags'>>;

/** When it was, how long it lasted and whom it affected. Only known facts are shown. */
export const Facts = ({ of, now, zone, products }: { of: Known; now: Date; zone: string; products?: Products | undefined }) => {
  const { startedAt, services, owningTeam, customersAffected, regions = [], publishedAt, authors = [], tags = [] } = of;
  const length = roughLengthOf(of);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Began', startedAt && printMoment(startedAt, now, zone)],
    ['Lasted', length === undefined ? undefined : printLength(length)],
    [
      'Products',
      productsOf(services, products)
        .products.map(({ name }) => name)
        .join(', '),
    ],
    ['Services', services.join(', ')],
    ['Team', owningTeam],
    ['Customers', customersAffected === undefined ? undefined : `${customersAffected.toLocaleString('en')} affected`],
    ['Regions', regions.join(', ')],
    ['Technologies', tags.join(', ')],
    ['Written by', authors.join(', ')],
    ['Published', publishedAt && printDayOf(asGiven(publishedAt), now, zone)],
  ];
  return (
    <dl>
      {facts.map(([name, value]) =>
        value ? (
          <>
            <dt>{name}</dt>
            <dd dir="auto">{value.replace(/\s+/g, ' ')}</dd>
          </>
        ) : null,
      )}
    </dl>
  );
};
