import * as z from 'zod';
import { printDayInFull, printDayOf, printLength, printMoment, printTime, printZone } from '../calendar/print.ts';
import { productsOf } from '../distribution/products.ts';
import { type SeverityLabels, severityLabels } from '../distribution/severity-label.ts';
import type { UpdateToTell } from '../incident-update/update-to-tell.ts';
import { PostmortemId, Severity } from '../postmortem/postmortem.ts';
import type { CrossFunctionalRendition } from '../rendition/cross-functional-rendition.ts';
import type { FactName } from '../rendition/facts.ts';
import { hasPassed } from '../rendition/next-news.ts';
import { hasTime, type Moment, toInstant } from '../shared/instant.ts';
import { audienceRows } from '../stream/audience.ts';
import { endFact, reachFact, withFacts } from './alert-content.ts';
import { Line } from './card-content.ts';
import { inSubject } from './digest-words.ts';
import { endOf, lengthOf, whoIsAffected } from './incident-time.ts';
import { capitalised, named, printNumber } from './prose.ts';
import { WhatChanged, whatChanged } from './what-changed.ts';

/**
 * The first words of the HTML, of the text and of the preheader of every mail about customer
 * impact.
 */
export const internalBanner = audienceRows['cross-functional'].banner;

/** A label, and one text or a list of texts. */
export const ImpactPart = z.strictObject({ label: Line, texts: z.array(Line).min(1) });
export type ImpactPart = z.infer<typeof ImpactPart>;

/**
 * One incident as people see it who talk with customers, as ready-made strings. Parsing it
 * sanitises
 * every string again.
 */
export const ImpactContent = z.strictObject({
  kind: z.literal('told'),
  postmortem: PostmortemId,
  /** Whether readers can open its page. */
  hasPage: z.boolean(),
  subject: Line,
  preheader: Line,
  organisation: Line,
  period: Line,
  banner: Line,
  /** Absent in an account that tells of no incident any more. */
  severity: Severity.optional(),
  severityLabel: Line.optional(),
  preliminary: z.boolean(),
  headline: Line,
  /** What this mail is, where it is not the first about its incident. */
  lead: Line.optional(),
  changed: WhatChanged.optional(),
  parts: z.array(ImpactPart),
});
export type ImpactContent = z.infer<typeof ImpactContent>;

/** An account that is taken back. It names nothing of what was told. */
export const ImpactTakenBack = ImpactContent.pick({
  subject: true,
  preheader: true,
  organisation: true,
  period: true,
  banner: true,
  headline: true,
  parts: true,
}).extend({
  kind: z.literal('taken back'),
  /** The postmortem that tells of the incident now. */
  mergedInto: z.strictObject({ postmortem: PostmortemId, said: Line }).optional(),
});
export type ImpactTakenBack = z.infer<typeof ImpactTakenBack>;

/** What a mail about one incident says. */
export const ImpactMail = z.discriminatedUnion('kind', [ImpactContent, ImpactTakenBack]);
export type ImpactMail = z.infer<typeof ImpactMail>;

export interface ImpactSettings {
  readonly organisation: { readonly name: string; readonly zone: string };
  /** Absent: the default labels. */
  readonly labels?: SeverityLabels | undefined;
  readonly products?: Parameters<typeof productsOf>[1];
  /** Whom to ask if the document names nobody. */
  readonly contact: string;
  readonly now: Date;
}

type Update = Pick<UpdateToTell, 'kind' | 'isFinal' | 'changes' | 'before' | 'first'>;

export interface ImpactInput extends ImpactSettings {
  readonly postmortem: CrossFunctionalRendition;
  readonly update: Update;
}

/** An incident that customers feel or felt: what they saw, what to say, what comes next. */
export function impactContent(input: ImpactInput): ImpactContent {
  const { organisation, labels = severityLabels, postmortem: pm, update, now } = input;
  const { zone } = organisation;
  const changed = update.before && whatChanged({ changes: update.changes, titles: changedTitles, labels, zone, now });
  return ImpactContent.parse({
    kind: 'told',
    ...headOf(input),
    postmortem: pm.id,
    hasPage: true,
    subject: subjectOf(input),
    preheader: [internalBanner, leadOf(input), pm.saw].filter(Boolean).join(' '),
    severity: pm.severity,
    severityLabel: labels[pm.severity],
    preliminary: pm.status === 'preliminary',
    headline: pm.title,
    ...ifAny('lead', leadOf(input)),
    ...ifAny('changed', changed),
    parts: impactParts(pm, input),
  });
}

