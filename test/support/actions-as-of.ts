import type { ActionRow } from '../../core/action/action.ts';
import { followActions } from '../../core/action/follow-actions.ts';
import type { Postmortem } from '../../core/postmortem/postmortem.ts';
import type { PairOfIncidents } from './relevance-set.ts';

/** The actions of a postmortem as rows, with what had become of each by the day of a later one. */
export function actionsAsOf(postmortem: Postmortem, actions: PairOfIncidents['actions']): ActionRow[] {
  const states = new Map(actions.map((one) => [one.title, one]));
  const items = postmortem.actionItems.map((item) => ({ ...item, status: statusOf(states.get(item.title)?.state) }));
  return followed({ ...postmortem, actionItems: items }).map((row) => {
    const { doneOn } = states.get(row.reported.title) ?? {};
    return doneOn === undefined ? row : { ...row, events: [{ at: `${doneOn}T12:00:00Z`, by: 'somebody', kind: 'done' }] };
  });
}

const statusOf = (state: PairOfIncidents['actions'][number]['state'] | undefined): ActionRow['reported']['status'] =>
  state === 'done' || state === 'declined' ? state : 'open';

/** The actions of a postmortem as rows, as it was published. */
export const followed = (postmortem: Postmortem): ActionRow[] =>
  followActions({ postmortem, revision: 1, at: postmortem.publishedAt ?? '', wasTold: false, isPromised: true }, []);
