import type { Distribution } from '../distribution/distribution.ts';
import { unknownServices, unknownTeams } from '../distribution/known-names.ts';
import { configuredStream } from '../distribution/stream-rules.ts';
import { streamWords } from '../distribution/stream-words.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Review } from '../review/review.ts';
import { dayMs, hourMs } from '../shared/duration.ts';
import type { Instant } from '../shared/instant.ts';
import { foldedName } from '../shared/text.ts';
import { channelsIn, isWholeList, mostListed } from '../slack/channels-for.ts';
import { type SlackChannel, type SlackPost, type SlackPostRow, waitsSince } from '../slack/slack-post.ts';
import { streamsOf } from '../stream/stream.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { channelFindings, giveSlack, type ListedChannels } from './channel-findings.ts';
import { type Drift, type Finding, mostFindings, type Urgency, worstFirst } from './finding.ts';
import { type NoticeFacts, noticeFindings } from './notice-findings.ts';
import { type PromiseFacts, promiseFindings } from './promise-findings.ts';
import { reviewFindings } from './review-findings.ts';
import { listed, shown } from './words.ts';

/**
 * What a distribution file names a person for. An approver owns a stream whose sign-ups wait for
 * them.
 */
export type NamedFor = 'lead' | 'deputy' | 'approver' | 'owner' | 'operator' | 'reviewer' | 'author';
/** Why no mail reaches somebody. */
export type UnheardState = 'unknown' | 'suspended' | 'suppressed' | 'unconfirmed';

/** Somebody whom the file names and whom no mail reaches. */
export interface NamedUnheard {
  readonly named: NamedFor;
  /** `a lead of Payments`. */
  readonly post: string;
  readonly state: UnheardState;
  readonly address: string;
  readonly subscriber?: SubscriberId | undefined;
}

/** What the configuration is compared with. Each part says whether all of it was looked at. */
export interface DriftFacts {
  readonly now: Instant;
  /** The name of the stack in CloudFormation. */
  readonly stack: string;
  /** Paths of the file in force that wait for a deploy. */
  readonly needsDeploy: readonly string[];
  /** Absent: this stack has no Slack. */
  readonly slack?:
    | {
        /** The list that was read last. Absent: none was read yet. */
        readonly list?: ListedChannels | undefined;
        /** Posts that are neither posted nor on their way, the oldest first. */
        readonly unsettled: readonly SlackPostRow[];
        /** False: there are more of them. */
        readonly isWhole: boolean;
      }
    | undefined;
  /** One entry for each thing that somebody is named for. */
  readonly unheard: readonly NamedUnheard[];
  /** The open reviews that nobody whom the file names can sign. Absent: there is none. */
  readonly unsigned?: readonly PostmortemId[];
  /** How many people may run Afterword on its pages and get mail. */
  readonly operators: number;
  /** The streams that somebody gets, among so many people. */
  readonly readers: { readonly streams: ReadonlySet<string>; readonly isWhole: boolean; readonly people: number };
  /** The open reviews, hidden ones among them. */
  readonly reviews: readonly Review[];
  /** What the postmortems of the last {@link toldDays} days name, restricted ones left out. */
  readonly told: {
    readonly postmortems: readonly { readonly services: readonly string[]; readonly team?: string | undefined }[];
    readonly isWhole: boolean;
  };
  readonly promises: PromiseFacts;
  readonly notices: NoticeFacts;
  /** Absent: no service catalogue was imported. */
  readonly catalog?: CatalogFacts | undefined;
}

/** What the service catalogue and the archive add to the file. */
export interface CatalogFacts {
  /** The teams that run something, by their keys. */
  readonly running: ReadonlySet<string>;
  /** Teams of the catalogue that run something and that nobody is in. */
  readonly dissolved: readonly string[];
  /** False: there are more people than were read, and nothing is known of teams without people. */
  readonly isWhole: boolean;
}

