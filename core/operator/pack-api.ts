import * as z from 'zod';
import { PlainDate } from '../shared/instant.ts';

export const packFormats = ['html', 'markdown'] as const;
export type PackFormat = (typeof packFormats)[number];

/**
 * GET /operator/pack?product=&since=&format=html|markdown, scope `read`: what was published for
 * customers about one product's incidents since a day, as one document that stands alone. It holds
 * public versions and nothing else. 404 if the file in force has no such product; it names those
 * that there are.
 */
export const PackAnswer = z.object({
  /** As the file spells it. */
  product: z.string(),
  since: PlainDate,
  incidents: z.int(),
  text: z.string(),
});
export type PackAnswer = z.infer<typeof PackAnswer>;