export interface NotFeltInput extends ImpactSettings {
  readonly id: PostmortemId;
  readonly update: Update;
}

/** An incident that was told as felt by customers, and is not told so any more. */
export function notFeltContent({ id, update: { before }, ...settings }: NotFeltInput): ImpactContent {
  const title = before?.facts.title;
  const words = 'No customers affected after all';
  const mail = before ? `The mail of ${printMoment(before.sentAt, settings.now, settings.organisation.zone)},` : 'What we sent before';
  return ImpactContent.parse({
    kind: 'told',
    ...headOf(settings),
    postmortem: id,
    hasPage: false,
    subject: withFacts(title ? `${words}: ${inSubject(title)}` : words),
    preheader: `${internalBanner} ${mail} no longer holds.`,
    preliminary: false,
    headline: title ? `${words}: ${title}` : `${words}.`,
    lead: `${mail} no longer holds: the account of the incident now says that no customer was affected.`,
    parts: partsOf([
      ['Say', ['Nothing. Do not use what stood here before.']],
      ['Whom to ask', [settings.contact]],
    ]),
  });
}

export interface ImpactTakenBackInput extends ImpactSettings {
  readonly update: Pick<UpdateToTell, 'before' | 'mergedInto'>;
}

export function impactTakenBackContent({ update: { before, mergedInto }, ...settings }: ImpactTakenBackInput): ImpactTakenBack {
  const {
    now,
    organisation: { zone },
    contact,
  } = settings;
  const when = before && ` sent on ${printDayOf(before.sentAt, now, zone)}, ${printTime(before.sentAt, zone)} ${printZone(zone)}`;
  const headline = `Taken back: customer impact${when ?? ''}`;
  return ImpactTakenBack.parse({
    kind: 'taken back',
    ...headOf(settings),
    subject: headline,
    preheader: `${internalBanner} Do not use what that mail said.`,
    headline,
    parts: partsOf([
      ['Say', ['Nothing from that mail, and nothing from those before it about the same incident.']],
      ['Whom to ask', [contact]],
    ]),
    ...(mergedInto && {
      mergedInto: { postmortem: mergedInto.id, said: `The incident is told of under another title: ${mergedInto.title}` },
    }),
  });
}

const headOf = ({ organisation: { name, zone }, now }: ImpactSettings) => ({
  organisation: `${name} incident lessons`,
  period: `Customer impact · ${printDayOf(toInstant(now), now, zone)}, ${printTime(toInstant(now), zone)} ${printZone(zone)}`,
  banner: internalBanner,
});

function subjectOf({ postmortem: pm, update: { kind, isFinal }, labels = severityLabels }: ImpactInput): string {
  const title = inSubject(pm.title);
  const facts = [endFact(pm), reachFact(pm)];
  switch (kind) {
    case 'first':
      return withFacts(`Customer impact: ${title}`, facts);
    case 'update':
      return withFacts(`Customer impact, ${isFinal ? 'final account' : 'update'}: ${title}`, facts);
    case 'lowered':
      return withFacts(`Now ${labels[pm.severity]}: ${title}`);
    case 'withdrawn':
    case 'reinstated':
      return withFacts(`Customer impact stands again: ${title}`, facts);
  }
}

/** What this mail is to readers of the mails before. */
function leadOf({ postmortem: pm, update: { kind, isFinal, before }, labels = severityLabels, organisation, now }: ImpactInput) {
  const replaced = before && `the mail of ${printMoment(before.sentAt, now, organisation.zone)}`;
  switch (kind) {
    case 'first':
      return undefined;
    case 'update':
      return `This is ${isFinal ? 'the final account' : 'an update'}.${replaced ? ` It replaces ${replaced}.` : ''}`;
    case 'lowered':
      return `The incident is now ${labels[pm.severity]}. No further mail comes about it while it stays so.`;
    case 'withdrawn':
    case 'reinstated':
      return `This account was taken back. It stands again, as it is here${isFinal ? ', and is final now' : ''}.`;
  }
}

/** Names of facts as the mail calls them. */
const changedTitles = { impact: 'What customers saw', startedAt: 'Since' } as const satisfies Partial<Record<FactName, string>>;

/**
 * What is known, in the order in which a customer asks. A part without text is left out, but for
 * what to say.
 */