export const toldDays = 90;
/** Slack's list is read anew before each weekly check. An older one may be out of date. */
const oldListMs = 26 * hourMs;
/** A post in doubt is being looked for, and is settled within half an hour. */
const doubtMs = hourMs;
/** What was given up longer ago than this is history: a finding that nobody can mend is no help. */
const postsOfDays = 30;
const mostNamed = 5;

/**
 * Compares a distribution file with what is so. The worst comes first. Pure: the same facts give
 * the same findings in the same words.
 */
export function driftOf(distribution: Distribution, facts: DriftFacts): Drift {
  const findings = [
    ...operatorFindings(distribution, facts),
    ...deployFindings(distribution, facts),
    ...channelFindings(distribution, facts.slack?.list?.channels),
    ...postFindings(facts),
    ...peopleFindings(facts),
    ...streamFindings(distribution, facts),
    ...teamFindings(distribution, facts),
    ...dissolvedFindings(facts),
    ...toldFindings(distribution, facts),
    ...reviewFindings(distribution, facts),
    ...promiseFindings(facts.promises),
    ...noticeFindings(distribution, facts.notices),
  ];
  const sorted = worstFirst(findings);
  return {
    at: facts.now,
    findings: sorted.slice(0, mostFindings),
    more: Math.max(0, sorted.length - mostFindings),
    notLookedAt: notLookedAt(distribution, facts),
  };
}

function operatorFindings({ operators }: Distribution, facts: DriftFacts): Finding[] {
  if (facts.operators > 0) return [];
  const isNamed = operators !== undefined && operators.people.length + operators.roles.length > 0;
  return [
    {
      kind: isNamed ? 'operators-unreachable' : 'no-operators',
      area: 'operators',
      urgency: 'now',
      what: isNamed ? 'No operator whom the file names can sign in and gets mail' : 'The file names no operator',
      why: 'nobody gets these findings by mail, and nobody can use the pages below /home',
      remedy: isNamed
        ? 'Add one of them to the list: afterword people set ADDRESS --add, or name somebody else under operators and apply the file.'
        : 'Write operators: { people: [ADDRESS] } into the file and apply it: afterword apply FILE',
    },
  ];
}

function deployFindings({ slack }: Distribution, facts: DriftFacts): Finding[] {
  const { needsDeploy, stack } = facts;
  const deploy = stack === 'afterword-laptop' ? 'Stop npm start and start it with this file.' : `Deploy it: npm run deploy -- ${stack}`;
  return [
    ...(needsDeploy.length === 0
      ? []
      : [
          {
            kind: 'not-deployed',
            area: 'deployment',
            urgency: 'now',
            what: `The file in force is not deployed (${listed(needsDeploy)})`,
            why: 'schedules, domains and senders are those of an earlier file',
            remedy: `See what differs at /home/in-force. ${deploy}`,
          } as const,
        ]),
    ...(slack === undefined || facts.slack
      ? []
      : [
          {
            kind: 'slack-not-deployed',
            area: 'deployment',
            urgency: 'now',
            what: 'The file has slack:, and this stack has no Slack',
            why: 'nothing is posted',
            remedy: giveSlack,
          } as const,
        ]),
  ];
}

type Unsettled = Exclude<SlackPostRow['post']['state'], 'absent' | 'posting'>;

const unsettledWords: Readonly<
  Record<
    Unsettled,
    {
      readonly kind: string;
      readonly urgency: Urgency;
      readonly became: readonly [string, string];
      readonly why: string;
      readonly remedy: string;
    }
  >
