import { printZone } from '../calendar/print.ts';
import { graveSeverities } from '../content/brief-content.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { configuredStream, signUpOf } from '../distribution/stream-rules.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import { type Severity, severities } from '../postmortem/postmortem.ts';
import { type Audience, audiences, audienceWords, bannerOf } from '../stream/audience.ts';
import { audienceOf, definitionOf, type StreamName } from '../stream/stream.ts';
import { blocks, bold, bullets, code, joined, listed, type Markdown, md, table } from './markdown.ts';
import { postedChannels } from './posted.ts';
import { isAtOnce, usualTime } from './when.ts';
import { readers, sentStreams, tellAtOnce } from './who.ts';

/** For each severity, what is sent to whom, and when. */
export function whereItGoes(distribution: Distribution): Markdown {
  const labels = labelsOf(distribution);
  const sent = Map.groupBy(sentStreams(distribution), (stream) => (isAtOnce(stream) ? 'at once' : 'later'));
  const rowsOf = (when: 'at once' | 'later') => (sent.get(when) ?? []).map((stream) => streamRow(stream, distribution));
  const rows = [...rowsOf('at once'), ...slackRows(distribution), ...rowsOf('later')];
  if (rows.length === 0) return md`Nowhere: the file has no stream that is sent, and no Slack.`;
  const { zone } = distribution.organisation;
  return blocks(
    md`Find the column of the severity. All of it leaves by itself once the postmortem is published. Times are ${printZone(zone)} time (${code(zone)}).`,
    table(['What comes', 'To whom', 'Audience', ...severities.map((severity) => labels[severity])], rows),
    bullets([
      ...meanings(distribution),
      md`Nobody is told of a draft (${code('status: draft')}), or of a restricted or retracted postmortem. A preliminary one is told, as preliminary.`,
      md`A scheduled mail tells of what was published in the week (Monday to Sunday) or month that ended before it leaves, whenever the incident was. What came in late is in the next one.`,
      md`The severity is what its author wrote at the top of the document, such as ${code(`severity: ${labels.sev2}`)}; without it, it is ${labels.unclassified}. Nothing here says what makes a ${labels.sev2}.${aliases(distribution)}`,
      inTeams(distribution),
      slackNeeds(distribution),
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
    atOnce(distribution),
    sent.some((stream) => definitionOf(stream).describes === 'the gravest')
      ? md`“Counted” is part of the numbers, and not described.`
      : undefined,
    concerned.length > 0 ? md`Customers felt it if the postmortem says so, counts customers, or has words about them.` : undefined,
    md`A role is what the list of people says of a person.`,
  ];
}

/** What keeps a postmortem from being told at once, whatever its severity. */
function atOnce(distribution: Distribution): Markdown {
  const ages = agesAtOnce(distribution);
  if (ages === '') return md`“At once” is within minutes.`;
  return md`“At once” is within minutes, and only of what was published, or else happened, at most ${ages} ago. Write one of these dates into the document: what has none comes in scheduled mails alone and is posted nowhere.`;
}

/** `14 days`, or by what is told where they differ. */
function agesAtOnce(distribution: Distribution): string {
  const all = [
    ...tellAtOnce(distribution).map((stream) => ({
      withinDays: configuredStream(distribution, stream)?.withinDays ?? 0,
      title: streamTitle(stream, distribution),
    })),
    ...(distribution.slack ? [{ withinDays: distribution.slack.withinDays, title: 'Slack' }] : []),
  ];
  const days = (n: number) => `${n} ${n === 1 ? 'day' : 'days'}`;
  const [first] = all;
  if (first && all.every(({ withinDays }) => withinDays === first.withinDays)) return days(first.withinDays);
  return all.map(({ withinDays, title }) => `${days(withinDays)} (${title})`).join(' or ');
}

/** To belong to a team brings no mail. */
function inTeams(distribution: Distribution): Markdown | undefined {
  const alerts = sentStreams(distribution).filter((stream) => definitionOf(stream).namesLeads);
  if (distribution.teams.length === 0 || alerts.length === 0) return undefined;
  const titles = listed(alerts.map((stream) => streamTitle(stream, distribution)));
  const named = distribution.teams.filter(({ leads = [], deputies = [] }) => leads.length + deputies.length > 0).map(({ name }) => name);
  return md`Being in a team brings no mail by itself. Only the leads and deputies whom the file names get ${titles}, of every team${named.length === 0 ? ', and it names none' : md`: those of ${listed(named)}`}.`;
}

const slackNeeds = ({ slack }: Distribution): Markdown | undefined =>
  slack &&
  md`Slack: only if the deployment has a token (${code('slack.token')} in ${code('deploy.yaml')}), and only in channels to which somebody invited the app. ${code('afterword slack channels')} says what each lacks.`;

/** What documents may call the severities, besides their labels. */
function aliases(distribution: Distribution): Markdown {
  const labels = labelsOf(distribution);
  const named = severities.flatMap((severity) => {
    const also = distribution.severities[severity]?.aliases ?? [];
    return also.length === 0 ? [] : [md`${labels[severity]} as ${joined(also, ', ')}`];
  });
  return named.length === 0 ? md`` : md` Documents may write ${joined(named, '; ')} as well.`;
}

/** What each audience sees of a postmortem, and where it reads it. */
export const whoSeesWhat = (distribution: Distribution): Markdown =>
  blocks(
    table(
      ['Audience', 'Sees', 'Does not see', 'Who reads its archive'],
      audiences.map((audience) => {
        const { name, sees, doesNotSee, concerns } = audienceWords(audience);
        return [bold(name), concerns ? md`${sees}. Only ${concerns}` : sees, doesNotSee, archiveReaders(audience, distribution)];
      }),
    ),
    bullets([
      ...openToAll(distribution),
      md`The archive (${code('/archive')}) needs a sign-in with an address on the list of people. It has every severity.`,
      md`The links of a mail open what that mail tells, without a sign-in and also if it was forwarded, for 400 days, while the person who got it may read that archive.`,
      slackReading(distribution),
      md`Each publication of a postmortem is kept as a revision, and only the text of the current one is shown. A mail that has left keeps its text.`,
      md`Only its sender, the authors whom it names so that nobody else can be meant, operators and keys with the right ${code('read')} see what is restricted.`,
    ]),
  );

/** Whether everybody in the organisation may switch a stream of this audience on. */
const isOpenToAll = (audience: Audience, distribution: Distribution): boolean =>
  sentStreams(distribution).some((stream) => audienceOf(stream) === audience && signUpOf(distribution, stream)?.kind === 'organisation');

function archiveReaders(audience: Audience, distribution: Distribution): Markdown {
  const own = sentStreams(distribution).filter((stream) => audienceOf(stream) === audience);
  if (own.length === 0) return md`nobody: the file has no stream for them`;
  if (isOpenToAll(audience, distribution)) return md`everybody on the list of people`;
  return md`who gets ${joined(
    own.map((stream) => streamTitle(stream, distribution)),
    ' or ',
  )}`;
}

/** What is left out of mails to people who talk with customers, and is no secret to them. */
function openToAll(distribution: Distribution): Markdown[] {
  const open = audiences.filter((audience) => !bannerOf(audience) && isOpenToAll(audience, distribution));
  if (open.length === 0) return [];
  return audiences
    .filter(bannerOf)
    .map(
      (audience) =>
        md`Mails and posts to ${audienceWords(audience).name} leave out causes and names. Everybody on the list of people, these readers too, can still read them in the archive of ${listed(open.map((one) => audienceWords(one).name))}.`,
    );
}

function slackReading({ slack }: Distribution): Markdown | undefined {
  if (!slack) return undefined;
  return slack.links === 'open'
    ? md`The link of a post in Slack opens that one postmortem for everybody who has the link, as the channel sees it, for 400 days.`
    : md`The link of a post in Slack leads to the archive, which asks who reads.`;
}
