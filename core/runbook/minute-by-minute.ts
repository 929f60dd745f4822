import { correctionsOf } from '../distribution/corrections.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { configuredStream, frequenciesOf, toldAtOnce } from '../distribution/stream-rules.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import type { Severity } from '../postmortem/postmortem.ts';
import type { FactGroup } from '../rendition/fact-groups.ts';
import { audienceWords } from '../stream/audience.ts';
import { audienceOf, definitionOf, isAlertStream, publishedStreams, type StreamName } from '../stream/stream.ts';
import { blocks, code, listed, type Markdown, md, table } from './markdown.ts';
import { isAtOnce, usualTime } from './when.ts';
import { readers, sentStreams } from './who.ts';

/** What follows from the publication of one postmortem of a severity, in the order of time. */
export function minuteByMinute(severity: Severity, distribution: Distribution): Markdown {
  const label = labelsOf(distribution)[severity];
  const told = toldAtOnce(distribution, severity).map(({ stream }) => stream);
  return blocks(
    md`The incident itself mails nobody. The clock starts when its first postmortem is published, and that may be a preliminary one of three sentences (${code('status: preliminary')}).`,
    told.length === 0
      ? md`No stream of the file tells of a ${label} at once.`
      : md`It is told at once only if it says when it was published or when the incident was, at most ${ages(told, distribution)} ago. Otherwise it is told by scheduled mails alone.`,
    table(
      ['When', 'What happens'],
      [
        ['before', md`${code('afterword publish --check FILE')} says who would be told. Nothing is stored.`],
        ['minute 0', md`An author publishes. The answer says who is told and what is missing.`],
        ...told.map((stream) => ['minute 1', firstMail(stream, distribution)]),
        ...asPublished(distribution),
        ...posts(severity, distribution),
        ...(told.length === 0 ? [] : afterwards(told, distribution)),
        ...scheduled(distribution),
        ['after that', corrections(distribution)],
      ],
    ),
  );
}

/** `14 days`, or by stream where they differ. */
function ages(told: readonly StreamName[], distribution: Distribution): string {
  const all = told.map((stream) => {
    const { withinDays = 0 } = configuredStream(distribution, stream) ?? {};
    return { days: `${withinDays} ${withinDays === 1 ? 'day' : 'days'}`, title: streamTitle(stream, distribution) };
  });
  const [first] = all;
  if (first && all.every(({ days }) => days === first.days)) return first.days;
  return all.map(({ days, title }) => `${days} (${title})`).join(' or ');
}

function firstMail(stream: StreamName, distribution: Distribution): Markdown {
  const audience = audienceOf(stream);
  const only = audience && audienceWords(audience).concerns;
  const lane = definitionOf(stream).lane;
  return md`${streamTitle(stream, distribution)}, a mail to: ${readers(stream, distribution)}${only ? md`; ${only}` : ''}.${lane === 'urgent' ? ' It goes ahead of all other mail.' : ''}`;
}

const asPublished = (distribution: Distribution): Markdown[][] =>
  publishedStreams
    .filter((stream) => configuredStream(distribution, stream) && frequenciesOf(distribution, stream).includes('published'))
    .map((stream) => [
      md`minutes 1 to 5`,
      md`${streamTitle(stream, distribution)}, a mail to its readers who chose “${definitionOf(stream).words.choices?.published ?? 'As published'}”.`,
    ]);

const posts = (severity: Severity, { slack, teams }: Distribution): Markdown[][] => {
  if (!slack) return [];
  const ofTeams = slack.teams && teams.some(({ channels }) => channels.slack !== undefined);
  const channels = [
    ...slack.channels.filter(({ severities = [severity] }) => severities.includes(severity)).map(({ channel }) => code(channel)),
    ...(ofTeams ? [md`the channels of the team that owns it and of the teams of its services`] : []),
  ];
  if (channels.length === 0) return [];
  return [
    [
      md`minutes 1 to 5`,
      md`Slack: a post in ${listed(channels)}, in each as its audience sees it. Each later revision changes the post in place. No post begins about what is older than ${slack.withinDays} days.`,
    ],
  ];
};

function afterwards(told: readonly StreamName[], distribution: Distribution): Markdown[][] {
  const once = told.filter((stream) => definitionOf(stream).doubts === 'resend-once').map((stream) => streamTitle(stream, distribution));
  const quiet = told.filter((stream) => configuredStream(distribution, stream)?.updates === false);
  const follow = told.filter((stream) => !quiet.includes(stream));
  const titles = (streams: readonly StreamName[]) => listed(streams.map((stream) => streamTitle(stream, distribution)));
  const alerts = told.filter(isAlertStream);
  return [
    ...(once.length === 0
      ? []
      : [[md`minute 3`, md`A mail that may not have left is sent once more, marked as a possible repeat (${listed(once)}).`]]),
    ...(alerts.length === 0
      ? []
      : [
          [
            md`minute 6`,
            md`If no mail of ${titles(alerts)} was accepted, the alarm ${code('sev1-unsent')} rings and ${code('/home')} says why. Tell leaders by another way first.`,
          ],
        ]),
    ...(follow.length === 0
      ? []
      : [
          [
            md`at each change`,
            md`Readers of ${titles(follow)} get an update in the same thread: one to six minutes after the change, and at least 2, 4, 8 … 60 minutes after the mail before.`,
          ],
        ]),
    ...(quiet.length === 0
      ? []
      : [[md`at each change`, md`Readers of ${titles(quiet)} get no update (${code('updates: false')}), except the next line.`]]),
    [
      md`when it is taken back, or less severe`,
      md`Within three minutes the same readers are told that it no longer stands. They are told as well if it stands again.`,
    ],
  ];
}

const scheduled = (distribution: Distribution): Markdown[][] =>
  sentStreams(distribution)
    .filter((stream) => !isAtOnce(stream))
    .map((stream) => [
      md`${usualTime(stream, distribution)}`,
      md`${streamTitle(stream, distribution)}, a mail to: ${readers(stream, distribution)}.`,
    ]);

const groups: Readonly<Record<FactGroup, string>> = {
  severity: 'severity',
  impact: 'impact',
  cause: 'cause',
  support: 'what support may say',
  times: 'times',
};

function corrections(distribution: Distribution): Markdown {
  const { tell, withinDays } = correctionsOf(distribution);
  const what =
    tell.length === 0 ? md`only that a preliminary account became final` : md`changes of ${listed(tell.map((group) => groups[group]))}`;
  return md`The next digest or brief says what an earlier one had wrong: ${what}, at most ${withinDays} days after it.`;
}
