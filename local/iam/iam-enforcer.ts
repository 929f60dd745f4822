import { account } from '../template/local-aws.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import type { Role } from './role.ts';

/** A call that AWS would have denied. */
export interface Denial {
  readonly caller: string;
  /** The ARN that IAM calls it by. */
  readonly who: string;
  readonly action: string;
  readonly resource: string;
  /**
   * Which partitions of a table or an index it was about: AWS does not say, and whoever mends a
   * policy has to know.
   */
  readonly partitions?: readonly string[];
  /** In the words of IAM, who may not do what to what, and why. */
  readonly message: string;
}
export interface CountedDenial extends Denial {
  readonly times: number;
}

/** Stands where functions call AWS. */
export interface IamEnforcer {
  /**
   * From now on each function does what its role allows and nothing else. Before, no function runs
   * that could ask.
   */
  enforce(roles: ReadonlyMap<string, Role>): void;
  /**
   * Why this caller may not; undefined where it may. Callers without a role are this stack itself
   * and whoever looks in from outside: they may do everything, and what they want is not even read.
   */
  authorise(caller: string, asks: () => readonly AuthorizationRequest[]): Denial | undefined;
  /** Each thing that was denied since the start, once. */
  denials(): readonly CountedDenial[];
}

/** `onDenial` hears of each thing that is denied, the first time. */
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
