/** Fields that several parts of the distribution file have. */
import * as z from 'zod';
import { isOneLine } from '../shared/text.ts';

/** What people and things are called. */
export const Label = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine(isOneLine, 'one line without control characters')
  .refine((text) => !text.includes('://'), 'a name, not an address of a page');

export const AddressField = z.email().max(254);

export const domain = z.string().regex(/^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a domain such as example.com, lower case');
