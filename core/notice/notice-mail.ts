import * as z from 'zod';
import { printDayAlone } from '../calendar/print.ts';
import { Line } from '../content/card-content.ts';
import { longestSubject } from '../content/digest-words.ts';
import { printed, shortened } from '../content/prose.ts';
import { cleanText } from '../postmortem/hidden-characters.ts';
import { excerpt } from '../postmortem/plain-text.ts';
import type { Instant } from '../shared/instant.ts';
import { Topic, topicOf } from '../subscriber/topic.ts';
import { PublicId } from './external.ts';
import type { NoticeContent } from './notice-content.ts';
import { printInFull, stateOf, timesOf } from './notice-times.ts';

/** Markdown of several lines, without what is invisible. */
const Prose = z.string().transform((text) => cleanText(text).trim());

const Common = z.strictObject({
  publicId: PublicId,
  subject: Line,
  preheader: Line,
  /** What customers know the sender as. */
  organisation: Line,
  period: Line,
  /** Each with the topic that readers choose it by. */
  products: z.array(z.strictObject({ name: Line, topic: Topic.optional() })),
  /** Whom it reaches besides: readers of products that an earlier version was about. */
  alsoFor: z.array(z.strictObject({ name: Line, topic: Topic })),
  /** Where customers ask: an address with its scheme. */
  contact: z.string().optional(),
});

/** A notice as a mail: its text, as ready-made strings and Markdown. */
const Told = Common.extend({
  kind: z.literal('told'),
  /** How it stands, in a word or two. */
  state: z.strictObject({ said: Line, isOver: z.boolean() }).optional(),
  isPreliminary: z.boolean(),
  title: Line,
  change: Prose.optional(),
  body: Prose,
  /** When it was, in the organisation's zone, and in those in which it is said in another way. */
  times: z.strictObject({ usual: Line, inZones: z.record(z.string(), Line) }).optional(),
});

/** A notice that was withdrawn. It says nothing of what the notice said. */
const Withdrawn = Common.extend({ kind: z.literal('withdrawn'), headline: Line, said: Line });

/** A mail to customers. Parsing it sanitises every string again. */
export const NoticeMail = z.discriminatedUnion('kind', [Told, Withdrawn]);
export type NoticeMail = z.infer<typeof NoticeMail>;
export type ToldNotice = z.infer<typeof Told>;
export type WithdrawnNotice = z.infer<typeof Withdrawn>;

/** What is the same in every mail to customers. */
export interface NoticeSettings {
  readonly sender: string;
  readonly zone: string;
  /** The address of a page, or of a mailbox. */
  readonly contact?: string | undefined;
}

export interface ToldNoticeInput extends NoticeSettings {
  readonly content: NoticeContent;
  /** Whether a version was public before, also one that was withdrawn. */
  readonly isUpdate: boolean;
  /** The products of all earlier public versions. */
  readonly productsBefore: readonly string[];
  /** In which zones readers are told the times, beside the organisation's. */
  readonly zones?: readonly string[];
}

const longestPreheader = 200;

/** Depends on no clock: what somebody approves is rendered before anybody knows when it leaves. */
export function toldNoticeContent(input: ToldNoticeInput): ToldNotice {
  const { content, isUpdate, productsBefore, zone, zones = [] } = input;
  const { publicId, title, body } = content;
  const change = isUpdate ? content.change : undefined;
  const preheader = [change && excerpt(change, longestPreheader), excerpt(body, longestPreheader)].filter(Boolean).join(' ');
  const state = stateOf(content);
  const usual = timesOf(content, zone);
  const others = zones.map((one) => [one, timesOf(content, one)] as const).filter(([, said]) => said !== usual);
  return Told.parse({
    kind: 'told',
    publicId,
    subject: shortened(`${isUpdate ? 'Re: ' : ''}${printed(title)}`, longestSubject),
    preheader: shortened(preheader, longestPreheader),
    ...common(input),
    period: isUpdate ? 'Update of a notice' : 'Incident notice',
    products: content.products.map(product),
    alsoFor: productsBefore.filter((name) => !content.products.includes(name)).flatMap(choosable),
    ...(state && { state }),
    isPreliminary: content.state === 'preliminary',
    title,
    ...(change && { change }),
    body,
    ...(usual && { times: { usual, inZones: Object.fromEntries(others) } }),
  });
}

export interface WithdrawnNoticeInput extends NoticeSettings {
  readonly publicId: PublicId;
  /** The products of all its public versions. */
  readonly products: readonly string[];
  /** When the first version that this takes back became public. */
  readonly publishedAt: Instant;
  readonly withdrawnAt: Instant;
}

export function withdrawnNoticeContent(input: WithdrawnNoticeInput): WithdrawnNotice {
  const { publicId, products, publishedAt, withdrawnAt, zone } = input;
  const headline = 'A notice was withdrawn';
  const said = `A notice that we published on ${printInFull(publishedAt, zone)}, was withdrawn. What it said no longer counts.`;
  return Withdrawn.parse({
    kind: 'withdrawn',
    publicId,
    subject: headline,
    preheader: said,
    ...common(input),
    period: printDayAlone(withdrawnAt, zone),
    products: products.map(product),
    alsoFor: [],
    headline,
    said,
  });
}

const common = ({ sender, contact }: NoticeSettings) => ({
  organisation: sender,
  ...(contact !== undefined && { contact: contact.includes('://') ? contact : `mailto:${contact}` }),
});

function product(name: string) {
  const topic = topicOf('product', name);
  return { name, ...(topic && { topic }) };
}

const choosable = (name: string) => {
  const topic = topicOf('product', name);
  return topic ? [{ name, topic }] : [];
};
