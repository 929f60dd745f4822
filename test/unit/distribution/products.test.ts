import { expect, it } from 'vitest';
import { productsOf } from '../../../core/distribution/products.ts';

const products = [
  { name: 'Checkout', services: ['cart', 'payments'] },
  { name: 'Search', services: ['search'] },
];

it('names the products of services in the order of the file, and the services of none', () => {
  expect(productsOf(['search', 'ledger', 'Payments'], products)).toEqual({
    products: [
      { name: 'Checkout', services: ['Payments'] },
      { name: 'Search', services: ['search'] },
    ],
    others: ['ledger'],
  });
});

it('knows no product where the file names none', () => {
  expect(productsOf(['cart'], undefined)).toEqual({ products: [], others: ['cart'] });
});