> = {
  refused: {
    kind: 'posts-refused',
    urgency: 'now',
    became: ['was refused by Slack', 'were refused by Slack'],
    why: 'its readers are not told',
    remedy: 'Mend the channel, then post again: afterword slack repost POSTMORTEM CHANNEL',
  },
  posted: {
    kind: 'posts-not-edited',
    urgency: 'now',
    became: ['could not be edited', 'could not be edited'],
    why: 'what no longer counts is still shown',
    remedy: 'Mend the channel, or delete what is posted there. What must be hidden is tried again by itself.',
  },
  doubtful: {
    kind: 'posts-in-doubt',
    urgency: 'now',
    became: ['has been in doubt for more than an hour', 'have been in doubt for more than an hour'],
    why: 'nobody knows whether the channel shows it',
    remedy: 'Look at the dead letters of slack: afterword dead-letters list',
  },
  unconfirmed: {
    kind: 'posts-unconfirmed',
    urgency: 'now',
    became: ['could not be confirmed', 'could not be confirmed'],
    why: 'nobody knows whether the channel shows it, and nothing is posted again by itself',
    remedy: 'Look into the channel. For a post that is not there: afterword slack repost POSTMORTEM CHANNEL',
  },
  lost: {
    kind: 'posts-lost',
    urgency: 'later',
    became: ['was deleted by somebody', 'were deleted by somebody'],
    why: 'nothing is posted again by itself',
    remedy: 'If the channel should have it: afterword slack repost POSTMORTEM CHANNEL',
  },
};

/**
 * One finding for each channel and reason, because a channel that is archived refuses every post.
 */
function postFindings({ slack, now }: DriftFacts): Finding[] {
  const groups = new Map<string, { readonly row: SlackPostRow; readonly state: Unsettled; readonly postmortems: PostmortemId[] }>();
  for (const row of slack?.unsettled ?? []) {
    const { post } = row;
    const since = waitsSince(row);
    if (since === undefined || post.state === 'posting' || post.state === 'absent') continue;
    const age = Date.parse(now) - Date.parse(since);
    if (post.state === 'doubtful' ? age <= doubtMs : age > postsOfDays * dayMs) continue;
    const key = [post.state, row.channel, refusalOf(post)].join(' ');
    const group = groups.get(key) ?? { row, state: post.state, postmortems: [] };
    group.postmortems.push(row.postmortem);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ row: { channel, post }, state, postmortems }) => {
    const { kind, urgency, became, why, remedy } = unsettledWords[state];
    const count = postmortems.length;
    const code = refusalOf(post) && ` (${shown(refusalOf(post))})`;
    return {
      kind,
      area: 'slack',
      urgency,
      what: `${count === 1 ? '1 post' : `${count} posts`} in ${channelName(channel, slack?.list?.channels)} ${count === 1 ? became[0] : became[1]}${code}`,
      why,
      remedy,
      postmortems: postmortems.slice(0, mostNamed),
    };
  });
}

const refusalOf = (post: SlackPost): string =>
  (post.state === 'refused' ? post.code : undefined) ?? (post.state === 'posted' ? post.refused?.code : undefined) ?? '';

const channelName = (id: string, channels: readonly SlackChannel[] = []): string => {
  const found = channels.find((channel) => channel.id === id);
  return found ? `#${shown(found.name)}` : id;
};

const whyNamed: Readonly<Record<NamedFor, { readonly urgency: Urgency; readonly why: string }>> = {
  lead: { urgency: 'now', why: 'no alert reaches them' },
  approver: { urgency: 'now', why: 'requests to join wait for nobody' },
  deputy: { urgency: 'soon', why: 'no alert reaches them' },
  operator: { urgency: 'soon', why: 'they cannot sign in, and get no findings' },
  reviewer: { urgency: 'soon', why: 'nothing asks them to review' },
  owner: { urgency: 'later', why: 'nobody can be asked about it' },
  author: { urgency: 'later', why: 'they cannot sign in' },
};
const order: readonly NamedFor[] = ['lead', 'approver', 'deputy', 'operator', 'reviewer', 'owner', 'author'];

