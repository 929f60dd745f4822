import type { Distribution } from '../distribution/distribution.ts';
import { reviewRulesOf } from '../distribution/review-rules.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { severities } from '../postmortem/postmortem.ts';
import { guard } from '../reminder/remind.ts';
import {
  actionSteps,
  actionStepsOfLeads,
  awaitedSteps,
  awaitedStepsOfReviewers,
  reviewSteps,
  reviewStepsOfStandIns,
  type Steps,
} from '../reminder/steps.ts';
import { thanksAfterDays } from '../reminder/thanks.ts';
import { blocks, bullets, code, listed, type Markdown, md, type Piece, table } from './markdown.ts';

/** What people are asked for by mail, when, and who says so if it would be too many. */
export function whatPeopleAreRemindedOf(distribution: Distribution): Markdown {
  const { reminders } = distribution;
  const rules = reviewRulesOf(distribution);
  if (!reminders) return md`Nothing: the file has no ${code('reminders')}, so nobody is asked for what they promised.`;
  return blocks(
    md`On each working day at ${reminders.at} everybody of whom something is asked gets one mail with all of it. The days below are working days.`,
    table(
      ['About', 'When', 'To'],
      [
        [
          'An action item',
          stepsWords(actionSteps, 'its day'),
          `its owner; from ${firstOf(actionStepsOfLeads)} days after its day on the leads of its team too`,
        ],
        ...(rules ? reviewRows(rules) : []),
        [
          'How far a postmortem reached',
          `on the first working day from ${thanksAfterDays} calendar days after it was published on`,
          'its authors',
        ],
      ],
    ),
    bullets([
      withoutDay(distribution),
      md`On the page of the mail its reader says that an action is done, names another day or hands it to another team. Who is asked is looked up each day.`,
      md`Who pauses is told on the first working day afterwards. What came with an archive, and what was overdue when reminders began, is asked of nobody.`,
      md`A day that was missed is made up for in the next mail. A run that would mail more than ${guard.people} people and ${guard.shareWords} of the staff mails nobody: the alarm ${code('reminders-failing')} rings, and an operator looks at ${code('afterword reminders')} and then says ${code('afterword reminders run --yes')}.`,
    ]),
  );
}

/** Most documents name no day. */
function withoutDay(distribution: Distribution): Markdown | undefined {
  const { dueAfter } = distribution.actions ?? {};
  if (!dueAfter) return undefined;
  const labels = labelsOf(distribution);
  const named = severities.flatMap((severity) => {
    const days = dueAfter[severity];
    return days === undefined ? [] : [md`${days} (${labels[severity]})`];
  });
  return md`An action without a day counts as due so many calendar days after it was promised: ${listed(named)}.`;
}

const reviewRows = ({ escalateTo }: NonNullable<ReturnType<typeof reviewRulesOf>>): Piece[][] => [
  [
    'A review',
    `the day after it was opened, then ${stepsWords(reviewSteps, 'it is due')}`,
    ['reviewers', ...escalateTo.map(({ as }, n) => `from ${firstOf(reviewStepsOfStandIns[n])} days late on ${as} too`)].join('; '),
  ],
  ['A decision', 'on the day on which it takes effect', 'the owner of the action'],
  ['An action that was put off', 'on the day until which', 'reviewers'],
  [
    'A postmortem that is missing',
    stepsWords(awaitedSteps, 'it is due'),
    `its authors and the leads of the team; from ${firstOf(awaitedStepsOfReviewers)} days late on reviewers too`,
  ],
];

const firstOf = (steps: Steps | undefined): number => steps?.at[0] ?? 0;

/** `3 days before its day, on it, 5 and 10 days after it, then every 30 calendar days`. */
function stepsWords({ at, thenEvery }: Steps, day: string): string {
  const days = (n: number) => (Math.abs(n) === 1 ? 'day' : 'days');
  const before = at.filter((n) => n < 0).map((n) => `${-n} ${days(n)} before ${day}`);
  const after = at.filter((n) => n > 0);
  return [
    ...before,
    ...(at.includes(0) ? [before.length > 0 ? 'on that day' : `on the day on which ${day}`] : []),
    ...(after.length > 0 ? [`${listed(after).source} days after`] : []),
    ...(thenEvery === undefined ? [] : [`then every ${thenEvery} calendar days`]),
  ].join(', ');
}
