import { stringify } from 'yaml';
import type { Distribution } from './distribution.ts';

/** The file as it is in force, in YAML. Comments are not kept with it. */
export const printDistribution = (distribution: Distribution): string => stringify(distribution, { lineWidth: 100 });
