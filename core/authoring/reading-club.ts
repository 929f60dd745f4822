import { printDayAlone, printLength } from '../calendar/print.ts';
import { lengthOf, timeToDetect } from '../content/incident-time.ts';
import type { Postmortem } from '../postmortem/postmortem.ts';
import { below, inLine } from '../postmortem/quoted-markdown.ts';

export interface ReadingClub {
  readonly postmortem: Postmortem;
  /** As the organisation calls it. */
  readonly severityLabel: string;
  /** The teams that it matters to, with the reasons that they are told. */
  readonly teams: readonly { readonly name: string; readonly reasons: readonly string[] }[];
  readonly zone: string;
}

/**
 * A sheet for a group that reads one postmortem together in 45 minutes, as Markdown. It has the
 * first half of the timeline before the cause, so that the group can say what it would have done.
 * Authors and owners are left out, because a sheet is passed around. How promises stand is left
 * out too: the document does not know it.
 */
export function readingClub({ postmortem, severityLabel, teams, zone }: ReadingClub): string {
  const parts = [
    `# ${inLine(postmortem.title)}`,
    inLine(facts(postmortem, severityLabel, zone)),
    '*For 45 minutes: read alone for ten, then go through the questions. Nobody is to blame; everybody had a reason.*',
    section('What customers and colleagues saw', [postmortem.summary, postmortem.customerImpact?.text]),
    halves(postmortem),
    section('Why it happened', [
      ...(postmortem.trigger ? [postmortem.trigger] : []),
      ...postmortem.rootCauses,
      ...postmortem.contributingFactors,
    ]),
    lessonsOf(postmortem),
    promisesOf(postmortem),
    questions(postmortem, teams),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function facts(postmortem: Postmortem, severityLabel: string, zone: string): string {
  const { startedAt, owningTeam, services } = postmortem;
  const length = lengthOf(postmortem);
  return [
    severityLabel,
    startedAt && printDayAlone(startedAt, zone),
    length !== undefined && `lasted ${printLength(length)}`,
    owningTeam && `owned by ${owningTeam}`,
    services.length > 0 && services.join(', '),
  ]
    .filter(Boolean)
    .join(' · ');
}

const section = (heading: string, texts: readonly (string | undefined)[]): string => {
  const told = texts.filter((text) => text !== undefined && text.trim() !== '');
  return told.length === 0 ? '' : [`## ${heading}`, ...told.map((text) => below(text ?? ''))].join('\n\n');
};

/** Fewer events are read at once: there is no moment at which to stop. */
const leastEvents = 4;

function halves({ timeline }: Postmortem): string {
  const lines = timeline.map(({ at, event }) => `- ${at === undefined ? '' : `${inLine(at)} `}${inLine(oneLine(event))}`);
  if (lines.length === 0) return '';
  if (lines.length < leastEvents) return ['## What happened', lines.join('\n')].join('\n\n');
  const half = Math.ceil(lines.length / 2);
  return [
    '## What happened, the first half',
    lines.slice(0, half).join('\n'),
    '**Stop here.** What would you look at next, and what would you do?',
    '## What happened, the second half',
    lines.slice(half).join('\n'),
  ].join('\n\n');
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function lessonsOf({ lessons }: Postmortem): string {
  const { wentWell = [], wentWrong = [], gotLucky = [] } = lessons ?? {};
  const bullets = (label: string, texts: readonly string[]) => texts.map((text) => `- ${label}: ${inLine(oneLine(text))}`);
  const lines = [...bullets('Went well', wentWell), ...bullets('Went wrong', wentWrong), ...bullets('Was luck', gotLucky)];
  return lines.length === 0 ? '' : ['## What was learnt', lines.join('\n')].join('\n\n');
}

function promisesOf({ actionItems }: Postmortem): string {
  const lines = actionItems.map(({ title, team, due }) => `- ${inLine([title, team, due && `due ${due}`].filter(Boolean).join(' · '))}`);
  return lines.length === 0 ? '' : ['## What was promised', lines.join('\n')].join('\n\n');
}

function questions(postmortem: Postmortem, teams: ReadingClub['teams']): string {
  const unnoticed = timeToDetect(postmortem);
  const asked = [
    unnoticed === undefined
      ? 'How was it noticed? What would have noticed it here, and how long after it began?'
      : `It took ${printLength(unnoticed)} to notice. What would have noticed it here, and when?`,
    'Which step made it worse or kept it going? Why did it look right at that moment?',
    'Which of our services could fail in the same way? Who would know first?',
    'Which of the promises would help us as well? What is missing from them?',
    'What do we change before the end of next week, and who does it?',
  ];
  const relevant = teams.flatMap(({ name, reasons }) => reasons.slice(0, 1).map((reason) => `- ${inLine(`${name}: ${reason}`)}`));
  return [
    '## Questions',
    asked.map((question, n) => `${n + 1}. ${question}`).join('\n'),
    ...(relevant.length > 0 ? ['Teams that run something similar were told why it matters to them:', relevant.join('\n')] : []),
  ].join('\n\n');
}
