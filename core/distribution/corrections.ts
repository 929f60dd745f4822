import type { FactGroup } from '../rendition/fact-groups.ts';
import type { Distribution } from './distribution.ts';

/** Which corrections the editions of a stream tell. */
export interface CorrectionRules {
  /** The groups of facts. A preliminary account that becomes final is always told. */
  readonly tell: readonly FactGroup[];
  /** How many days after the edition that told the old text a change may come. */
  readonly withinDays: number;
}

const usual: CorrectionRules = { tell: ['severity', 'impact', 'cause', 'support'], withinDays: 30 };

/** As the distribution file says. What it leaves out is as usual. */
export const correctionsOf = (distribution: Pick<Distribution, 'corrections'> | undefined): CorrectionRules => ({
  tell: distribution?.corrections?.tell ?? usual.tell,
  withinDays: distribution?.corrections?.withinDays ?? usual.withinDays,
});
