import { createHash } from 'node:crypto';
import type { SlackFaults } from '../faults/faults.ts';

/** A channel of the workspace as it is now. */
export interface LocalChannel {
  readonly id: string;
  /** Without `#`. */
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isMember: boolean;
  readonly isArchived: boolean;
  readonly isExtShared: boolean;
  readonly members: number;
}

/** `#incident-pms`, or an id; an object for a channel that only its members see. */
export type ChannelSeed = string | { readonly name: string; readonly isPrivate: true };

/** The same name has the same id and members in every run. */
export function channelOf(seed: ChannelSeed, faults: SlackFaults): LocalChannel | undefined {
  const given = typeof seed === 'string' ? seed : seed.name;
  const isId = /^[CG][A-Z0-9]{8,20}$/.test(given);
  const name = isId ? given.toLowerCase() : given.replace(/^#/, '');
  const digest = createHash('sha256').update(name).digest();
  const id = isId ? given : `C0${[...digest.subarray(0, 9)].map((byte) => letters.charAt(byte % letters.length)).join('')}`;
  const isIn = (list: readonly string[]) => [id, name, `#${name}`].some((one) => list.includes(one));
  if (isIn(faults.gone)) return undefined;
  return {
    id,
    name,
    isPrivate: typeof seed !== 'string',
    isMember: !isIn(faults.notMember),
    isArchived: isIn(faults.archived),
    isExtShared: isIn(faults.extShared),
    members: 5 + (digest.readUInt16BE(30) % 240),
  };
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** As `conversations.info` and `conversations.list` describe it; members only where asked for. */
export const toldChannel = (channel: LocalChannel, withMembers: boolean) => ({
  id: channel.id,
  name: channel.name,
  name_normalized: channel.name,
  is_channel: !channel.isPrivate,
  is_group: channel.isPrivate,
  is_im: false,
  is_mpim: false,
  is_private: channel.isPrivate,
  is_general: false,
  is_archived: channel.isArchived,
  is_member: channel.isMember,
  is_shared: channel.isExtShared,
  is_ext_shared: channel.isExtShared,
  is_org_shared: false,
  is_pending_ext_shared: false,
  pending_shared: [],
  pending_connected_team_ids: [],
  previous_names: [],
  created: 1_449_252_889,
  creator: 'U012A3CDE',
  topic: { value: '', creator: '', last_set: 0 },
  purpose: { value: '', creator: '', last_set: 0 },
  ...(withMembers && { num_members: channel.members }),
});
