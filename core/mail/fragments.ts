import * as z from 'zod';
import { PostmortemId, Severity } from '../postmortem/postmortem.ts';
import { Topic } from '../subscriber/topic.ts';

/**
 * Placeholders in a fragment for a reader's own values. The control characters around a name cannot
 * come from a postmortem: intake refuses or removes them, and rendering removes them again.
 */
export const placeholders = {
  /**
   * A URL prefix without a trailing slash. A postmortem's page is `<read>/<postmortem>`, the list
   * of all that the mail links to `<read>`.
   */
  read: '\u0002read\u0003',
  /**
   * The same kind of prefix, for what leadership is asked. For a reviewer `<decide>/<postmortem>`
   * is the page where they decide on it, for everybody else its page to read.
   */
  decide: '\u0002decide\u0003',
  preferences: '\u0002preferences\u0003',
  unsubscribe: '\u0002unsubscribe\u0003',
  view: '\u0002view\u0003',
  /**
   * The address of the public list of notices, without a token. A notice's page is
   * `<incidents>/<public id>`. In customers' mails only.
   */
  incidents: '\u0002incidents\u0003',
  /** One sentence: why this person gets this mail. Escaped for the part it goes into. */
  why: '\u0002why\u0003',
  /** The link of a service mail's button. Empty in any other mail. */
  action: '\u0002action\u0003',
  /** `{{ses:openTracker}}` or nothing. HTML only. */
  tracker: '\u0002tracker\u0003',
} as const;
export type PlaceholderName = keyof typeof placeholders;

/** One piece of mail in both forms, made from the same data. */
export const Fragment = z.object({ html: z.string(), text: z.string() });
export type Fragment = z.infer<typeof Fragment>;

/**
 * A text that names postmortems outside their cards. `instead` replaces it once one of them is
 * withheld; `leftOut` replaces it for readers who left one of them out.
 */
const Naming = z.object({
  postmortems: z.array(PostmortemId).min(1),
  instead: Fragment,
  leftOut: Fragment.optional(),
  /**
   * They are drafts, of which it tells severity, day and id. Only a restriction withholds them, and
   * that they were taken back.
   */
  awaited: z.literal(true).optional(),
});

/** The section of cards that say what earlier editions told wrongly, and what is right. */
export const correctionsSection = 'corrected';

/**
 * The body of an edition, in order. A `card` is one postmortem, in full and as a line. A `heading`
 * shows only if a card of its section does. The edition's `lines` fragments wrap consecutive lines.
 * A `fixed` block always shows, without names if a postmortem that it names is withheld.
 */
export const Block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fixed'), fragment: Fragment, names: Naming.optional() }),
  z.object({ kind: z.literal('heading'), section: z.string(), fragment: Fragment }),
  z.object({
    kind: z.literal('card'),
    section: z.string(),
    postmortem: PostmortemId,
    /** What readers choose by. Absent: the card is for every reader. */
    severity: Severity.optional(),
    topics: z.array(Topic).optional(),
    /** For the subject of a reader who has left others out. */
    title: z.string().optional(),
    /** Only readers to whose team it matters get it. For others nothing is left out. */
    onlyForTeams: z.literal(true).optional(),
    /** The form it takes unless the size limit or the reader's choices say otherwise. */
    usual: z.enum(['card', 'line']),
    card: Fragment,
    line: Fragment,
    /** The card, and never the line, names another postmortem. */
    names: z.object({ postmortem: PostmortemId, instead: Fragment }).optional(),
  }),
]);
export type Block = z.infer<typeof Block>;

/** A card of the edition that comes first for a team, and why. */
const RelevantCard = z.object({
  postmortem: PostmortemId,
  /** What a reader's "not relevant" is about. */
  key: z.string(),
  reason: Fragment,
  /** The reason names another postmortem. */
  names: z.object({ postmortem: PostmortemId, instead: Fragment }).optional(),
});
export type RelevantCard = z.infer<typeof RelevantCard>;

/**
 * What an edition says to readers of one zone where it differs, because it tells a time. What is
 * absent stands as in the organisation's zone.
 */
