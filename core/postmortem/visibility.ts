import { squeezeName } from './field-names.ts';

/** Words for a visibility, as people write them; a language is added by adding its words. */
const open = new Set(
  `public internal company companywide everyone everybody anyone all open organisation organization öffentlich intern alle tous todos tutti
  allstaff allemployees wholecompany entirecompany`.split(/\s+/),
);
const openToAll =
  /^(?:everyone|everybody|anyone|all (?:staff|employees|colleagues|engineers)) (?:at|in) (?:the )?[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)?$/iu;
const part = /team|security|legal|leader|manage|\bboard|group|department|committee|\broom\b|\bhr\b/i;
const nothing = new Set(['none', 'keine', 'aucune', 'ninguna', 'nessuna']);
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

/** Whether a word for a visibility restricts; nothing when it is not understood, which counts as restricted. `name`: of the field, as there may be no confidentiality. */
export function isRestrictedBy(visibility: unknown, name = ''): boolean | undefined {
  if (typeof visibility !== 'string') return undefined;
  const word = wordOf(visibility);
  if (open.has(word) || (nothing.has(word) && /confid|vertraul/i.test(name))) return false;
  if (openToAll.test(visibility.trim()) && !part.test(visibility)) return false;
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
