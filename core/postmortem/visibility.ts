import { squeezeName } from './field-names.ts';

/** Words for a visibility, as people write them; a language is added by adding its words. */
const open = ['public', 'internal', 'company', 'companywide', 'everyone', 'open', 'organisation', 'organization', 'öffentlich', 'intern'];
/** These say so by themselves, wherever they stand alone. */
const notices = [
  'restricted',
  'confidential',
  'vertraulich',
  'confidentiel',
  'confidentielle',
  'confidencial',
  'riservato',
  'vertrouwelijk',
  'poufne',
  '機密',
  '極秘',
];
/** These say so only of a visibility: a subnet may be private, too. */
const closed = [...notices, 'private', 'secret', 'privat', 'privé', 'privado', 'geheim', 'tlpred', 'tlpamber', 'tlpamberstrict'];

/** Whether a word for a visibility restricts; nothing when it is not understood, which counts as restricted. */
export function isRestrictedBy(visibility: unknown): boolean | undefined {
  if (typeof visibility !== 'string') return undefined;
  const word = wordOf(visibility);
  if (open.includes(word)) return false;
  return closed.includes(word) ? true : undefined;
}

/** Whether a text is nothing but a word such as "confidential" or "strictly confidential". */
export const isNotice = (text: string): boolean => notices.includes(wordOf(text));

/** A question is no answer. */
const wordOf = (text: string): string => (text.includes('?') ? '' : squeezeName(text).replace(/^(?:strictly|highly|streng)(?=.)/, ''));

/** The words that `isNotice` knows, for a pattern. */
export const noticeWords = notices.join('|');

/** Yes and no as people write them; nothing when it is neither. */
export function readFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const word = value.trim().toLowerCase();
  if (['true', 'yes', 'y', 'on'].includes(word)) return true;
  return ['false', 'no', 'n', 'off'].includes(word) ? false : undefined;
}