const InZone = z.object({
  subject: z.string().optional(),
  head: Fragment.optional(),
  times: Fragment.optional(),
  blocks: z.array(Block).optional(),
});
export type InZone = z.infer<typeof InZone>;

/**
 * An edition rendered once. `deliver` joins the head, the chosen blocks and the foot, and fills the
 * placeholders: string work only. A stored one is read without what this release does not know.
 */
export const EditionFragments = z.object({
  /** One line, no control characters. */
  subject: z.string(),
  /** The subject to use once a postmortem that it names is withheld. */
  subjectNames: z.object({ postmortems: z.array(PostmortemId).min(1), instead: z.string() }).optional(),
  head: Fragment,
  /** Comes after the head. Apart from the blocks, so that a long text is stored once. */
  times: Fragment.optional(),
  blocks: z.array(Block),
  /** How topics of its cards are spelt, for the reason in the footer. */
  topicNames: z.record(Topic, z.string()).optional(),
  lines: z.object({ open: Fragment, close: Fragment }),
  /** Comes after the last card if later ones had to become lines for the size limit. */
  cutNotice: Fragment,
  /**
   * Comes after the line of a card whose text is no longer right. Absent in editions of earlier
   * releases, whose cards stay as they are.
   */
  correctedNotice: Fragment.optional(),
  /**
   * The section for followed cards: under its heading, before the other cards, each under the
   * reason of its topic. `rest` separates what comes first,
   * these and the relevant ones, from the others.
   */
  follow: z.object({ heading: Fragment, rest: Fragment, reasons: z.record(Topic, Fragment) }).optional(),
  /**
   * The section for cards that matter to the reader's team: first of all, each under its reason.
   * Sorted by team. The cards of a team come in this order.
   */
  relevant: z.object({ heading: Fragment, teams: z.array(z.object({ team: Topic, cards: z.array(RelevantCard) })) }).optional(),
  /** Comes after the last card for readers who left others out. */
  leftOutNotice: Fragment.optional(),
  foot: Fragment,
  /** The foot for readers who cannot leave, if other readers can. */
  mandatoryFoot: Fragment.optional(),
  /** The mail is worth sending even if every card is withheld. */
  standsWithoutCards: z.literal(true).optional(),
  /**
   * By the name of a zone. Readers of any other zone get what stands above, in the organisation's.
   * Absent: it tells no time, or is of an earlier release.
   */
  zones: z.record(z.string(), InZone).optional(),
});
export type EditionFragments = z.infer<typeof EditionFragments>;

/** The edition as it is told to readers of a zone. Undefined: to those who gave none. */
export function toldIn(edition: EditionFragments, zone: string | undefined): EditionFragments {
  const own = zone === undefined ? undefined : edition.zones?.[zone];
  if (!own) return edition;
  const { subject = edition.subject, head = edition.head, times = edition.times, blocks = edition.blocks } = own;
  return { ...edition, subject, head, blocks, ...(times && { times }) };
}

/** Every postmortem that a mail of this edition may name. */
export const namedIn = ({ blocks, subjectNames, relevant }: EditionFragments): PostmortemId[] => [
  ...new Set([
    ...(subjectNames?.postmortems ?? []),
    ...(relevant?.teams ?? []).flatMap(({ cards }) => cards.flatMap(({ names }) => names?.postmortem ?? [])),
    ...blocks.flatMap((block) => {
      if (block.kind === 'card') return [block.postmortem, ...(block.names ? [block.names.postmortem] : [])];
      return block.kind === 'fixed' ? (block.names?.postmortems ?? []) : [];
    }),
  ]),
];

/** Those of them that are drafts. */
export const awaitedIn = ({ blocks }: EditionFragments): PostmortemId[] =>
  blocks.flatMap((block) => (block.kind === 'fixed' && block.names?.awaited ? block.names.postmortems : []));

const htmlOf = (block: Block): string => (block.kind === 'card' ? block[block.usual].html : block.fragment.html);

/**
 * UTF-8 bytes of an edition's HTML with every card in its usual form, before placeholders are
 * filled and a mail is cut to the size limit.
 */
export const htmlBytes = ({ head, blocks, foot }: EditionFragments): number =>
  Buffer.byteLength([head.html, ...blocks.map(htmlOf), foot.html].join(''));
