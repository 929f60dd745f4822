import type { Distribution } from '../distribution/distribution.ts';
import { unknownServices } from '../distribution/known-names.ts';
import { noticeRulesOf } from '../distribution/notice-rules.ts';
import { configuredStream, signUpOf } from '../distribution/stream-rules.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import { audienceWords } from '../stream/audience.ts';
import { audienceOf, definitionOf, realmOfStream, streams } from '../stream/stream.ts';
import { blocks, bold, bullets, code, joined, listed, type Markdown, md } from './markdown.ts';
import { allowed, hasNamed, sentStreams } from './who.ts';

/** What the file leaves out, and what follows from that. */
export function notConfigured(distribution: Distribution): Markdown {
  const missing = [
    ...streamGaps(distribution),
    ...slackGaps(distribution),
    ...peopleGaps(distribution),
    ...teamGaps(distribution),
    ...customerGaps(distribution),
  ];
  return blocks(
    md`${code('afterword check --drift')} finds what the file names and is no longer so, such as a channel that is gone or a lead who left.`,
    bullets(missing),
  );
}

const gap = (what: Markdown, means: Markdown): Markdown => md`${bold(what)}. ${means}`;

const streamGaps = (distribution: Distribution): Markdown[] =>
  streams
    .filter((stream) => definitionOf(stream).realm === 'staff')
    .flatMap((stream) => {
      const settings = configuredStream(distribution, stream);
      const title = md`${streamTitle(stream, distribution)} (${code(stream)})`;
      const audience = audienceOf(stream);
      const whom = audience ? audienceWords(audience).name : 'nobody';
      if (!settings) return [gap(md`No stream ${title}`, md`${whom}: no such mail leaves, and nobody can subscribe to it.`)];
      return [
        ...(settings.subscribe?.length === 0
          ? [gap(md`No role gets ${title}`, md`It reaches only people for whom the list of people has it, or who joined.`)]
          : []),
      ];
    });

function slackGaps({ slack, teams }: Distribution): Markdown[] {
  if (!slack) {
    const named = teams.some(({ channels }) => channels.slack !== undefined);
    return [gap(md`No ${code('slack')}`, md`Nothing is posted${named ? '; channels of teams stand here for people only' : ''}.`)];
  }
  if (!slack.teams)
    return [gap(md`No posts in channels of teams`, md`${code('slack.teams')} is false: only the channels in the table get posts.`)];
  const without = teams.filter(({ channels }) => channels.slack === undefined);
  return without.length === 0 ? [] : [gap(md`Teams without a channel`, md`${names(without)}: nothing is posted for them.`)];
}

function peopleGaps(distribution: Distribution): Markdown[] {
  const { operators, authors, brand, reviews, reminders } = distribution;
  return [
    ...(allowed(operators)
      ? []
      : [
          gap(md`No operators`, md`Nobody can stop, restrict or recall on a page at night: only who holds a key can, on the command line.`),
        ]),
    ...(allowed(authors)
      ? []
      : [gap(md`No authors`, md`Nobody but operators writes on a page: postmortems come by keys, for example from CI.`)]),
    ...(reviews
      ? []
      : [gap(md`No ${code('reviews')}`, md`Nobody in leadership is asked to review a postmortem or to decide on what it promises.`)]),
    ...(reminders ? [] : [gap(md`No ${code('reminders')}`, md`Nobody is reminded of what they promised, or of what waits for them.`)]),
    ...(brand?.replyTo === undefined
      ? [gap(md`No ${code('brand.replyTo')}`, md`Answers to mails go to the sender's address. See that somebody reads it.`)]
      : []),
  ];
}

function teamGaps(distribution: Distribution): Markdown[] {
  const { teams, products = [] } = distribution;
  const alerts = sentStreams(distribution).filter((stream) => definitionOf(stream).namesLeads);
  const titles = listed(alerts.map((stream) => streamTitle(stream, distribution)));
  const leaderless = teams.filter(({ leads = [], deputies = [] }) => leads.length + deputies.length === 0);
  const idle = teams.filter(({ services }) => services.length === 0);
  const unknown = unknownServices(
    products.flatMap(({ services }) => services),
    distribution,
  ).map(({ name }) => name);
  return [
    ...(teams.length === 0
      ? [gap(md`No teams`, md`No postmortem finds its team by its services, and nobody is sure to get an alert.`)]
      : []),
    ...(alerts.length > 0 && leaderless.length > 0
      ? [
          gap(
            md`Teams without a lead or a deputy`,
            md`${names(leaderless)}: nobody of ${leaderless.length === 1 ? 'it' : 'them'} has to get ${titles}${hasNamed(distribution) ? '' : ', and whoever gets it may leave'}.`,
          ),
        ]
      : []),
    ...(idle.length > 0 ? [gap(md`Teams without services`, md`${names(idle)}: a postmortem is theirs only if its author says so.`)] : []),
    ...(unknown.length > 0
      ? [gap(md`Services that no team runs`, md`${joined(unknown, ', ')}: a product has them, and no team is found by them.`)]
      : []),
    ...(products.length === 0
      ? [gap(md`No ${code('products')}`, md`Mails about customer impact name services as engineers call them.`)]
      : []),
  ];
}

const names = (teams: Distribution['teams']): Markdown =>
  joined(
    teams.map(({ name }) => name),
    ', ',
  );

function customerGaps(distribution: Distribution): Markdown[] {
  if (noticeRulesOf(distribution)) return [];
  const open = streams.some((stream) => realmOfStream(stream) === 'customers' && signUpOf(distribution, stream));
  return [
    gap(
      md`Nothing for customers`,
      open
        ? md`They can join at ${code('/customers/join')}, and no notice is sent to them, because the file names no approvers. What they are told, support tells them.`
        : md`No notice is sent to them, and they cannot join. What they are told, support tells them.`,
    ),
  ];
}
