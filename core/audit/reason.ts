import * as z from 'zod';
import { withoutUnseen } from '../postmortem/hidden-characters.ts';
import { isOneLine } from '../shared/text.ts';

const least = 3;

/** Why somebody did something, for the audit log, which holds no addresses. */
export const Reason = z
  .string()
  .trim()
  .min(least, { abort: true })
  .max(300)
  .refine(
    (text) => isOneLine(text) && !text.includes('@') && withoutUnseen(text).trim().length >= least,
    'one line without an address, such as "the mailbox was full and is cleared"',
  );
