import { account } from '../template/local-aws.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import type { Role } from './role.ts';

/** A call that AWS would have denied. */
export interface Denial {
  readonly caller: string;
  /** The caller's ARN in IAM. */
  readonly who: string;
  readonly action: string;
  readonly resource: string;
  /**
   * The partitions of a table or an index that the call was about. AWS does not report them, but
   * they are needed to correct a policy.
   */
  readonly partitions?: readonly string[];
  /** In IAM's words: who may not do what to what, and why. */
  readonly message: string;
}
export interface CountedDenial extends Denial {
  readonly times: number;
}

/** Checks each call from a function to AWS. */
export interface IamEnforcer {
  /** From now on each function may do only what its role allows. Before this, no function runs. */
  enforce(roles: ReadonlyMap<string, Role>): void;
  /**
   * Why this caller may not. Undefined if it may. Callers without a role are this stack itself and
   * outside observers. They may do everything, and `asks` is not even called.
   */
  authorise(caller: string, asks: () => readonly AuthorizationRequest[]): Denial | undefined;
  /** Each distinct denial since the start, with its count. */
  denials(): readonly CountedDenial[];
}

/** `onDenial` is called the first time that each thing is denied. */
export function iamEnforcer(onDenial: (denial: Denial) => void): IamEnforcer {
  let roles: ReadonlyMap<string, Role> = new Map();
  const denied = new Map<string, CountedDenial>();
  const remember = (denial: Denial) => {
    const key = [denial.caller, denial.action, denial.resource].join(' ');
    const times = denied.get(key)?.times ?? 0;
    denied.set(key, { ...denial, times: times + 1 });
    if (times === 0) onDenial(denial);
  };
  return {
    enforce: (next) => {
      roles = next;
    },
    authorise: (caller, asks) => {
      const role = roles.get(caller);
      if (role === undefined) return undefined;
      for (const ask of asks()) {
        const verdict = role.judge(ask);
        if (verdict === 'allowed') continue;
        const who = `arn:aws:sts::${account}:assumed-role/${role.name}/${caller}`;
        const partitions = ask.context?.['dynamodb:leadingkeys'];
        const denial = {
          ...{ caller, who, action: ask.action, resource: ask.resource, message: messageOf(who, ask, verdict) },
          ...(partitions !== undefined && { partitions }),
        };
        remember(denial);
        return denial;
      }
      return undefined;
    },
    denials: () => [...denied.values()],
  };
}

const messageOf = (who: string, { action, resource }: AuthorizationRequest, verdict: 'forbidden' | 'not allowed') => {
  const why =
    verdict === 'forbidden'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  return `User: ${who} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
};
