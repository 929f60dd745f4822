import * as z from 'zod';
import type { ActionRow } from '../action/action.ts';
import { asItStands } from '../action/as-it-stands.ts';
import { printDayInFull, printMoment, printPlainDate, printTime, printZone } from '../calendar/print.ts';
import { type SeverityLabels, spokenLabel } from '../distribution/severity-label.ts';
import type { CrossFunctionalRendition } from '../rendition/cross-functional-rendition.ts';
import type { EngineeringRendition } from '../rendition/engineering-rendition.ts';
import type { LeadershipRendition } from '../rendition/leadership-rendition.ts';
import type { RenditionFor } from '../rendition/renditions.ts';
import { hasTime, type PlainDate } from '../shared/instant.ts';
import { type Audience, bannerOf } from '../stream/audience.ts';
import { stateOf } from './brief-card.ts';
import { dotted, keptPromises, Line, promiseIn } from './card-content.ts';
import { ImpactPart, sayOf } from './impact-content.ts';
import { endOf, type IncidentTimes, whoIsAffected } from './incident-time.ts';
import { capitalised, listed, printed, printNumber, shortened } from './prose.ts';

/**
 * One post in Slack, as ready-made strings. Parsing it sanitises every string again. It says no
 * relative time, such as "today": a revision makes the same content until somebody does something
 * with its actions.
 */
export const PostContent = z.strictObject({
  /** `struck`: only `title`, struck through, and `note`. `emptied`: only `note`. */
  view: z.enum(['full', 'struck', 'emptied']),
  /** For lock screens and notifications: severity and title, at most 150 characters. */
  notification: Line,
  /** The first line for readers who talk with people outside. */
  banner: Line.optional(),
  title: Line.optional(),
  /** Severity, services, team, times, who was affected, standing. */
  meta: Line.optional(),
  parts: z.array(ImpactPart),
  link: z.strictObject({ url: z.url({ protocol: /^https?$/ }), words: Line }).optional(),
  /** `Taken back on 26 November 2026. What stood here no longer counts.` */
  note: Line.optional(),
});
export type PostContent = z.infer<typeof PostContent>;

/** What one text of a post may have, in characters as Slack may count them. See `postLength`. */
export const mostOfTitle = 150;
export const mostOfPart = 600;
const mostOfName = 50;

/**
 * A post stands for years and says the same on each day. So nothing is late, and each day has its
 * year.
 */
const noToday = new Date(0);

export interface PostSettings {
  /** Where it can be read in full. Absent: it has no link. */
  readonly link?: string | undefined;
  readonly labels: SeverityLabels;
  readonly zone: string;
  /** The rows of its actions, told as they stand at `at`. Absent: as the document has them. */
  readonly actions?: { readonly rows: readonly ActionRow[]; readonly at: Date } | undefined;
}

/** What is told of a postmortem beside its title. */
interface Told {
  readonly meta: readonly (string | undefined)[];
  /** `most`: texts of a part, where it need not be whole. */
  readonly parts: readonly (readonly [label: string, texts: readonly (string | undefined)[], most?: number])[];
  readonly linkWords: string;
}
type Actions = Pick<PostSettings, 'zone' | 'actions'>;
type Promises = readonly Pick<LeadershipRendition['actionItems'][number], 'title' | 'owner' | 'team' | 'due' | 'status'>[];
type Teller<R> = (rendition: R, settings: Actions) => Told;

/** One row per audience. */
const tellers: { readonly [A in Audience]: Teller<RenditionFor<A>> } = {
  engineering: toldToEngineers,
  leadership: toldToLeaders,
  'cross-functional': toldToSupport,
};

/** What a post shows of a postmortem to one audience. */
export function postContent<A extends Audience>(audience: A, rendition: RenditionFor<A>, settings: PostSettings): PostContent {
  const { link, labels } = settings;
  const tell: Teller<RenditionFor<A>> = tellers[audience];
  const { meta, parts, linkWords } = tell(rendition, settings);
  const severity = capitalised(spokenLabel(rendition.severity, labels));
  const title = printed(rendition.title) || 'A postmortem without a title';
  const account = rendition.status === 'preliminary' ? 'preliminary account' : 'final account';
  return PostContent.parse({
    view: 'full',
    notification: within(`${severity}: ${title}`, mostOfTitle),
    banner: bannerOf(audience),
    title: within(title, mostOfTitle),
    meta: dotted([severity, ...meta, customersOf(rendition.customersAffected), account].map((fact) => within(fact ?? '', mostOfPart))),
    parts: parts.flatMap((part) => partOf(...part) ?? []),
    ...(link && { link: { url: link, words: linkWords } }),
  });
}

/**
 * The title of what was told, struck through. `title` undefined: nobody knows it any more. `day`:
 * when it was taken back.
 */
export const struckContent = (title: string | undefined, day: PlainDate): PostContent => {
  const said = within(printed(title ?? ''), mostOfTitle);
  return PostContent.parse({
    view: 'struck',
    notification: within(said ? `Taken back: ${said}` : 'A postmortem was taken back.', mostOfTitle),
    ...(said && { title: said }),
    parts: [],
    note: `Taken back on ${printPlainDate(day, noToday, 'UTC')}. What stood here no longer counts.`,
  });
};

