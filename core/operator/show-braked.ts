import { brakeWords } from '../directory/brake.ts';
import type { Braked, BrakedStore } from '../directory/ports.ts';
import { dayMs } from '../shared/duration.ts';
import type { StatusAnswer } from './api.ts';

/** What the directory was not let do today and yesterday (UTC), and how it is let through. */
export async function brakedLately({ since }: Pick<BrakedStore, 'since'>, now: Date): Promise<NonNullable<StatusAnswer['braked']>> {
  const braked = await since(new Date(now.getTime() - dayMs).toISOString().slice(0, 10));
  return braked.map((one) => ({ at: one.at, ...wordsOf(one) }));
}

function wordsOf({ brake, most, group }: Braked): { readonly what: string; readonly remedy: string } {
  if (brake === 'emptied group') {
    return {
      what: `The directory would have left nobody in the group ${JSON.stringify(group?.name ?? '')}, and ${group?.people} people would have lost their team or role.`,
      remedy: 'Look in the directory who changed it. If the team ended, take the group out of directory.groups, then: afterword apply FILE',
    };
  }
  const { may, meant, setting, meanwhile } = brakeWords[brake];
  return {
    what: `The directory may ${may} ${most} people a day, and tried more. ${meanwhile}.`,
    remedy: `Look in the directory what changed. If ${meant}, raise directory.${setting}, then: afterword apply FILE`,
  };
}