const stateWords: Readonly<Record<UnheardState, (who: string) => { readonly what: string; readonly remedy: string }>> = {
  unknown: () => ({
    what: 'is not on the list of people',
    remedy: 'Add them: afterword people set ADDRESS --add, or take them out of the file and apply it.',
  }),
  suspended: (who) => ({
    what: 'is suspended',
    remedy: `If they have left, name somebody else in the file and apply it. Otherwise: afterword people unsuspend ${who} --reason TEXT`,
  }),
  suppressed: (who) => ({
    what: 'is suppressed after a bounce or a complaint',
    remedy: `If the mailbox works again: afterword people lift ${who} --reason TEXT`,
  }),
  unconfirmed: () => ({
    what: 'has not confirmed their address',
    remedy: 'Ask them to press the button in the mail that they got, or add them: afterword people set ADDRESS --add',
  }),
};

/** One finding for each person, whatever they are named for. */
function peopleFindings({ unheard }: DriftFacts): Finding[] {
  const byPerson = new Map<string, NamedUnheard[]>();
  for (const one of unheard) {
    const who = one.address.toLowerCase();
    byPerson.set(who, [...(byPerson.get(who) ?? []), one]);
  }
  return [...byPerson.values()].flatMap((posts) => {
    const [first] = posts.toSorted((a, b) => order.indexOf(a.named) - order.indexOf(b.named));
    if (!first) return [];
    const { named, state, subscriber, address } = first;
    const { urgency, why } = whyNamed[named];
    const { what, remedy } = stateWords[state](subscriber ?? 'ADDRESS');
    const others = [...new Set(posts.map(({ post }) => shown(post)))].filter((post) => post !== shown(first.post));
    const also = others.length === 0 ? '' : `, who is also ${listed(others, 3)},`;
    return [
      {
        kind: `named-${state}`,
        area: 'people',
        urgency,
        what: `${atStart(shown(first.post))}${also} ${what}`,
        why,
        remedy,
        ...(subscriber && { subscriber }),
        address,
      } satisfies Finding,
    ];
  });
}

function streamFindings(distribution: Distribution, { readers }: DriftFacts): Finding[] {
  if (!readers.isWhole) return [];
  return streamsOf('staff')
    .filter((stream) => configuredStream(distribution, stream) && !readers.streams.has(stream))
    .map((stream) => ({
      kind: 'stream-without-readers',
      area: 'streams',
      urgency: 'soon',
      what: `Nobody gets ${streamWords(stream, distribution)}`,
      why: 'what it tells reaches nobody',
      remedy: `Give it to a role (subscribe) or to everybody (signUp: organisation) in the file, or to somebody: afterword people set ADDRESS --stream ${stream}=on`,
    }));
}

/** Of a department the teams below it have the services. */
function teamFindings({ teams }: Distribution, { catalog }: DriftFacts): Finding[] {
  const above = new Set(teams.flatMap(({ partOf }) => (partOf === undefined ? [] : [foldedName(partOf)])));
  return teams
    .filter(({ name, services }) => services.length === 0 && !above.has(foldedName(name)) && !catalog?.running.has(foldedName(name)))
    .map(({ name }) => ({
      kind: 'team-without-services',
      area: 'services',
      urgency: 'later',
      what: `Team ${shown(name)} has no services`,
      why: 'it hears of a postmortem only if one names it as the owner',
      remedy: 'Name its services in the file and apply it, or take the team out.',
    }));
}

function dissolvedFindings({ catalog }: DriftFacts): Finding[] {
  if (!catalog?.isWhole || catalog.dissolved.length === 0) return [];
  const isOne = catalog.dissolved.length === 1;
  return [
    {
      kind: 'catalogue-team-without-people',
      area: 'services',
      urgency: 'soon',
      what: `Nobody on the list of people is in ${listed(catalog.dissolved.map(shown), mostNamed)}, who run services by the service catalogue`,
      why: 'nobody is told of what concerns these services',
      remedy: `Correct the ${isOne ? 'owner' : 'owners'} in the catalogue and import it, or the team of the people: afterword catalog check`,
    },
  ];
}

