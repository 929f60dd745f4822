const open = ['public', 'internal', 'company', 'companywide', 'everyone', 'open', 'organisation', 'organization'];
const closed = ['restricted', 'private', 'confidential', 'secret'];
const squeezed = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, '');

/** Whether a word for a visibility restricts; nothing when it is not understood, which counts as restricted. */
export function isRestrictedBy(visibility: unknown): boolean | undefined {
  if (typeof visibility !== 'string') return undefined;
  if (open.includes(squeezed(visibility))) return false;
  return closed.includes(squeezed(visibility)) ? true : undefined;
}

/** Yes and no as people write them; nothing when it is neither. */
export function readFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const word = value.trim().toLowerCase();
  if (['true', 'yes', 'y', 'on'].includes(word)) return true;
  return ['false', 'no', 'n', 'off'].includes(word) ? false : undefined;
}
