import { forClouds } from './technologies/cloud.ts';
import { forData } from './technologies/data.ts';
import { forNetworks } from './technologies/network.ts';
import { forPrograms } from './technologies/programs.ts';
import type { Term } from './term.ts';

/** What incident reports name as the thing that failed, or on which it failed. */
export const technologies: readonly Term[] = [...forData, ...forClouds, ...forNetworks, ...forPrograms];
