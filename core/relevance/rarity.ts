/**
 * What more than a quarter of the teams have, and at least four of them, is no reason by itself:
 * everything runs on the same cluster.
 */
export const isCommon = (having: number, teams: number): boolean => having >= 4 && having > teams / 4;

/** How telling it is that a team has something: 1 if one team has it, 0 if all have. */
export const rarityOf = (having: number, teams: number): number =>
  teams <= 1 || having <= 1 ? 1 : Math.max(0, 1 - Math.log(having) / Math.log(teams));
