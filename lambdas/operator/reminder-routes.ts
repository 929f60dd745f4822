import { type RemindersAnswer, type RemindersRunAnswer, RemindersRunRequest } from '../../core/operator/reminders-api.ts';
import { lateReminders } from '../../core/reminder/late.ts';
import { remind } from '../../core/reminder/remind.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Route } from '../shared/http-routes.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';

/** How far people were reminded, and a run on purpose. */
export const reminderRoutes = ({ reminding, distribution, ...deps }: OperatorDeps): Route[] => [
  {
    method: 'GET',
    path: '/operator/reminders',
    scope: 'read',
    answer: async () => {
      const [applied, progress, now] = await Promise.all([distribution.read(), reminding.memory.read(), remind({ dry: true }, reminding)]);
      const late = applied && lateReminders(applied, progress, reminding.now());
      return jsonAnswer(200, {
        ...(applied?.distribution.reminders && { at: applied.distribution.reminders.at }),
        ...(progress && { since: progress.since, lastDay: progress.lastDay }),
        waiting: Object.keys(progress?.waiting ?? {}).length,
        ...(late !== undefined && { late }),
        now,
      } satisfies RemindersAnswer);
    },
  },
  {
    method: 'POST',
    path: '/operator/reminders/run',
    scope: 'send',
    answer: async ({ caller, event }) => {
      const { yes = false } = readJsonBody(event, RemindersRunRequest);
      const reminded = await remind({ yes }, reminding);
      if (reminded.outcome === 'told') {
        const { day, people, entries } = reminded;
        await leaveLine(deps, caller.id, 'reminders run', { by: caller.label, day, people, entries });
      }
      return jsonAnswer(200, reminded satisfies RemindersRunAnswer);
    },
  },
];
