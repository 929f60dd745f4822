import { alertContent } from '../../core/content/alert-content.ts';
import { digestContent } from '../../core/content/digest-content.ts';
import { Postmortem, severities } from '../../core/postmortem/postmortem.ts';
import { engineeringRendition } from '../../core/rendition/engineering-rendition.ts';
import { leadershipRendition } from '../../core/rendition/leadership-rendition.ts';
import { renderAlert, renderDigest } from '../../emails/render-edition.ts';
import { digestInput, digestSample, openActions, quietWeekSample } from './samples/samples.ts';

const what = ['Checkout', 'The nightly import', 'Search', 'Login through the company’s directory', 'Invoices for customers in Switzerland'];
const how = [
  'was slow for an afternoon',
  'stopped at a full disk that nobody watched',
  'showed yesterday’s figures',
  'answered every third request with an error, and the dashboard was green',
  'ran twice',
];
const why = [
  'A certificate ran out.',
  'Two deploys met.',
  'The queue of failed messages was nobody’s.',
  'A limit was reached that no one knew.',
];

const pick = (from: readonly string[], i: number) => from[i % from.length] ?? '';

/**
 * As many incidents in one week as a bad quarter has: a few severe, most of them small, with
 * summaries as long as people write them.
 */
export const manyIncidents = Array.from({ length: 121 }, (_, i) =>
  Postmortem.parse({
    id: `incident-${i + 1}`,
    title: `${pick(what, i)} ${pick(how, Math.floor(i / 5))} (${i + 1})`,
    severity: severities[i < 3 ? 0 : i < 15 ? 1 : i < 70 ? 2 : i < 110 ? 3 : 4],
    services: [pick(['checkout', 'import', 'search', 'login', 'billing'], i)],
    owningTeam: pick(['Payments', 'Data', 'Discovery', 'Identity'], i),
    startedAt: '2026-11-17T09:00:00Z',
    mitigatedAt: `2026-11-17T1${i % 9}:30:00Z`,
    publishedAt: '2026-11-18T12:00:00Z',
    summary: `${pick(what, i)} ${pick(how, Math.floor(i / 5))}, which customers noticed before we did. ${pick(why, i)} ${'Whoever was on call looked for the cause in the wrong place first. '.repeat(1 + (i % 3))}`,
    rootCauses: [pick(why, i)],
    lessons: { wentWrong: ['An alarm that nobody has heard for a year is not an alarm.'] },
    actionItems: [{ title: `Watch what went unwatched, number ${i + 1}`, team: pick(['Payments', 'Data'], i), due: '2026-12-11' }],
  }),
);

/**
 * A single incident, written in a hurry: a title of 200 characters, words without end, two scripts,
 * no summary, no owner.
 */
export const hardIncident = Postmortem.parse({
  id: 'hard',
  title:
    `🔥 ${'Zahlungsverkehrsabwicklungsschnittstellenüberwachung'.repeat(2)} ausgefallen: תקלה בתשלומים في نظام الدفع 👩🏽‍🚒 and nobody knew for an hour`.slice(
      0,
      200,
    ),
  severity: 'sev1',
  services: ['a'.repeat(110), 'תשלומים'],
  startedAt: '2026-11-18T22:10:00Z',
  publishedAt: '2026-11-19T12:00:00Z',
  sections: [{ heading: '', body: `נפילה מלאה של מערכת התשלומים. https://example.com/${'runbook/'.repeat(30)} | ${'x'.repeat(400)}` }],
  rootCauses: ['انتهت صلاحية الشهادة ولم يلاحظ أحد.'],
  actionItems: [{ title: 'حدث الشهادة تلقائيا' }, { title: 'y'.repeat(300) }],
});

/**
 * Three incidents from earlier weeks, none from the week itself, in the words of the people on
 * call.
 */
const late = ['Db down', 'prod: OOM killer vs. JVM, round 3 (see thread)', 'RE: RE: FW: incident 2026-11-04 [P2] !!'].map((title, i) =>
  Postmortem.parse({
    id: `late-${i}`,
    title,
    publishedAt: `2026-11-0${4 + i}T12:00:00Z`,
    sections: [
      {
        heading: '',
        body: '| a | b |\n|-|-|\n| 09:14 | pager |\n\n```\nkubectl get pods -A | grep -v Running\n```\n\n- restarted it\n- worked\n\n\n??',
      },
    ],
  }),
);

const onlyHard = digestContent({ ...digestInput, fresh: [engineeringRendition(hardIncident)], late: [], earlier: [], openActions: [] });

/** Five weeks that have little in common. */
export const weeks = {
  usual: { content: digestSample, fragments: renderDigest(digestSample) },
  quiet: { content: quietWeekSample, fragments: renderDigest(quietWeekSample) },
  'of 121 incidents': rendered(digestContent({ ...digestInput, fresh: manyIncidents.map(engineeringRendition), late: [] })),
  'of one hard incident': rendered(onlyHard),
  'of late and rough ones': rendered(digestContent({ ...digestInput, fresh: [], late: late.map(engineeringRendition), openActions })),
};

export const hardAlert = renderAlert(
  alertContent({
    organisation: digestInput.organisation,
    postmortem: leadershipRendition(hardIncident),
    mandatory: false,
    now: digestInput.now,
  }),
);

function rendered(content: ReturnType<typeof digestContent>) {
  return { content, fragments: renderDigest(content) };
}
