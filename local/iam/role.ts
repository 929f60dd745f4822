import type { AuthorizationRequest } from './authorization-request.ts';
import { type CompiledStatement, compile, type PolicyDocument } from './policy.ts';

/** `forbidden`: a Deny applies. `not allowed`: no Allow applies. */
export type Verdict = 'allowed' | 'forbidden' | 'not allowed';

export interface Role {
  readonly name: string;
  judge(ask: AuthorizationRequest): Verdict;
}

/**
 * What its policies allow together. Statements are compiled once, and those about an action are
 * remembered.
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