function toldFindings(distribution: Distribution, { told: { postmortems } }: DriftFacts): Finding[] {
  const services = counts(postmortems.flatMap((one) => names(counts(one.services))));
  const teams = counts(postmortems.flatMap(({ team }) => team ?? []));
  const of = (count: number) => (count === 1 ? '1 postmortem' : `${count} postmortems`);
  const meaning = (meant: string | undefined) => (meant === undefined ? '' : ` Is it ${shown(meant)}?`);
  return [
    ...byCount(unknownServices(names(services), distribution), services).map(
      ({ name, meant, count }): Finding => ({
        kind: 'service-without-team',
        area: 'services',
        urgency: 'soon',
        what: `The service ${shown(name)} is in no team, and ${of(count)} of the last ${toldDays} days ${count === 1 ? 'names' : 'name'} it`,
        why: 'no team is told because of it',
        remedy: `Put it into the team that runs it and apply the file.${meaning(meant)}`,
      }),
    ),
    ...byCount(unknownTeams(names(teams), distribution), teams).map(
      ({ name, meant, count }): Finding => ({
        kind: 'team-unknown',
        area: 'services',
        urgency: 'soon',
        what: `The team ${shown(name)} is not in the file, and ${of(count)} of the last ${toldDays} days ${count === 1 ? 'names' : 'name'} it as the owner`,
        why: 'it has no channel and no leads',
        remedy: `Add the team to the file and apply it, or correct the postmortems.${meaning(meant)}`,
      }),
    ),
  ];
}

/** How often each name occurs, in its first spelling. */
function counts(all: readonly string[]): ReadonlyMap<string, { readonly name: string; readonly count: number }> {
  const found = new Map<string, { name: string; count: number }>();
  for (const name of all) {
    const folded = foldedName(name);
    if (folded === '') continue;
    const one = found.get(folded) ?? { name, count: 0 };
    one.count += 1;
    found.set(folded, one);
  }
  return found;
}
const names = (counted: ReturnType<typeof counts>) => [...counted.values()].map(({ name }) => name);

/** The most frequent first, then by name. */
const byCount = <N extends { readonly name: string }>(unknown: readonly N[], counted: ReturnType<typeof counts>) =>
  unknown
    .map((one) => ({ ...one, count: counted.get(foldedName(one.name))?.count ?? 0 }))
    .toSorted((a, b) => b.count - a.count || (foldedName(a.name) < foldedName(b.name) ? -1 : 1));

function notLookedAt(distribution: Distribution, { now, slack, readers, told, catalog }: DriftFacts): string[] {
  const wanted = channelsIn(distribution).length > 0;
  const list = slack?.list;
  return [
    ...(slack && wanted && !list
      ? ['Channels: Slack has not told us its channels yet. Ask for them: afterword slack channels --refresh']
      : []),
    ...(wanted && list && Date.parse(now) - Date.parse(list.at) > oldListMs
      ? [`Channels as they are now: Slack’s list is of ${list.at.slice(0, 10)}. Ask for a new one: afterword slack channels --refresh`]
      : []),
    ...(wanted && list && !isWholeList(list.channels)
      ? [`Channels that are gone: only the first ${mostListed} of the workspace are listed.`]
      : []),
    ...(slack && !slack.isWhole ? [`Posts: only the oldest ${slack.unsettled.length} that are not settled were read.`] : []),
    ...(readers.isWhole ? [] : [`Streams without readers: only ${readers.people} people were read.`]),
    ...(catalog && !catalog.isWhole ? ['Teams without people: there are more people than were read.'] : []),
    ...(told.isWhole ? [] : [`Services and teams: only ${told.postmortems.length} postmortems of the last ${toldDays} days were read.`]),
  ];
}

const atStart = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
