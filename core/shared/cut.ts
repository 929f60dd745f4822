/** At most so many UTF-16 units from the beginning; never half of a surrogate pair at the end. */
export const cut = (text: string, most: number): string => text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
