import { ofAccess } from './modes/access.ts';
import { ofCapacity } from './modes/capacity.ts';
import { ofChange } from './modes/change.ts';
import { ofLoad } from './modes/load.ts';
import { ofPlant } from './modes/plant.ts';
import { ofRedundancy } from './modes/redundancy.ts';
import { ofResponse } from './modes/response.ts';
import { ofSoftware } from './modes/software.ts';
import { tagsOfModes } from './modes/tags.ts';
import type { Term } from './term.ts';

const modes: readonly Term[] = [
  ...ofChange,
  ...ofCapacity,
  ...ofLoad,
  ...ofRedundancy,
  ...ofPlant,
  ...ofSoftware,
  ...ofAccess,
  ...ofResponse,
];

/** How systems fail, as incident reports of the last twenty years tell it. */
export const failureModes: readonly Term[] = modes.map((term) => ({ ...term, tags: tagsOfModes[term.id] }));