export function impactParts(pm: CrossFunctionalRendition, settings: ImpactSettings): ImpactPart[] {
  const contact = pm.contact ?? settings.contact;
  return partsOf([
    ['What customers saw', [pm.saw]],
    ['When', [whenOf(pm, settings)]],
    [
      whoIsAffected(pm),
      [
        reachOf(pm, settings)
          .map((said) => `${said}.`)
          .join(' '),
      ],
    ],
    ['Say', sayOf(pm, settings)],
    ['Do not say', pm.doNotSay],
    ['Workaround', [pm.workaround]],
    ['What we are doing', pm.doing],
    ['Next news', [nextNewsOf(pm, settings)]],
    ['Whom to ask', [contact]],
  ]);
}

const partsOf = (parts: readonly (readonly [label: string, texts: readonly (string | undefined)[]])[]): ImpactPart[] =>
  parts.flatMap(([label, given]) => {
    const texts = [...new Set(given.flatMap((text) => text || []))];
    return texts.length > 0 ? [{ label, texts }] : [];
  });

/**
 * What may be said. Says so if nothing may be said yet, because an empty place reads as an
 * oversight.
 */
export const sayOf = (pm: CrossFunctionalRendition, { contact }: Pick<ImpactSettings, 'contact'>): readonly string[] =>
  pm.say.length > 0 ? pm.say : [['Nothing has been approved to say yet.', ...askOf(pm.contact ?? contact)].join(' ')];
const askOf = (contact: string) => (contact === '' ? [] : [`Ask ${contact}.`]);

/**
 * `Tuesday 17 November, 13:52 to 14:33 Berlin time, 41 minutes.` Undefined if no instant is
 * known.
 */
export function whenOf(pm: CrossFunctionalRendition, { organisation: { zone }, now }: Pick<ImpactSettings, 'organisation' | 'now'>) {
  const [from, to] = [pm.startedAt, endOf(pm)];
  if (!from) return to && `Over since ${printMoment(to, now, zone)}.`;
  if (!to) return `Since ${printMoment(from, now, zone)}. No end is given yet.`;
  const length = lengthOf(pm);
  return `${span(from, to, zone, now)}${length === undefined ? '' : `, ${printLength(length)}`}.`;
}

function span(from: Moment, to: Moment, zone: string, now: Date): string {
  const [start, end] = [printDayInFull(from, now, zone), printDayInFull(to, now, zone)];
  if (!hasTime(from) || !hasTime(to)) return start === end ? start : `${start} to ${end}`;
  const until = start === end ? printTime(to, zone) : `${end}, ${printTime(to, zone)}`;
  return `${start}, ${printTime(from, zone)} to ${until} ${printZone(zone)} time`;
}

/**
 * `120,000 customers in EU and US`, `Product: Checkout (cart, payments)`, `Other service:
 * ledger`.
 */
export function reachOf(pm: CrossFunctionalRendition, { products }: Pick<ImpactSettings, 'products'>): string[] {
  const { products: affected, others } = productsOf(pm.services, products);
  const count = pm.customersAffected ? `${printNumber(pm.customersAffected)} ${pm.customersAffected === 1 ? 'customer' : 'customers'}` : '';
  const where = pm.regions.some((region) => everywhere.test(region))
    ? 'worldwide'
    : pm.regions.length > 0
      ? `in ${named(pm.regions, 8)}`
      : '';
  const told = affected.map(({ name, services }) => (isItself(name, services) ? name : `${name} (${services.join(', ')})`));
  const noun = others.length === 1 ? 'service' : 'services';
  return [
    [count || (where && 'Customers'), where].filter(Boolean).join(' '),
    told.length > 0 && `${told.length === 1 ? 'Product' : 'Products'}: ${told.join(', ')}`,
    others.length > 0 && `${told.length > 0 ? `Other ${noun}` : capitalised(noun)}: ${others.join(', ')}`,
  ].flatMap((said) => said || []);
}

/** Names of regions that are none. */
const everywhere = /^(?:worldwide|global|globally|everywhere|all(?: regions)?)$/i;

const isItself = (name: string, [one, ...more]: readonly string[]) => more.length === 0 && one?.toLowerCase() === name.toLowerCase();

/** Undefined once it has passed, because people would take it for a promise of today. */
export function nextNewsOf(
  { nextNewsAt: at }: CrossFunctionalRendition,
  { organisation: { zone }, now }: Pick<ImpactSettings, 'organisation' | 'now'>,
): string | undefined {
  if (!at) return undefined;
  return hasPassed(at, now, zone) ? undefined : `${printMoment(at, now, zone)}.`;
}

const ifAny = <K extends string, V>(key: K, value: V | undefined) => (value === undefined ? {} : ({ [key]: value } as Record<K, V>));
