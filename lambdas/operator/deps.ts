import type { KeyStore } from '../../core/access/key.ts';
import type { AuditLine, AuditLog } from '../../core/audit/audit.ts';
import type { DistributionStore } from '../../core/distribution/apply-distribution.ts';
import type {
  AuditReader,
  EditionBrakes,
  EditionsReader,
  LaneBrakes,
  Previewer,
  ReachReader,
  Resender,
  Sender,
  Settler,
  Tester,
} from '../../core/operator/ports.ts';
import type { EraseDeps } from '../../core/rights/erase-person.ts';
import type { ExportDeps } from '../../core/rights/export-person.ts';
import type { Instant } from '../../core/shared/instant.ts';
import type { PeopleList, PeopleStore, SuppressionList } from '../../core/subscriber/ports.ts';
import { HttpProblem } from '../shared/problem.ts';

/** What exporting, erasing and moving a person need beyond the profile. */
export interface Rights {
  readonly erasing: Omit<EraseDeps, 'now'>;
  readonly exporting: Omit<ExportDeps, 'people'>;
}

/** Everything that the operator's routes need of the world. */
export interface OperatorDeps {
  readonly people: PeopleStore;
  readonly peopleList: PeopleList;
  readonly suppressed: SuppressionList;
  readonly distribution: DistributionStore;
  readonly keys: KeyStore;
  readonly audit: AuditLog;
  readonly identitySecret: () => Promise<string>;
  readonly suppressionSecret: () => Promise<string>;
  /** Hash of the parts of the distribution file that the stack was made from. */
  readonly deployed: string;
  /** Name of the stack in CloudFormation. */
  readonly stack: string;
  readonly now: () => Instant;
  /** 32 random bytes. */
  readonly newSecret: () => Uint8Array;
  /** Routes whose part is not here answer 501. */
  readonly editions?: EditionsReader;
  readonly reach?: ReachReader;
  readonly sender?: Sender;
  readonly previewer?: Previewer;
  readonly tester?: Tester;
  readonly editionBrakes?: EditionBrakes;
  readonly laneBrakes?: LaneBrakes;
  readonly resender?: Resender;
  readonly rights?: Rights;
  readonly settler?: Settler;
  readonly acts?: AuditReader;
}

/** What a release, or a test, has. Throws 501 for what it has not. */
export function here<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new HttpProblem(501, { detail: 'This release cannot do that yet.' });
  return part;
}

/** Leaves an audit line. It comes after the act: a line that is there tells of something that happened. */
export const leaveLine = (
  { audit, now }: Pick<OperatorDeps, 'audit' | 'now'>,
  who: string,
  act: AuditLine['act'],
  facts: AuditLine['facts'],
) => audit.record({ at: now(), who, act, facts });
