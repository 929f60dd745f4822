/** A name as names of teams, services and technologies are compared: case, width and blanks around or beside each other make no difference. */
export const foldedName = (name: string): string => name.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/g, ' ').trim();
