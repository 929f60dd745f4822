import { printZone } from '../calendar/print.ts';
import { graveSeverities } from '../content/brief-content.ts';
import { capitalised } from '../content/prose.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { configuredStream, frequenciesOf, signUpOf } from '../distribution/stream-rules.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import { type Severity, severities } from '../postmortem/postmortem.ts';
import { type Audience, audiences, audienceWords } from '../stream/audience.ts';
import { audienceOf, definitionOf, type Frequency, type StreamName } from '../stream/stream.ts';
import { blocks, bold, bullets, code, joined, listed, type Markdown, md, table } from './markdown.ts';
import { postedChannels } from './posted.ts';
import { isAtOnce, scheduleWords, usualTime } from './when.ts';
import { readers, sentStreams } from './who.ts';

/** For each severity, what is sent to whom, and when. */
export function whereItGoes(distribution: Distribution): Markdown {
  const labels = labelsOf(distribution);
  const sent = Map.groupBy(sentStreams(distribution), (stream) => (isAtOnce(stream) ? 'at once' : 'later'));
  const rowsOf = (when: 'at once' | 'later') => (sent.get(when) ?? []).map((stream) => streamRow(stream, distribution));
  const rows = [...rowsOf('at once'), ...slackRows(distribution), ...rowsOf('later')];
  if (rows.length === 0) return md`Nowhere: the file has no stream that is sent, and no Slack.`;
  const { zone } = distribution.organisation;
  return blocks(
    md`Find the column of the severity. All of it happens by itself once the postmortem is published. Times are ${printZone(zone)} time (${code(zone)}).`,
    table(['What comes', 'To whom', 'Audience', ...severities.map((severity) => labels[severity])], rows),
    bullets([
      ...meanings(distribution),
      md`A draft, a restricted or a retracted postmortem goes nowhere. A preliminary one is told, as preliminary.`,
      md`A scheduled mail tells of the week (Monday to Sunday) or the month that ended before it leaves. What was published late comes in the next one.`,
      md`${bold(labels.unclassified)} is a postmortem that names no severity.${aliases(distribution)}`,
      ...choices(distribution),
    ]),
  );
}

function streamRow(stream: StreamName, distribution: Distribution): Markdown[] {
  const audience = audienceOf(stream);
  return [
    md`${bold(streamTitle(stream, distribution))}, a mail`,
    readers(stream, distribution),
    md`${audience ? audienceWords(audience).name : ''}`,
    ...severities.map((severity) => cell(stream, severity, distribution)),
  ];
}

function cell(stream: StreamName, severity: Severity, distribution: Distribution): Markdown {
  const named = configuredStream(distribution, stream)?.severities;
  if (named && !named.includes(severity)) return md`no`;
  const when = usualTime(stream, distribution);
  if (definitionOf(stream).describes === 'the gravest' && !graveSeverities.some((grave) => grave === severity)) return md`counted, ${when}`;
  const audience = audienceOf(stream);
  return md`${when}${concerned(audience)}`;
}

const concerned = (audience: Audience | undefined): string => {
  const only = audience && audienceWords(audience).concerns;
  return only ? `, ${only}` : '';
};

const slackRows = (distribution: Distribution): Markdown[][] =>
  postedChannels(distribution).map(({ name, whom, audience, severities: posted }) => [
    md`${bold('Slack')}, ${name}`,
    whom,
    md`${audience ? audienceWords(audience).name : 'see the teams'}`,
    ...severities.map((severity) => (posted.includes(severity) ? md`at once${concerned(audience)}` : md`no`)),
  ]);

/** The words of the table that are not plain. */
function meanings(distribution: Distribution): (Markdown | undefined)[] {
  const sent = sentStreams(distribution);
  const concerned = audiences.filter((one) => audienceWords(one).concerns && sent.some((stream) => audienceOf(stream) === one));
  return [
    md`“At once” is within minutes. A role is what the list of people says of a person.`,
    sent.some((stream) => definitionOf(stream).describes === 'the gravest')
      ? md`“Counted” is part of the numbers, and not described.`
      : undefined,
    concerned.length > 0 ? md`Customers felt it if the postmortem says so, counts customers, or has words about them.` : undefined,
  ];
}

/** What documents may call the severities, besides their labels. */
function aliases(distribution: Distribution): Markdown {
  const labels = labelsOf(distribution);
  const named = severities.flatMap((severity) => {
    const also = distribution.severities[severity]?.aliases ?? [];
    return also.length === 0 ? [] : [md`${labels[severity]} as ${joined(also, ', ')}`];
  });
  return named.length === 0 ? md`` : md` Documents may also write ${joined(named, '; ')}.`;
}

/** What readers may choose in place of the time in the table. */
const choices = (distribution: Distribution): Markdown[] =>
  sentStreams(distribution).flatMap((stream) => {
    const { usual } = definitionOf(stream);
    const others = frequenciesOf(distribution, stream).filter((frequency) => frequency !== usual);
    if (others.length === 0) return [];
    return [
      md`${streamTitle(stream, distribution)}: readers may choose ${listed(others.map((one) => otherTime(stream, one, distribution)))} instead.`,
    ];
  });

function otherTime(stream: StreamName, frequency: Frequency, distribution: Distribution): Markdown {
  const { words } = definitionOf(stream);
  const schedule = configuredStream(distribution, stream)?.schedule;
  if (frequency === 'published') return md`“${words.choices?.published ?? 'As published'}” (at once)`;
  const label = words.choices?.[frequency] ?? capitalised(frequency);
  return frequency === 'weekly' && schedule ? md`“${label}” (${scheduleWords(schedule, distribution)})` : md`“${label}”`;
}

/** What each audience sees of a postmortem, and where it reads it. */
export const whoSeesWhat = (distribution: Distribution): Markdown =>
  blocks(
    table(
      ['Audience', 'Sees', 'Does not see', 'Who reads all of them in its archive'],
      audiences.map((audience) => {
        const { name, sees, doesNotSee, concerns } = audienceWords(audience);
        return [bold(name), concerns ? md`${sees}. Only ${concerns}` : sees, doesNotSee, archiveReaders(audience, distribution)];
      }),
    ),
    bullets([
      md`Whoever holds a mail may read what that mail tells, without signing in, for as long as its owner gets the stream. That is meant: a forwarded mail is readable.`,
      slackReading(distribution),
      md`The archive (${code('/archive')}) needs a sign-in. What somebody sees there is decided when they look.`,
      md`Restricted: nobody is told, and mails, pages, searches and posts leave it out. Its author and operators see it on their pages.`,
    ]),
  );

function archiveReaders(audience: Audience, distribution: Distribution): Markdown {
  const own = sentStreams(distribution).filter((stream) => audienceOf(stream) === audience);
  if (own.length === 0) return md`nobody: the file has no stream for them`;
  if (own.some((stream) => signUpOf(distribution, stream)?.kind === 'organisation')) return md`everybody on the list of people`;
  return md`who gets ${joined(
    own.map((stream) => streamTitle(stream, distribution)),
    ' or ',
  )}`;
}

function slackReading({ slack }: Distribution): Markdown | undefined {
  if (!slack) return undefined;
  return slack.links === 'open'
    ? md`The link of a post in Slack opens that one postmortem for everybody who has the link, as the channel sees it, for 400 days.`
    : md`The link of a post in Slack leads to the archive, which asks who reads.`;
}
