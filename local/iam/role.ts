import type { AuthorizationRequest } from './authorization-request.ts';
import { type CompiledStatement, compile, type PolicyDocument } from './policy.ts';

/** `forbidden`: a Deny says so. `not allowed`: nothing says that it may. */
export type Verdict = 'allowed' | 'forbidden' | 'not allowed';

export interface Role {
  readonly name: string;
  judge(ask: AuthorizationRequest): Verdict;
}

/**
 * What its policies together allow. Statements are read once; each action remembers those that are
 * about it.
 */
export function roleOf(name: string, policies: readonly PolicyDocument[]): Role {
  const statements = policies.flatMap((policy, n) =>
    policy.Statement.map((one, m) => compile(one, `${name}, policy ${n}, statement ${m}`)),
  );
  const byAction = new Map<string, readonly CompiledStatement[]>();
  const about = (action: string) => {
    const found = byAction.get(action) ?? statements.filter((statement) => statement.isAbout(action));
    byAction.set(action, found);
    return found;
  };
  return {
    name,
    judge: (ask) => {
      const covering = about(ask.action).filter((statement) => statement.covers(ask));
      if (covering.some(({ effect }) => effect === 'Deny')) return 'forbidden';
      return covering.length > 0 ? 'allowed' : 'not allowed';
    },
  };
}
