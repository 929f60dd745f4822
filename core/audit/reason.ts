import * as z from 'zod';
import { isOneLine } from '../shared/text.ts';

/** Why an operator did something, for the audit log, which holds no addresses. */
export const Reason = z
  .string()
  .trim()
  .min(3)
  .max(300)
  .refine((text) => isOneLine(text) && !text.includes('@'), 'one line without an address, such as "the mailbox was full and is cleared"');
