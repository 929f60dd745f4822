import { correctionsOf } from '../distribution/corrections.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { configuredStream, frequenciesOf } from '../distribution/stream-rules.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import type { FactGroup } from '../rendition/fact-groups.ts';
import { audienceWords } from '../stream/audience.ts';
import { audienceOf, definitionOf, isAlertStream, publishedStreams, type StreamName, type UpdateStream } from '../stream/stream.ts';
import { blocks, code, listed, type Markdown, md, table } from './markdown.ts';
import { postedChannels } from './posted.ts';
import { isAtOnce } from './when.ts';
import { followed, readers, sentStreams, tellAtOnce } from './who.ts';

/** What follows from the publication of one postmortem, in the order of time. */
export function minuteByMinute(distribution: Distribution): Markdown {
  const told = tellAtOnce(distribution);
  return blocks(
    md`The incident itself mails nobody. The clock starts when its first postmortem is published, and that may be a preliminary one of three sentences (${code('status: preliminary')}).`,
    table(
      ['When', 'What happens'],
      [
        ['before', md`${code('afterword publish --check FILE')} says who would be told. Nothing is stored.`],
        ['minute 0', md`An author publishes. The answer says who is told and what is missing.`],
        ...told.map((stream) => ['minute 1', firstMail(stream, distribution)]),
        ...asPublished(distribution),
        ...posts(distribution),
        ...(told.length === 0 ? [] : afterwards(told, distribution)),
        ...scheduled(distribution),
      ],
    ),
  );
}

const titles = (streams: readonly StreamName[], distribution: Distribution): Markdown =>
  listed(streams.map((stream) => streamTitle(stream, distribution)));

function firstMail(stream: UpdateStream, distribution: Distribution): Markdown {
  const audience = audienceOf(stream);
  const only = audience && audienceWords(audience).concerns;
  const labels = labelsOf(distribution);
  const severities = configuredStream(distribution, stream)?.severities ?? [];
  const ahead = definitionOf(stream).lane === 'urgent' ? ', ahead of all other mail' : '';
  return md`${listed(severities.map((severity) => labels[severity]))}${only ? `, ${only}` : ''}: ${streamTitle(stream, distribution)} to ${readers(stream, distribution)}${ahead}.`;
}

const asPublished = (distribution: Distribution): Markdown[][] =>
  publishedStreams
    .filter((stream) => configuredStream(distribution, stream) && frequenciesOf(distribution, stream).includes('published'))
    .map((stream) => [
      md`minutes 1 to 5`,
      md`Every severity: ${streamTitle(stream, distribution)} to its readers who chose “${definitionOf(stream).words.choices?.published ?? 'As published'}”.`,
    ]);

const posts = (distribution: Distribution): Markdown[][] =>
  postedChannels(distribution).length === 0
    ? []
    : [[md`minutes 1 to 5`, md`A post in each channel that the table names. Each later revision changes the post in place.`]];

function afterwards(told: readonly UpdateStream[], distribution: Distribution): Markdown[][] {
  const once = told.filter((stream) => definitionOf(stream).doubts === 'resend-once');
  const follow = followed(distribution);
  const quiet = told.filter((stream) => !follow.includes(stream));
  const alerts = told.filter(isAlertStream);
  return [
    ...(once.length === 0
      ? []
      : [
          [
            md`minute 3`,
            md`${titles(once, distribution)}: a mail of which nobody knows whether it left is sent a second time, and says that it may be a repeat.`,
          ],
        ]),
    ...(alerts.length === 0
      ? []
      : [
          [
            md`minute 6`,
            md`${titles(alerts, distribution)}: if no mail was accepted, the alarm ${code('sev1-unsent')} mails ${code('alarmAddress')} of ${code('deploy.yaml')}. Call leaders; then read ${code('/home')}, which says why.`,
          ],
        ]),
    ...(follow.length === 0
      ? []
      : [
          [
            md`at a change`,
            md`Readers of ${titles(follow, distribution)} get an update in the same thread 1 to 6 minutes later. After many updates the gap grows from 2 to 60 minutes.`,
          ],
        ]),
    ...(quiet.length === 0
      ? []
      : [[md`at a change`, md`Readers of ${titles(quiet, distribution)} get no update (${code('updates: false')}).`]]),
    [md`severity raised`, md`The mails of the new severity start then, if the postmortem is recent enough for “at once”.`],
    [
      md`severity lowered`,
      md`Whoever had a mail that the new severity does not bring is told within three minutes which severity it is now, and that no more mails come.`,
    ],
  ];
}

function scheduled(distribution: Distribution): Markdown[][] {
  const later = sentStreams(distribution).filter((stream) => configuredStream(distribution, stream)?.schedule);
  if (later.length === 0) return [];
  const named = listed(later.map((stream) => `${isAtOnce(stream) ? 'the summary of ' : ''}${streamTitle(stream, distribution)}`));
  return [[md`at their times`, md`${named}. Each also says what an earlier one had wrong: ${corrections(distribution)}.`]];
}

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
  return md`${what}, made at most ${withinDays} days after that mail`;
}
