import { createHash } from 'node:crypto';

/** Names an action outside of the table, where ids of trackers may have any characters. */
export const actionKeyOf = ({ aid }: { readonly aid: string }): string => createHash('sha256').update(aid).digest('hex').slice(0, 12);

export const isActionKey = (text: string): boolean => /^[0-9a-f]{12}$/.test(text);