/** Why nothing of a postmortem may stand in a post, in words for the readers of the channel. */
const emptied = {
  /** It is restricted, a draft again, or was merged. */
  withdrawn: 'A postmortem that stood here was withdrawn.',
  /** The channel's audience has nothing to see of it any more. */
  'not concerned': 'What stood here no longer holds: the account of the incident now says that no customer was affected.',
  /** People of another company read the channel. */
  shared: 'A postmortem that stood here was removed, because this channel is shared with another company.',
} as const;
export type EmptiedBecause = keyof typeof emptied;

/** Nothing of the postmortem. */
export const emptiedContent = (why: EmptiedBecause): PostContent =>
  PostContent.parse({ view: 'emptied', notification: emptied[why], parts: [], note: emptied[why] });

function toldToEngineers(pm: EngineeringRendition, settings: Actions): Told {
  return {
    meta: [servicesOf(pm), nameOf(pm.owningTeam), whenOf(pm, settings.zone)],
    parts: [
      ['What happened', [pm.gist.whatHappened]],
      [whoIsAffected(pm), [pm.gist.impact]],
      ['What we learnt', [pm.gist.learnt]],
      ['What will change', promisesOf(pm, settings), mostPromises],
    ],
    linkWords: 'Read the postmortem',
  };
}

function toldToLeaders(pm: LeadershipRendition, settings: Actions): Told {
  const { zone } = settings;
  const promises = promisesOf(pm, settings);
  return {
    meta: [servicesOf(pm), nameOf(pm.owningTeam), whenOf(pm, zone)],
    parts: [
      ['Where it stands', [stateOf(pm, { now: noToday, zone })]],
      pm.impact ? [whoIsAffected(pm), [pm.impact]] : ['What happened', [pm.whatHappened]],
      ['Next steps', promises.length > 0 ? promises : ['No actions are promised.'], mostPromises],
    ],
    linkWords: 'Read the postmortem',
  };
}

function toldToSupport(pm: CrossFunctionalRendition, { zone }: Actions): Told {
  return {
    meta: [whenOf(pm, zone)],
    parts: [
      ['What customers saw', [pm.saw]],
      ['Say', sayOf(pm, { contact: '' })],
      ['Do not say', pm.doNotSay],
    ],
    linkWords: 'Open the current text',
  };
}

const mostPromises = 4;
function promisesOf({ actionItems }: { readonly actionItems: Promises }, { zone, actions }: Actions): string[] {
  const items = actions ? asItStands(actionItems, actions.rows, actions.at) : actionItems;
  return keptPromises(items).map((action) => promiseIn(action, { now: noToday, zone }));
}

const nameOf = (name: string | undefined) => name && within(printed(name), mostOfName);
const servicesOf = ({ services }: { readonly services: readonly string[] }) =>
  listed(
    services.flatMap((service) => nameOf(service) || []),
    3,
  );
const customersOf = (count: number | undefined) =>
  count ? `${printNumber(count)} ${count === 1 ? 'customer' : 'customers'} affected` : undefined;

/** `Thursday 19 November 2026, 13:35 to 14:33 Berlin time`, or what is known of it. */
function whenOf(times: IncidentTimes, zone: string): string | undefined {
  const [from, to] = [times.startedAt, endOf(times)];
  if (!from) return to && `over since ${printMoment(to, noToday, zone)}`;
  if (!to) return `since ${printMoment(from, noToday, zone)}, no end is given yet`;
  const [start, end] = [printDayInFull(from, noToday, zone), printDayInFull(to, noToday, zone)];
  if (!hasTime(from) || !hasTime(to)) return start === end ? start : `${start} to ${end}`;
  const until = start === end ? printTime(to, zone) : `${end}, ${printTime(to, zone)}`;
  return `${start}, ${printTime(from, zone)} to ${until} ${printZone(zone)} time`;
}

/**
 * As many whole texts as fit, and always the first. Says how many are left out, because nobody may
 * take a list of what not to say for complete.
 */
function partOf(label: string, given: readonly (string | undefined)[], most = given.length): ImpactPart | undefined {
  const texts = [...new Set(given.flatMap((text) => printed(text ?? '') || []))];
  const [first, ...others] = texts;
  if (first === undefined) return undefined;
  const room = mostOfPart - (others.length > 0 ? roomForRest : 0);
  const told = [within(first, room)];
  let length = postLength(told[0] ?? '');
  for (const text of others.slice(0, most - 1)) {
    length += postLength(text);
    if (length > room) break;
    told.push(text);
  }
  const rest = texts.length - told.length;
  return { label, texts: rest > 0 ? [...told, `And ${rest} more in the postmortem.`] : told };
}
const roomForRest = 40;

/**
 * How long Slack may take a text for: it escapes `&`, `<` and `>`, and nobody documents whether
 * before it counts or after.
 */
export const postLength = (text: string): number =>
  text.length + 3 * (text.match(/[<>]/g)?.length ?? 0) + 4 * (text.match(/&/g)?.length ?? 0);

/** Cuts at a word to `most` by `postLength`. */
function within(text: string, most: number): string {
  let said = shortened(text, most);
  while (postLength(said) > most) said = shortened(said, Math.min(said.length - 1, Math.floor((said.length * most) / postLength(said))));
  return said;
}
