import type { PlainDate } from '../shared/instant.ts';

/** The name of a pack's file, without its ending: `billing-invoices-since-2026-07-01`. */
export const packName = (product: string, since: PlainDate): string =>
  `${
    product
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'product'
  }-since-${since}`;
