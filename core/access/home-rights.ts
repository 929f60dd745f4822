import type { Distribution } from '../distribution/distribution.ts';
import { isRole } from '../distribution/stream-rules.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { isSameAddress } from '../subscriber/subscriber-id.ts';

/** What somebody may do on the pages below `/home`. */
export interface HomeRights {
  /** Of the organisation, whatever they do there. */
  readonly isStaff: boolean;
  readonly isOperator: boolean;
  readonly isAuthor: boolean;
}

/**
 * What the distribution file lets this person do now. Nobody who is suspended or has not confirmed
 * may do anything. An operator may also write.
 */
export function homeRights(profile: Profile, { operators, authors }: Pick<Distribution, 'operators' | 'authors'>): HomeRights {
  const isStaff = profile.realm === 'staff' && !profile.suspended && !profile.unconfirmed;
  const isOperator = isStaff && isNamed(profile, operators);
  return { isStaff, isOperator, isAuthor: isOperator || (isStaff && isNamed(profile, authors)) };
}

type Named = Distribution['operators'];

const isNamed = ({ address, role }: Profile, named: Named): boolean =>
  named !== undefined && (named.people.some((one) => isSameAddress(one, address)) || named.roles.some((one) => isRole(one, role)));
