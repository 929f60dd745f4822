import * as z from 'zod';
import type { TeamFeedback } from '../../core/relevance/ports.ts';
import type { ReasonPress, ReasonPresses } from '../../core/relevance/team-feedback.ts';
import { dayMs } from '../../core/shared/duration.ts';
import type { Table } from './table.ts';
import { expiryAttribute, feedbackKey, feedbackPartition } from './table-shape.ts';

const keptDays = 400;
/** To the day, so that it does not tell when somebody pressed. */
const expiry = (now: Date) => ({ [expiryAttribute]: ((Math.floor(now.getTime() / dayMs) + keptDays + 1) * dayMs) / 1000 });

const sets: Readonly<Record<ReasonPress, string>> = { useful: 'useful', 'not relevant': 'notRelevant' };
const Members = z.set(z.string()).default(new Set<string>());
const StoredPresses = z.object({ reason: z.string(), useful: Members, notRelevant: Members, leads: Members });

/** One item for each reason of a team. Its sets have at most as many members as the team had. */
export const dynamoTeamFeedback = (table: Table, now: () => Date): TeamFeedback => ({
  async of(team) {
    const presses: ReasonPresses[] = [];
    for await (const item of table.queryAll(feedbackPartition(team), { consistent: true })) {
      const read = StoredPresses.safeParse(item);
      if (read.success) presses.push(read.data);
    }
    return presses;
  },
  async press({ team, reason, says, member, isLead }) {
    const one = new Set([member]);
    const isLeads = isLead && says === 'not relevant';
    await table.update(feedbackKey(team, reason), {
      set: { reason, ...expiry(now()) },
      add: { [sets[says]]: one, ...(isLeads && { leads: one }) },
      delete: { [sets[says === 'useful' ? 'not relevant' : 'useful']]: one, ...(!isLeads && { leads: one }) },
    });
  },
  async undo({ team, reason, says, member }) {
    const one = new Set([member]);
    const change = { delete: { [sets[says]]: one, ...(says === 'not relevant' && { leads: one }) } };
    await table.update(feedbackKey(team, reason), change, { expression: 'attribute_exists(pk)' });
  },
});
